import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { Direction } from 'radix-ui';
import { StrictMode, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { createQueryClient } from '../api/query-client.ts';
import { directionOf } from './languages.ts';
import { dressPage, preferenceStore, usePreferences } from './preferences.ts';
import { createReader, ReaderContext } from './reader.ts';
import { createAppRouter } from './router.tsx';
import { speak } from './texts.ts';

const darkSystem = matchMedia('(prefers-color-scheme: dark)');
const watchSystem = (listener: () => void): (() => void) => {
  darkSystem.addEventListener('change', listener);
  return () => darkSystem.removeEventListener('change', listener);
};

export const App = () => {
  const chosen = usePreferences();
  const systemIsDark = useSyncExternalStore(watchSystem, () => darkSystem.matches);
  const [spoken, setSpoken] = useState(preferenceStore.get().language);
  const [router] = useState(createAppRouter);
  const [client] = useState(createQueryClient);
  // Until the words of a newly chosen language are there, the page stays whole in the old one.
  const preferences = useMemo(() => ({ ...chosen, language: spoken }), [chosen, spoken]);
  useEffect(() => {
    if (chosen.language === spoken) return;
    void speak(chosen.language).then(() => setSpoken(chosen.language));
  }, [chosen.language, spoken]);
  useEffect(
    () => dressPage(preferences, document.documentElement, systemIsDark),
    [preferences, systemIsDark],
  );
  const reader = useMemo(() => createReader(preferences, navigator.languages), [preferences]);
  return (
    <StrictMode>
      <Direction.Provider dir={directionOf(preferences.language)}>
        <ReaderContext value={reader}>
          <QueryClientProvider client={client}>
            <RouterProvider router={router} />
          </QueryClientProvider>
        </ReaderContext>
      </Direction.Provider>
    </StrictMode>
  );
};

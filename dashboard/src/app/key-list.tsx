import { lazy, Suspense, useState } from 'react';
import { stepRow, useKeys } from './use-keys.ts';

/** Loaded when it is first asked for: a dialog's machinery is a tenth of all scripts. */
const KeyDialog = lazy(async () => ({ default: (await import('./key-dialog.tsx')).KeyDialog }));

/** The keys that work everywhere, and the list of all. */
export const KeyList = () => {
  const [isOpen, setOpen] = useState(false);
  useKeys({ '?': () => setOpen(true), j: () => stepRow(1), k: () => stepRow(-1) });
  return isOpen ? (
    <Suspense fallback={null}>
      <KeyDialog onClose={() => setOpen(false)} />
    </Suspense>
  ) : null;
};

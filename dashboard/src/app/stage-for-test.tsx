import type { MetricDeclaration } from '@botworth/contract/catalogue';
import { QueryClientProvider } from '@tanstack/react-query';
import { act, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { createQueryClient } from '../api/query-client.ts';
import type { Language } from './languages.ts';
import { createReader, ReaderContext } from './reader.ts';
import { speak, startTexts, texts } from './texts.ts';
import { WorkspaceContext, type WorkspaceView } from './workspace-context.ts';

// React warns of updates outside act only where it is told that tests are running.
Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

const declarationForTest = (id: string): MetricDeclaration => ({
  id,
  question: '',
  jobs: [],
  numerator: '',
  denominator: '',
  unit: 'rate',
  shape: 'share',
  grain: 'conversation',
  direction: 'up',
  windowed: true,
  bands: [],
  sources: [],
  beside: ['csat'],
  needs: [],
  cuts: ['job', 'channel'],
  says: '',
  misleads: '',
  do: '',
  status: 'measured',
});

const workspaceForTest = (): WorkspaceView => {
  const summary = {
    id: 'w_test',
    name: 'Test',
    timezone: 'Europe/Berlin',
    currency: 'EUR',
    created_at: '2026-01-01T00:00:00.000Z',
  };
  return {
    id: summary.id,
    summary,
    zone: summary.timezone,
    weekStart: 'monday',
    minN: 30,
    returnHours: 72,
    // Only its version is read where a card is drawn.
    policy: { version: 7 } as WorkspaceView['policy'],
    declarations: new Map([
      ['deflection_rate', declarationForTest('deflection_rate')],
      ['csat', declarationForTest('csat')],
      ['engagement_rate', { ...declarationForTest('engagement_rate'), cuts: ['channel'] }],
    ]),
  };
};

export interface Stage {
  readonly box: HTMLElement;
  readonly close: () => Promise<void>;
}

const tags: Readonly<Record<Language, string>> = { en: 'en-GB', ar: 'ar-EG', ru: 'ru', ja: 'ja', ko: 'ko' };

/** Draws a part of a page as a reader of that language sees it. */
export const putOnStage = async (part: ReactNode, language: Language = 'en'): Promise<Stage> => {
  if (texts.isInitialized) await speak(language);
  else await startTexts(language);
  const box = document.createElement('div');
  document.body.append(box);
  const root = createRoot(box);
  const reader = createReader({ theme: 'light', language, digits: 'region' }, [tags[language]]);
  await act(() => {
    root.render(
      <ReaderContext value={reader}>
        <QueryClientProvider client={createQueryClient()}>
          <WorkspaceContext value={workspaceForTest()}>{part}</WorkspaceContext>
        </QueryClientProvider>
      </ReaderContext>,
    );
  });
  return {
    box,
    close: async () => {
      await act(() => root.unmount());
      box.remove();
    },
  };
};

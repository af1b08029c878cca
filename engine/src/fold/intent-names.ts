import { type FoldSettings, mapIntent } from './settings.ts';
import type { IntentNames } from './statement.ts';

/** Names that platforms sent and that mean another one here; all others stand for themselves. */
export interface IntentBook {
  learn(sent: readonly string[]): void;
  names(): IntentNames;
}

export const createIntentBook = (settings: FoldSettings): IntentBook => {
  const from: string[] = [];
  const to: string[] = [];
  const known = new Set<string>();
  return {
    learn: (sent) => {
      for (const name of sent) {
        const ours = mapIntent(settings, name);
        if (ours === name || known.has(name)) continue;
        known.add(name);
        from.push(name);
        to.push(ours);
      }
    },
    names: () => ({ from: [...from], to: [...to] }),
  };
};

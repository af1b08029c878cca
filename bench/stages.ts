import type { Stage } from './stage.ts';

/** In the order of a whole run: each finds the data folder as the one before left it. */
export const stageNames: ReadonlyMap<string, () => Promise<Stage>> = new Map<string, () => Promise<Stage>>([
  ['rebuild', async () => (await import('./stages/rebuild.ts')).rebuildStage],
  ['board', async () => (await import('./stages/board.ts')).boardStage],
  ['start', async () => (await import('./stages/start.ts')).startStage],
  ['pages', async () => (await import('./stages/pages.ts')).pagesStage],
  ['visible', async () => (await import('./stages/visible.ts')).visibleStage],
  ['ingest', async () => (await import('./stages/ingest.ts')).ingestStage],
  ['kill', async () => (await import('./stages/kill.ts')).killStage],
]);

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServer } from '../../engine/test/e2e/start-server.ts';
import { row } from '../row.ts';
import { percentile } from '../sample.ts';
import type { Stage } from '../stage.ts';

const times = 3;

/** From the start of the process to the first 200 of /readyz, for a folder that was used before. */
const readyMs = async (dataDir: string): Promise<number[]> => {
  const seen: number[] = [];
  for (let time = 0; time <= times; time += 1) {
    const server = await startServer({ dataDir, deadlineMs: 120_000 });
    seen.push(server.readyMs);
    await server.stop();
  }
  // The first start may migrate or make what the later ones find.
  return seen.slice(1);
};

export const startStage: Stage = async ({ dataDir, events }) => {
  const small = await mkdtemp(join(tmpdir(), 'botworth-bench-'));
  try {
    const ofSmall = await readyMs(small);
    const ofLarge = await readyMs(dataDir);
    return [
      row({
        id: 'start.large',
        what: `warm start to ready, ${events.toLocaleString('en')} events, slowest of ${times}`,
        value: percentile(ofLarge, 1),
        unit: 'ms',
        atMost: 3000,
      }),
      row({
        id: 'start.small',
        what: `warm start to ready, empty store, slowest of ${times}`,
        value: percentile(ofSmall, 1),
        unit: 'ms',
        atMost: 3000,
      }),
    ];
  } finally {
    await rm(small, { recursive: true, force: true });
  }
};

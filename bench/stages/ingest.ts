import { join } from 'node:path';
import type { Freshness } from '@botworth/contract/api';
import { loadChdb } from '../../engine/src/store/chdb/chdb-store.ts';
import { landingPace } from '../../engine/src/store/journal/landing.ts';
import { call, settle } from '../../engine/test/e2e/front-door.ts';
import { measureBareInsert } from '../bare/insert.ts';
import { runLoad } from '../load/run-load.ts';
import type { LoadReport } from '../load/send.ts';
import { row } from '../row.ts';
import { median, percentile } from '../sample.ts';
import { doorOf, watchMemory, withServer } from '../server.ts';
import type { Stage } from '../stage.ts';

interface Ingested {
  readonly full: LoadReport;
  readonly fullBetween: readonly [fromMs: number, toMs: number];
  readonly half: LoadReport;
  readonly halfRate: number;
  readonly memoryMiB: number[];
  readonly catchUpSeconds: number;
  readonly acknowledged: number;
}

/** Seconds in which every connection worked: the first and the last are partly empty. */
const sustained = ({ perSecond }: LoadReport): number => {
  const whole = perSecond.slice(1, -2);
  return whole.length === 0
    ? (perSecond[0] ?? 0)
    : whole.reduce((sum, count) => sum + count, 0) / whole.length;
};

const thirds = (values: readonly number[]): [number, number] => {
  const third = Math.max(1, Math.floor(values.length / 3));
  return [median(values.slice(third, 2 * third)), median(values.slice(-third))];
};

const countStored = async (eventsPath: string): Promise<number> => {
  const session = new (loadChdb().Session)(eventsPath);
  try {
    return Number(
      (await session.queryAsync('SELECT count() FROM events FINAL', { format: 'TSV' })).text().trim(),
    );
  } finally {
    session.close();
  }
};

export const ingestStage: Stage = async (bench) => {
  const eventsPath = join(bench.dataDir, 'events');
  const before = await countStored(eventsPath);
  const ingested = await withServer(bench, async (server): Promise<Ingested> => {
    const door = doorOf(server);
    const wish = { url: server.url, writeKey: bench.writeKey, connections: 8, eventsABatch: 100 };
    await runLoad({ ...wish, run: 'warm', seconds: 3 });
    const stopWatching = watchMemory(server.pid);
    const fullFromMs = Date.now();
    const full = await runLoad({ ...wish, run: 'full', seconds: bench.size.loadSeconds });
    const fullBetween = [fullFromMs, Date.now()] as const;
    const memoryMiB = stopWatching();
    const endedAt = performance.now();
    await settle(door, bench.workspaceId, 600_000);
    const catchUpSeconds = (performance.now() - endedAt) / 1000;
    const halfRate = Math.round(sustained(full) / 2);
    const half = await runLoad({ ...wish, run: 'half', seconds: bench.size.loadSeconds, rate: halfRate });
    await settle(door, bench.workspaceId, 600_000);
    const { acknowledged } = await call<Freshness>(
      door,
      'GET',
      `/api/workspaces/${bench.workspaceId}/freshness`,
    );
    return { full, fullBetween, half, halfRate, memoryMiB, catchUpSeconds, acknowledged };
  });
  const { full, fullBetween, half, halfRate, memoryMiB, catchUpSeconds, acknowledged } = ingested;
  const stored = await countStored(eventsPath);
  const rate = sustained(full);
  // As large as the product writes them at this rate, and as large as what eight clients have under way at most.
  const landing = Math.round((rate * landingPace.everyMs) / 1000);
  const bareSeconds = Math.min(15, bench.size.loadSeconds);
  const bare = await measureBareInsert(eventsPath, fullBetween, landing, bareSeconds);
  const small = await measureBareInsert(eventsPath, fullBetween, 800, bareSeconds);
  const [middle, last] = thirds(memoryMiB);
  bench.say(
    `  ingest: ${full.events} events in ${full.seconds.toFixed(1)} s, per second ${full.perSecond.join(' ')}; generator ${full.cpuSeconds.toFixed(1)} s of CPU; ${full.refused} refused; memory ${memoryMiB.map(Math.round).join(' ')} MiB`,
  );
  return [
    row({
      id: 'ingest.rate',
      what: `events/s over loopback HTTP onto ${before.toLocaleString('en')} events, batches of 100, 8 connections, ${bench.size.loadSeconds} s`,
      value: rate,
      unit: 'events/s',
      against: { what: `bare insert of ${bare.rowsAnInsert} rows`, value: bare.rowsPerSecond },
      atLeast: 25_000,
      ratioAtLeast: 0.6,
    }),
    row({
      id: 'ingest.small',
      what: 'the same against inserts of what these clients have under way at most',
      value: rate,
      unit: 'events/s',
      against: { what: 'bare insert of 800 rows', value: small.rowsPerSecond },
    }),
    row({
      id: 'ingest.p50',
      what: 'answer to a batch at full load, p50',
      value: percentile(full.latenciesMs, 0.5),
      unit: 'ms',
    }),
    row({
      id: 'ingest.p99',
      what: 'answer to a batch at full load, p99',
      value: percentile(full.latenciesMs, 0.99),
      unit: 'ms',
    }),
    row({
      id: 'ingest.half_p99',
      what: `answer to a batch at half that load (${halfRate.toLocaleString('en')} events/s), from when it was due, p99`,
      value: percentile(half.latenciesMs, 0.99),
      unit: 'ms',
      atMost: 100,
    }),
    row({
      id: 'ingest.memory',
      what: 'memory in the last third of the run at full load',
      value: last,
      unit: 'MiB',
      against: { what: 'middle third', value: middle },
      ratioAtMost: 1.1,
    }),
    row({
      id: 'ingest.catch_up',
      what: 'after the full load: until every event is in the figures',
      value: catchUpSeconds,
      unit: 's',
    }),
    row({
      id: 'ingest.lost',
      what: 'acknowledged events less stored ones',
      value: acknowledged - stored,
      unit: 'events',
      atMost: 0,
    }),
  ];
};

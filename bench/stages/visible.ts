import type { Freshness } from '@botworth/contract/api';
import type { MetricAnswer } from '@botworth/contract/result';
import { call, settle } from '../../engine/test/e2e/front-door.ts';
import { runLoad } from '../load/run-load.ts';
import { row } from '../row.ts';
import { pause, percentile } from '../sample.ts';
import { doorOf, withServer } from '../server.ts';
import { dayAfter } from '../size.ts';
import type { Stage } from '../stage.ts';

interface Seen {
  readonly atMs: number;
  readonly botTurns: number;
}

const nowMs = (): number => performance.timeOrigin + performance.now();
const pollEveryMs = 100;

/**
 * The figure asked over and over counts bot turns, so it says how many of the acknowledged events it holds. A batch is
 * visible with the first answer that counts it, and that answer's own time is part of the wait.
 */
export const visibleStage: Stage = (bench) =>
  withServer(bench, async (server) => {
    const door = doorOf(server);
    await settle(door, bench.workspaceId, 120_000);
    const today = new Date().toISOString().slice(0, 10);
    const figure = `/api/workspaces/${bench.workspaceId}/metrics/fallback_rate?from=${dayAfter(today, -1)}&to=${dayAfter(today, 2)}`;
    const read = async (): Promise<number> =>
      (await call<MetricAnswer>(door, 'GET', figure)).result.denominator ?? 0;
    const before = await read();
    const seen: Seen[] = [];
    let polling = true;
    const poller = (async () => {
      while (polling) {
        const botTurns = (await read()) - before;
        seen.push({ atMs: nowMs(), botTurns });
        await pause(pollEveryMs);
      }
    })();
    const report = await runLoad({
      url: server.url,
      writeKey: bench.writeKey,
      run: 'visible',
      seconds: bench.size.loadSeconds,
      connections: 8,
      eventsABatch: 100,
      rate: bench.size.visibleRate,
    });
    const wanted = report.acknowledged.at(-1)?.botTurns ?? 0;
    const until = nowMs() + 60_000;
    while ((seen.at(-1)?.botTurns ?? 0) < wanted && nowMs() < until) await pause(pollEveryMs);
    polling = false;
    await poller;
    const freshness = await call<Freshness>(door, 'GET', `/api/workspaces/${bench.workspaceId}/freshness`);
    const lags = report.acknowledged.map(({ atMs, botTurns }) => {
      const poll = seen.find((each) => each.atMs >= atMs && each.botTurns >= botTurns);
      return poll === undefined ? Number.POSITIVE_INFINITY : poll.atMs - atMs;
    });
    bench.say(
      `  visible: ${seen.length} polls, ${report.events} events, freshness ${JSON.stringify(freshness)}`,
    );
    const at = `at ${bench.size.visibleRate.toLocaleString('en')} events/s`;
    return [
      row({
        id: 'visible.p50',
        what: `acknowledged to visible in a figure ${at}, p50`,
        value: percentile(lags, 0.5),
        unit: 'ms',
      }),
      row({
        id: 'visible.p95',
        what: `acknowledged to visible in a figure ${at}, p95`,
        value: percentile(lags, 0.95),
        unit: 'ms',
        atMost: 2000,
      }),
      row({
        id: 'visible.answer_p99',
        what: `answer to a batch ${at}, p99`,
        value: percentile(report.latenciesMs, 0.99),
        unit: 'ms',
      }),
    ];
  });

import type { DemoStatus, DemoTruth } from '@botworth/contract/demo';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { loadDemo } from '../../src/demo/load.ts';
import type { Message } from '../../src/demo/scenario/message.ts';
import { lastWeekEnd } from '../../src/demo/scenario/plan.ts';
import { call, type FrontDoor, makeWorkspace } from './front-door.ts';
import { shuffled } from './script.ts';
import { type RunningServer, startServer } from './start-server.ts';

/** The simulated shop, small: what is planted comes back out of the real server, unit by unit. */
const conversations = 1200;

let server: RunningServer;
let door: FrontDoor;

beforeAll(async () => {
  server = await startServer();
  door = { url: server.url, token: server.adminToken };
});
afterAll(() => server?.stop());

const wrong = (truths: readonly DemoTruth[]) =>
  truths
    .filter(({ inside, exact }) => !inside || !exact)
    .map(
      ({
        id,
        planted_numerator,
        planted_denominator,
        measured_numerator,
        measured_denominator,
        interval,
      }) => ({
        id,
        planted: [planted_numerator, planted_denominator],
        measured: [measured_numerator, measured_denominator],
        interval,
      }),
    );

const ready = async (): Promise<DemoStatus> => {
  const until = performance.now() + 60_000;
  for (;;) {
    const status = await call<DemoStatus>(door, 'GET', '/api/demo');
    if (status.state === 'ready') return status;
    if (status.state === 'failed' || performance.now() > until) throw new Error(JSON.stringify(status));
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
};

describe('the demo', () => {
  test('one click fills a workspace, marked as simulated, and every planted truth is read back exactly', async () => {
    expect(await call(door, 'GET', '/api/demo')).toMatchObject({ state: 'none', workspace_id: null });
    const made = await call<{ workspace_id: string }>(door, 'POST', '/api/demo', { conversations });
    const { report, workspace_id } = await ready();
    expect(workspace_id).toBe(made.workspace_id);
    expect(report?.truths.length).toBeGreaterThan(20);
    expect(wrong(report?.truths ?? [])).toEqual([]);
    expect(await call(door, 'GET', `/api/workspaces/${made.workspace_id}`)).toMatchObject({ demo: true });
    expect(await call(door, 'POST', '/api/demo', {})).toEqual(made);
  }, 90_000);

  test('shuffled, and one in twenty sent twice, the same shop gives the same figures', async () => {
    const workspace = await makeWorkspace(door, { name: 'In disorder', timezone: 'Europe/Berlin' });
    const report = await loadDemo({
      door,
      workspace: workspace.id,
      writeKey: workspace.writeKey,
      scenario: { seed: 11, endDate: lastWeekEnd(systemClock.nowMs()), weeks: 26, conversations },
      disturb: (messages) => {
        const all: Message[] = [...messages];
        return shuffled([...all, ...all.filter((_, index) => index % 20 === 0)], 3);
      },
    });
    expect(wrong(report.truths)).toEqual([]);
  }, 90_000);
});

import { Writable } from 'node:stream';
import type { DemoReport, DemoStatus } from '@botworth/contract/demo';
import { expect, test } from 'vitest';
import type { Door } from './door.ts';
import { runProgram } from './run-program.ts';
import type { Tools } from './tools.ts';

const truth = {
  id: 'trap-messenger',
  sentence: 'Nobody answers.',
  metric: 'trapped_rate',
  planted: 0.25,
  planted_numerator: 10,
  planted_denominator: 40,
  measured: 0.25,
  measured_numerator: 10,
  measured_denominator: 40,
  interval: [0.14, 0.4] as [number, number],
  inside: true,
  exact: true,
  page: '/w/w_1/conversations?channel=messenger',
};

const report = (changes: Partial<typeof truth> = {}): DemoReport => ({
  seed: 7,
  from: '2026-01-05',
  to: '2026-07-06',
  events: 200,
  conversations: 20,
  load_seconds: 2,
  fold_seconds: 1,
  truths: [{ ...truth, ...changes }],
});

interface Wish {
  readonly statuses: readonly DemoStatus[];
  /** A server runs already. */
  readonly isRunning: boolean;
}

const run = async ({ statuses, isRunning }: Wish, ...argv: string[]) => {
  const called: string[] = [];
  const left = [...statuses];
  let out = '';
  let err = '';
  const into = (keep: (text: string) => void) =>
    new Writable({
      write: (chunk, _encoding, done) => {
        keep(String(chunk));
        done();
      },
    });
  const door: Door = {
    url: 'http://127.0.0.1:1',
    request: async (method, path, body) => {
      called.push(`${method} ${path}${body === undefined ? '' : ` ${JSON.stringify(body)}`}`);
      return Response.json(
        method === 'POST' ? { workspace_id: 'w_1' } : left.length > 1 ? left.shift() : left[0],
      );
    },
    close: async () => undefined,
  };
  let served: boolean | null = null;
  const tools: Tools = {
    version: '1',
    nowMs: () => 0,
    out: into((text) => {
      out += text;
    }),
    err: into((text) => {
      err += text;
    }),
    serve: async (_settings, _output, meanwhile) => {
      served = false;
      served = (await meanwhile?.()) ?? false;
      return 0;
    },
    findServer: async () => (isRunning || served !== null ? door : null),
    openDoor: async () => door,
    checks: async function* () {},
  };
  const exitCode = await runProgram(['demo', ...argv], tools);
  return { exitCode, out, err, called, endedServing: served as boolean | null };
};

const ready = (changes: Partial<typeof truth> = {}): DemoStatus => ({
  state: 'ready',
  progress: 1,
  workspace_id: 'w_1',
  report: report(changes),
});

test('a server that runs already is the one that loads; wishes go along', async () => {
  const running: DemoStatus = { state: 'running', progress: 0.5, workspace_id: 'w_1' };
  const { exitCode, out, called, endedServing } = await run(
    { statuses: [running, ready()], isRunning: true },
    '--seed',
    '9',
  );
  expect(exitCode).toBe(0);
  expect(called).toEqual(['POST /api/demo {"seed":9}', 'GET /api/demo', 'GET /api/demo']);
  expect(endedServing).toBeNull();
  expect(out).toContain('Simulated data');
  expect(out).toMatch(/trap-messenger\s+25\.0 %\s+25\.0 %\s+14\.0 % – 40\.0 %\s+40\s+exact/);
  expect(out).toContain('1 of 1 planted values lie inside');
  expect(out).toContain('http://127.0.0.1:1/w/w_1/conversations?channel=messenger');
});

test('without a server one is started, and goes on unless asked to stop', async () => {
  expect((await run({ statuses: [ready()], isRunning: false })).endedServing).toBe(false);
  expect((await run({ statuses: [ready()], isRunning: false }, '--exit')).endedServing).toBe(true);
});

test('with --json the report is one document', async () => {
  const { out } = await run({ statuses: [ready()], isRunning: true }, '--json');
  expect(JSON.parse(out)).toMatchObject({
    workspace_id: 'w_1',
    truths: [{ id: 'trap-messenger', exact: true }],
  });
});

test('a planted value outside its interval is said, and is a failure for the shell', async () => {
  const { exitCode, out } = await run({
    statuses: [ready({ inside: false, exact: false })],
    isRunning: true,
  });
  expect(exitCode).toBe(1);
  expect(out).toContain('OUTSIDE');
});

test('a demo that could not be loaded ends with its sentence', async () => {
  const failed: DemoStatus = {
    state: 'failed',
    progress: 0,
    workspace_id: 'w_1',
    problem: 'The disk is full.',
  };
  const { exitCode, err } = await run({ statuses: [failed], isRunning: true });
  expect(exitCode).toBe(1);
  expect(err).toContain('The disk is full.');
});

test('a seed is a whole number', async () => {
  expect((await run({ statuses: [ready()], isRunning: true }, '--seed', 'x')).exitCode).toBe(2);
});

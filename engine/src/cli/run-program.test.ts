import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import type { ConversationRow } from '@botworth/contract/api';
import { afterAll, expect, test } from 'vitest';
import { type Fakes, fakeParts, startMs } from '../show/fake-parts.test-data.ts';
import { createApp } from '../show/http/create-app.ts';
import { runProgram } from './run-program.ts';
import type { Check, Tools } from './tools.ts';

const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));

const keeper = () => {
  const chunks: string[] = [];
  const stream = new Writable({
    write: (chunk, _encoding, done) => {
      chunks.push(String(chunk));
      done();
    },
  });
  return { stream, text: () => chunks.join('') };
};

/** The command line in front of the real routes, with fakes behind them. */
const shell = (
  changes: { parts?: Fakes; checks?: readonly Check[]; url?: string | null; readsNothing?: true } = {},
) => {
  const app = createApp(changes.parts ?? fakeParts());
  const run = async (...argv: string[]) => {
    const [out, err] = [keeper(), keeper()];
    const gone = new Writable({
      write: (_chunk, _encoding, done) => done(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' })),
    });
    let isOpen = 0;
    const tools: Tools = {
      version: '1.2.3',
      nowMs: () => startMs,
      out: changes.readsNothing === true ? gone : out.stream,
      err: err.stream,
      serve: async () => 3,
      findServer: async () => null,
      openDoor: async () => {
        isOpen += 1;
        return {
          url: changes.url ?? null,
          request: async (method, path, body) =>
            app.request(`http://localhost${path}`, {
              method,
              headers: {
                host: 'localhost',
                authorization: 'Bearer local-token',
                ...(body === undefined ? {} : { 'content-type': 'application/json' }),
              },
              ...(body === undefined ? {} : { body: JSON.stringify(body) }),
            }),
          close: async () => {
            isOpen -= 1;
          },
        };
      },
      checks: async function* () {
        yield* changes.checks ?? [];
      },
    };
    const exitCode = await runProgram(argv, tools);
    expect(isOpen).toBe(0);
    return { exitCode, out: out.text(), err: err.text() };
  };
  return { app, run };
};

const withWorkspace = async (changes: Parameters<typeof shell>[0] = {}) => {
  const here = shell(changes);
  await here.app.request('http://localhost/api/workspaces', {
    method: 'POST',
    headers: { host: 'localhost', authorization: 'Bearer local-token', 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'Shop', timezone: 'Europe/Berlin' }),
  });
  return here;
};

test('every command has its help, which ends with 0', async () => {
  const { run } = shell();
  const { out, exitCode } = await run('--help');
  expect(exitCode).toBe(0);
  const names = [...out.matchAll(/^ {2}([a-z]+) /gm)]
    .map(([, name = '']) => name)
    .filter((name) => name !== 'help');
  expect(names).toEqual(expect.arrayContaining(['serve', 'query', 'export', 'doctor', 'link']));
  for (const name of names) {
    const help = await run(name, '--help');
    expect([name, help.exitCode]).toEqual([name, 0]);
    expect(help.out).toContain('--json');
  }
});

test('a wrong command or option is wrong usage, with the nearest right one', async () => {
  const { run } = shell();
  const wrong = await run('qurey');
  expect([wrong.exitCode, wrong.err]).toEqual([2, expect.stringContaining('query')]);
  expect((await run('query', 'deflection_rate', '--form', '2026-04-01')).exitCode).toBe(2);
});

test('the exit code of a command that ran is that of what it ran', async () => {
  expect((await shell().run('serve')).exitCode).toBe(3);
});

test('a metric is a table with its denominator and interval, over whole local days', async () => {
  const { run } = await withWorkspace();
  const { out, exitCode } = await run('query', 'deflection_rate');
  expect(exitCode).toBe(0);
  expect(out).toContain('deflection_rate, 2026-03-13 to 2026-04-10 (Europe/Berlin), policy 1');
  expect(out).toMatch(/45\.0 % +42\.0 % – 48\.0 % +540 +1200 +1200/);
  expect(JSON.parse((await run('query', 'deflection_rate', '--json')).out)).toMatchObject({
    result: { numerator: 540 },
  });
});

test('what the API refuses is its own sentence on stderr and the code for wrong usage', async () => {
  const { run } = await withWorkspace();
  const wrong = await run('query', 'deflexion', '--json');
  expect([wrong.exitCode, wrong.err]).toEqual([2, 'botworth: There is no metric "deflexion".\n']);
  expect(JSON.parse(wrong.out)).toMatchObject({ error: { code: 'unknown_metric' } });
  const where = await run('query', 'deflection_rate', '--workspace', 'Store');
  expect([where.exitCode, where.err]).toEqual([2, expect.stringContaining('(Shop)')]);
  expect((await shell().run('query', 'deflection_rate')).err).toContain('no workspace yet');
});

const row = (id: string): ConversationRow => ({
  id,
  thread_id: id,
  person: 'p',
  started_at: '2026-04-01T10:00:00.000Z',
  ended_at: '2026-04-01T10:01:00.000Z',
  duration_seconds: 60,
  channel: 'web_chat',
  bot: '=HYPERLINK("x")',
  flow: 'a,b',
  job: 'support',
  intent: 'say "hi"',
  language: '',
  country: '',
  device: '',
  handled_by: 'bot',
  state: 'engaged',
  resolution: null,
  outcome: 'open',
  eligible: true,
  deflected: false,
  trapped: false,
  matured: true,
  visitor_turns: 1,
  bot_turns: 1,
  human_turns: 0,
  fallbacks: 0,
  first_answer_seconds: null,
  csat: { score: 5, scale: 5 },
  test: false,
});

const paged = () => {
  const base = fakeParts();
  const pages: Record<string, { rows: ConversationRow[]; next: string | null }> = {
    '': { rows: [row('a'), row('b')], next: 'k' },
    k: { rows: [row('c')], next: null },
  };
  return fakeParts({
    explain: {
      ...base.explain,
      conversations: async (_w, _p, _q, { after }) => ({
        total: 3,
        ...(pages[after ?? ''] ?? { rows: [], next: null }),
      }),
    },
  });
};

test('an export has every page, quotes what must be quoted, and no cell that a spreadsheet would run', async () => {
  const { run } = await withWorkspace({ parts: paged() });
  const { out, exitCode } = await run(
    'export',
    'conversations',
    '--from',
    '2026-04-01',
    '--to',
    '2026-05-01',
  );
  expect(exitCode).toBe(0);
  const lines = out.split('\r\n');
  expect(lines).toHaveLength(5);
  expect(lines[0]).toMatch(/^id,thread_id,.*csat_score,csat_scale/);
  expect(lines[1]).toContain(`"'=HYPERLINK(""x"")","a,b",support,"say ""hi"""`);
  expect(lines[3]).toMatch(/^c,/);
});

test('an export for a spreadsheet says at its start that it is UTF-8, and is no form of JSONL', async () => {
  const { run } = await withWorkspace({ parts: paged() });
  const { out } = await run('export', 'conversations', '--for-spreadsheet');
  expect(out.startsWith('\ufeffid,thread_id,')).toBe(true);
  expect(out).toContain('"=""=HYPERLINK(""""x"""")"""');
  expect((await run('export', 'conversations', '--for-spreadsheet', '--json')).exitCode).toBe(2);
});

test('JSONL keeps values as they are, and a file is whole when the command ends', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'botworth-export-'));
  folders.push(folder);
  const file = join(folder, 'out.jsonl');
  const { run } = await withWorkspace({ parts: paged() });
  expect((await run('export', 'conversations', '--json', '--out', file)).exitCode).toBe(0);
  const rows = (await readFile(file, 'utf8'))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { id: string; bot: string; csat_score: number });
  expect(rows.map(({ id, bot, csat_score }) => [id, bot, csat_score])).toEqual(
    ['a', 'b', 'c'].map((id) => [id, '=HYPERLINK("x")', 5]),
  );
  const metric = await run('export', 'deflection_rate');
  expect(metric.out).toBe(
    'metric,value,reason,unit,numerator,denominator,n,low,high,policy\r\ndeflection_rate,0.45,,rate,540,1200,1200,0.42,0.48,1\r\n',
  );
  expect((await run('export', 'conversations', '--format', 'xml')).exitCode).toBe(2);
});

test('an export whose reader has gone ends without a word and asks for nothing more', async () => {
  const base = fakeParts();
  let asked = 0;
  const endless = fakeParts({
    explain: {
      ...base.explain,
      conversations: async () => {
        asked += 1;
        return { total: 1e9, rows: [row('a')], next: 'k' };
      },
    },
  });
  const { run } = await withWorkspace({ parts: endless, readsNothing: true });
  const { exitCode, err } = await run('export', 'conversations');
  expect([exitCode, err]).toEqual([0, '']);
  expect(asked).toBeLessThanOrEqual(2);
});

test('a table says below it what its figures lack, each once', async () => {
  const base = fakeParts();
  const lacking = fakeParts({
    measure: {
      ...base.measure,
      ask: async (...question) => {
        const answer = await base.measure.ask(...question);
        const missing = [{ event: 'message_replied', why: 'Send each reply with its kind.' }];
        const results = Object.entries(answer.results).map(([id, { result, rows }]) => [
          id,
          {
            result: { ...result, missing },
            rows: [...rows, { ...result, cut: { week: '2026-04-06' }, missing }],
          },
        ]);
        return { ...answer, results: Object.fromEntries(results) };
      },
    },
  });
  const { run } = await withWorkspace({ parts: lacking });
  const { out } = await run('query', 'deflection_rate');
  expect(out).toMatch(/\n\nMissing\n {2}message_replied: Send each reply with its kind\.\n$/);
  expect((await (await withWorkspace()).run('query', 'deflection_rate')).out).not.toContain('Missing');
});

test('the doctor fails when one check does, and says all', async () => {
  const checks: Check[] = [
    { name: 'node', state: 'ok', sentence: 'fine.' },
    { name: 'port', state: 'failed', sentence: 'taken.' },
  ];
  const { run } = shell({ checks });
  const { out, exitCode } = await run('doctor');
  expect([exitCode, out]).toEqual([1, '✓ node: fine.\n✗ port: taken.\n']);
  expect(JSON.parse((await run('doctor', '--json')).out)).toEqual({ ok: false, checks });
  expect((await shell({ checks: checks.slice(0, 1) }).run('doctor')).exitCode).toBe(0);
});

test('a link needs a running server', async () => {
  expect((await shell().run('link')).err).toContain('No server runs');
  const { run } = shell({ parts: fakeParts({ adminToken: null }), url: 'http://127.0.0.1:4680' });
  expect((await run('link')).out).toMatch(/^http:\/\/127\.0\.0\.1:4680\/enter\?key=[\w-]{32}\n$/);
});

test('an export into a folder that is not there says so and ends with 2', async () => {
  const { exitCode, err } = await shell().run('export', 'conversations', '--out', '/nowhere-at-all/x.csv');
  expect(exitCode).toBe(2);
  expect(err).toContain('"/nowhere-at-all/x.csv" cannot be written');
});

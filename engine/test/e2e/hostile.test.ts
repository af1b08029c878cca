import type { ErrorBody } from '@botworth/contract/errors';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FrontDoor, makeWorkspace, type WorkspaceDoor } from './front-door.ts';
import { speak } from './script.ts';
import { type RunningServer, startServer } from './start-server.ts';

/** Texts that break out of a badly built statement, address, page or document. */
const hostile = [
  "'; DROP TABLE conversations; --",
  '"',
  "''",
  '\\',
  "\\'",
  '{p1:String}',
  '{}',
  '$' + '{x}',
  '`',
  '%27',
  '%',
  '_',
  '🙂',
  '\u202e',
  'a\nb',
  'a\tb',
  '../..',
  '<script>',
  'null',
  '-1',
  '0x00',
  'a,b',
  'a\\,b',
  ':',
  '!x',
  '=1+1',
  '__proto__',
  'constructor',
  'x'.repeat(256),
];

let server: RunningServer;
let door: FrontDoor;
let workspace: WorkspaceDoor;

beforeAll(async () => {
  server = await startServer();
  door = { url: server.url, token: server.adminToken };
  workspace = await makeWorkspace(door, { name: hostile.slice(0, 4).join(' ') });
  await workspace.send(
    hostile.flatMap((text, index) =>
      speak({
        conversation: `${text}-${index}`,
        person: text,
        ended: '2026-04-10T10:00:00Z',
        acts: ['visitor', 'answer'],
        properties: {
          job: 'support',
          intent: 'order_status',
          bot: text,
          flow: text,
          [text === '__proto__' ? 'proto' : text]: { [text === '__proto__' ? 'proto' : text]: [text] },
        },
      }),
    ),
  );
  await workspace.settle();
});
afterAll(() => server?.stop());

const ask = async (path: string): Promise<{ status: number; body: unknown }> => {
  const answer = await fetch(`${server.url}/api/workspaces/${workspace.id}${path}`, {
    headers: { authorization: `Bearer ${server.adminToken}` },
  });
  return { status: answer.status, body: await answer.json() };
};

const span = 'from=2026-04-01&to=2026-05-01';
const escaped = (text: string) => encodeURIComponent(text.replace(/[\\,]/g, (sign) => `\\${sign}`));

const stillThere = async () => {
  expect(await workspace.get(`/conversations?${span}`)).toMatchObject({ total: hostile.length });
};

test('every value is kept exactly, is a row of its own, can be filtered by, and opens', async () => {
  const { rows } = await workspace.ask('deflection_rate', {
    from: '2026-04-01',
    to: '2026-05-01',
    as_of: '2026-05-31T00:00:00Z',
    by: 'bot',
  });
  expect(rows.map((row) => row.cut.bot).sort()).toEqual([...hostile].sort());
  for (const row of rows) {
    const drilled = await workspace.get<{ total: number; rows: { bot: string }[] }>(
      row.drill.slice(row.drill.indexOf('/metrics/')),
    );
    expect([row.cut.bot, drilled.total, drilled.rows[0]?.bot]).toEqual([row.cut.bot, 1, row.cut.bot]);
  }
  for (const [index, text] of hostile.entries()) {
    const listed = await ask(`/conversations?${span}&where=bot:${escaped(text)}`);
    expect([text, listed.status, listed.body]).toEqual([text, 200, expect.objectContaining({ total: 1 })]);
    const { conversation, events } = await workspace.conversation(`${text}-${index}`);
    expect(conversation).toMatchObject({ bot: text, flow: text });
    const key = text === '__proto__' ? 'proto' : text;
    expect(Object.getOwnPropertyDescriptor(events[0]?.properties ?? {}, key)?.value).toEqual({
      [key]: [text],
    });
  }
});

test('a hostile name where ours are expected is refused with its own code, and nothing is lost', async () => {
  for (const text of [...hostile, '\u0000', 'x'.repeat(10_000)]) {
    const encoded = encodeURIComponent(text);
    const cases: readonly (readonly [string, readonly string[]])[] = [
      [`/metrics/${encoded}?${span}`, ['unknown_metric', 'query_invalid', 'route_not_found']],
      [`/metrics/deflection_rate?${span}&by=${encoded}`, ['unknown_cut', 'query_invalid']],
      [`/metrics/deflection_rate?${span}&where=${encoded}`, ['unknown_filter', 'query_invalid']],
      [`/metrics/deflection_rate?from=${encoded}&to=2026-05-01`, ['query_invalid']],
      [`/metrics/deflection_rate?${span}&compare=${encoded}`, ['query_invalid']],
      [`/metrics/deflection_rate?${span}&${encoded}=1`, ['query_invalid']],
      [`/metrics/deflection_rate/drill?${span}&part=${encoded}`, ['query_invalid']],
      [`/metrics/deflection_rate/drill?${span}&after=${encoded}`, ['query_invalid']],
      [`/conversations/${encodeURIComponent(`no ${text}`)}`, ['conversation_not_found', 'query_invalid']],
      [`/policy/versions/${encoded}`, ['query_invalid', 'policy_version_not_found', 'route_not_found']],
    ];
    for (const [path, codes] of cases) {
      // An empty or dotted segment is another address.
      if (/\/(%2E|\.)+/i.test(path) && text === '../..') continue;
      const { status, body } = await ask(path);
      expect([path.slice(0, 120), status]).toEqual([
        path.slice(0, 120),
        expect.toSatisfy((code: number) => code >= 400 && code < 500),
      ]);
      expect(codes).toContain((body as ErrorBody).error.code);
    }
  }
  await stillThere();
});

test('a policy full of hostile names is kept exactly and answers', async () => {
  const flows = Object.fromEntries(
    hostile.filter((text) => text !== '__proto__').map((text) => [text, text]),
  );
  await workspace.putPolicy((document) => {
    document.goals = flows;
    document.intent = { min_confidence: 0.5, map: flows };
    document.eligibility = {
      intents: ['order_status', ...hostile],
      exclude: hostile.map((text) => `no ${text}`.slice(0, 256)),
    };
  });
  const saved = await workspace.get<{
    version: number;
    document: { goals: unknown; eligibility: { intents: string[] } };
  }>('/policy');
  expect(saved).toMatchObject({
    version: 2,
    document: { goals: flows, eligibility: { intents: ['order_status', ...hostile] } },
  });
  await workspace.settle();
  const { result } = await workspace.ask('goal_completion_rate', { from: '2026-04-01', to: '2026-05-01' });
  expect(result.denominator).toBe(Object.keys(flows).length);
  await stillThere();
});

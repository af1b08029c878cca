import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { DemoStatus } from '@botworth/contract/demo';
import { defaultPolicy } from '@botworth/contract/policy';
import type { Result } from '@botworth/contract/result';
import { afterEach, describe, expect, test } from 'vitest';
import { fixedClock } from '../base/clock.ts';
import { silentLog } from '../base/log.ts';
import { createDemo, type DemoSurroundings } from './create-demo.ts';
import type { Message } from './scenario/message.ts';

let stop: () => Promise<void> = async () => undefined;
afterEach(() => stop());

/** A product that takes everything and knows nothing: the demo's own behaviour is tested. */
const product = async (wish: { isFull?: () => boolean } = {}) => {
  const arrived = new Map<string, string>();
  let resent = 0;
  const nothing: Partial<Result> = {
    value: null,
    numerator: 0,
    denominator: 0,
    interval: null,
    change: null,
  };
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk) => {
      text += chunk;
    });
    request.on('end', () => {
      const path = request.url ?? '';
      const answer = (body: unknown) => response.end(JSON.stringify(body));
      if (path === '/v1/batch') {
        if (wish.isFull?.() === true && arrived.size > 0) {
          response.writeHead(429, { 'retry-after': '0' }).end('{}');
          return;
        }
        for (const message of (JSON.parse(text) as { batch: Message[] }).batch) {
          const copy = JSON.stringify(message);
          if (arrived.get(message.messageId) === copy) resent += 1;
          arrived.set(message.messageId, copy);
        }
        answer({ success: true, accepted: 0, rejected: [] });
      } else if (path.endsWith('/freshness')) answer({ acknowledged: 1, folded: 1, lag_ms: 0 });
      else if (path.endsWith('/policy')) answer({ version: 1, document: defaultPolicy() });
      else answer({ result: nothing });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stop = () =>
    new Promise((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, arrived, resent: () => resent };
};

const state = () => {
  const settings = new Map<string, string>();
  const made: string[] = [];
  let keys = 0;
  const summary = () => ({
    id: `k${keys}`,
    name: '',
    prefix: '',
    created_at: '',
    last_used_at: null,
    revoked_at: null,
  });
  const writeKey = () => {
    keys += 1;
    return { summary: summary(), secret: `secret-${keys}` };
  };
  const workspaceOf = (id: string) => ({
    id,
    number: 1,
    name: 'Demo shop',
    timezone: 'UTC',
    currency: 'EUR',
    created_at: '',
    demo: true,
  });
  const fake: DemoSurroundings['state'] = {
    createWorkspace: async () => {
      const id = `w_${made.length + 1}`;
      made.push(id);
      return { workspace: workspaceOf(id), writeKey: writeKey() };
    },
    findWorkspace: async (id) => (made.includes(id) ? workspaceOf(id) : null),
    makeWriteKey: async () => writeKey(),
    readSetting: async (name) => settings.get(name) ?? null,
    writeSetting: async (name, value) => void settings.set(name, value),
    audit: async () => undefined,
  };
  return { fake, made };
};

const around = (
  url: string,
  fake: DemoSurroundings['state'],
  nowMs = Date.UTC(2026, 3, 9),
): DemoSurroundings => ({
  state: fake,
  clock: fixedClock(nowMs),
  log: silentLog,
  url,
  token: 't',
});

const until = async (
  demo: { status(): Promise<DemoStatus> },
  isIt: (status: DemoStatus) => boolean,
): Promise<DemoStatus> => {
  const deadline = performance.now() + 15_000;
  for (;;) {
    const status = await demo.status();
    if (isIt(status)) return status;
    if (performance.now() > deadline) throw new Error(`Still ${JSON.stringify(status).slice(0, 300)}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
};

const small = { weeks: 6, conversations: 200 };

describe('the demo', () => {
  test('two clicks at once, and a third one later, make one shop', async () => {
    const { url } = await product();
    const { fake, made } = state();
    const demo = createDemo(around(url, fake));
    expect(await demo.status()).toEqual({ state: 'none', progress: 0, workspace_id: null });
    const both = await Promise.all([demo.start(small), demo.start(small)]);
    expect(both).toEqual([{ workspace_id: 'w_1' }, { workspace_id: 'w_1' }]);
    const { report } = await until(demo, (status) => status.state === 'ready');
    expect(report).toMatchObject({ from: '2026-02-23', to: '2026-04-06' });
    expect(await demo.start(small)).toEqual({ workspace_id: 'w_1' });
    expect(made).toEqual(['w_1']);
  });

  test('one that was interrupted says so, and goes on with the very same messages, weeks later too', async () => {
    let isFull = true;
    const { url, arrived, resent } = await product({ isFull: () => isFull });
    const { fake, made } = state();
    const before = createDemo(around(url, fake));
    await before.start(small);
    await until(before, () => arrived.size > 0);
    before.stop();
    await until(before, (status) => status.state !== 'running');
    isFull = false;
    const after = createDemo(around(url, fake, Date.UTC(2026, 5, 9)));
    expect(await after.status()).toMatchObject({ state: 'failed', workspace_id: 'w_1' });
    const first = arrived.size;
    await after.start({ ...small, seed: 99 });
    const { report } = await until(after, (status) => status.state === 'ready');
    expect(report?.to).toBe('2026-04-06');
    expect(made).toEqual(['w_1']);
    expect(resent()).toBe(first);
    expect(arrived.size).toBe(report?.events);
  });

  test('a door that refuses is a failure with its reason, and can be tried again', async () => {
    const { url } = await product();
    await stop();
    stop = async () => undefined;
    const { fake } = state();
    const demo = createDemo(around(url, fake));
    await demo.start(small);
    expect(await until(demo, (status) => status.state === 'failed')).toMatchObject({
      problem: expect.any(String),
    });
  });
});

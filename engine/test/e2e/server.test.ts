import { execFile } from 'node:child_process';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { call, makeWorkspace, settle } from './front-door.ts';
import { speak } from './script.ts';
import { type RunningServer, startServer } from './start-server.ts';

const bin = fileURLToPath(new URL('../../bin/botworth.js', import.meta.url));
const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

const freshFolder = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'botworth-e2e-'));
  folders.push(folder);
  return folder;
};

/** A command as a shell runs it. */
const shell = (argv: readonly string[], env: Readonly<Record<string, string>>) =>
  new Promise<{ exitCode: number; out: string; err: string }>((resolve) => {
    const child = execFile(
      process.execPath,
      [bin, ...argv],
      { env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', ...env } },
      (_error, out, err) => resolve({ exitCode: child.exitCode ?? -1, out, err }),
    );
  });

const conversation = (id: string, ended = '2026-04-10T10:00:00Z') =>
  speak({
    conversation: id,
    person: id,
    ended,
    acts: ['visitor', 'answer'],
    properties: { job: 'support', intent: 'order_status', bot: 'helper' },
  });

describe('one server', () => {
  let server: RunningServer;
  beforeAll(async () => {
    server = await startServer({ adminToken: null });
  });
  afterAll(() => server?.stop());

  test('prints an address that signs a browser in, once', async () => {
    const [link = ''] = /http:\S+\/enter\?key=\S+/.exec(server.output()) ?? [];
    const entered = await fetch(link, { redirect: 'manual' });
    expect([entered.status, entered.headers.get('location')]).toEqual([303, '/']);
    const cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? '';
    expect(await (await fetch(`${server.url}/api/session`, { headers: { cookie } })).json()).toMatchObject({
      may_manage: true,
    });
    expect((await fetch(`${server.url}/api/session`)).status).toBe(401);
    expect((await fetch(link, { redirect: 'manual' })).status).toBe(401);
  });

  test('serves the pages, the reference and the document', async () => {
    const page = await fetch(server.url);
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(await (await fetch(`${server.url}/docs`)).text()).toContain('unknown_metric');
    expect(await (await fetch(`${server.url}/api/openapi.json`)).json()).toMatchObject({ openapi: '3.1.0' });
  });

  test('lets nobody else read what the command line needs', async () => {
    for (const name of ['server.json', 'secret'])
      expect([name, (await stat(join(server.dataDir, name))).mode & 0o077]).toEqual([name, 0]);
  });

  test('a second one on the same folder, or on a port in use, says so in one sentence with its own exit code', async () => {
    const second = await shell(['serve'], { BOTWORTH_DATA: server.dataDir, BOTWORTH_PORT: '0' });
    expect([second.exitCode, second.out]).toEqual([4, '']);
    expect(second.err).toMatch(new RegExp(`^botworth: Another Botworth \\(process ${server.pid}\\) .*\\n$`));
    const taken = await shell(['serve'], {
      BOTWORTH_DATA: await freshFolder(),
      BOTWORTH_PORT: new URL(server.url).port,
    });
    expect(taken.exitCode).toBe(3);
    expect(taken.err.split('\n').filter((line) => line.startsWith('botworth: '))).toEqual([
      expect.stringMatching(/Port \d+ on 127\.0\.0\.1 is in use/),
    ]);
  });

  test('the doctor looks at it from outside', async () => {
    const { exitCode, out } = await shell(['doctor', '--json'], { BOTWORTH_DATA: server.dataDir });
    expect([exitCode, JSON.parse(out)]).toMatchObject([0, { ok: true }]);
    expect(out).toContain(`process ${server.pid} is ready`);
  });
});

test('wrong settings end with 2 and a sentence that names them', async () => {
  const env = { BOTWORTH_DATA: await freshFolder() };
  for (const [name, value] of [
    ['BOTWORTH_PORT', 'eighty'],
    ['BOTWORTH_LOG_LEVEL', 'loud'],
    ['BOTWORTH_CLICKHOUSE_URL', 'chdb'],
    ['BOTWORTH_ROLES', 'collect'],
  ] as const) {
    const { exitCode, err } = await shell(['serve'], { ...env, [name]: value });
    expect([name, exitCode, err]).toEqual([
      name,
      2,
      expect.stringMatching(new RegExp(`^botworth: .*${name}.*\\n$`)),
    ]);
  }
});

test('a port that the doctor finds in use is a failed check', async () => {
  const blocker = createServer();
  await new Promise<void>((resolve) => blocker.listen(0, '127.0.0.1', resolve));
  const { port } = blocker.address() as { port: number };
  const { exitCode, out } = await shell(['doctor'], {
    BOTWORTH_DATA: await freshFolder(),
    BOTWORTH_PORT: String(port),
  });
  blocker.close();
  expect(exitCode).toBe(1);
  expect(out).toMatch(/✗ port: .*cannot be listened on/);
  expect(out).toMatch(/✓ event store: chdb/);
});

test('told to stop in the middle of a stream of batches, it loses nothing that it acknowledged, and the next start has it all', async () => {
  const dataDir = await freshFolder();
  const server = await startServer({ dataDir });
  const door = { url: server.url, token: server.adminToken };
  const workspace = await makeWorkspace(door, { name: 'Stream' });
  let acknowledged = 0;
  let isOver = false;
  const sender = async (number: number) => {
    for (let round = 0; !isOver; round += 1) {
      const batch = Array.from({ length: 10 }, (_, index) =>
        conversation(`c${number}-${round}-${index}`),
      ).flat();
      const answer = await fetch(`${server.url}/v1/batch`, {
        method: 'POST',
        headers: {
          authorization: `Basic ${btoa(`${workspace.writeKey}:`)}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify({ batch }),
      }).catch(() => null);
      if (answer?.status === 200) acknowledged += batch.length;
      else isOver = true;
    }
  };
  const sending = Promise.all([1, 2, 3, 4].map(sender));
  const until = performance.now() + 20_000;
  while (acknowledged < 400 && performance.now() < until)
    await new Promise((resolve) => setTimeout(resolve, 20));
  const code = await server.stop();
  isOver = true;
  await sending;
  expect(code).toBe(0);
  expect(acknowledged).toBeGreaterThanOrEqual(400);

  const again = await startServer({ dataDir });
  const freshness = await settle({ url: again.url, token: again.adminToken }, workspace.id);
  // A request that was stored and whose answer was cut off counts too; one that was answered must be there.
  expect(freshness.acknowledged).toBeGreaterThanOrEqual(acknowledged);
  const { total } = await call<{ total: number }>(
    { url: again.url, token: again.adminToken },
    'GET',
    `/api/workspaces/${workspace.id}/conversations?from=2026-04-01&to=2026-05-01`,
  );
  expect(total * 2).toBe(freshness.acknowledged);
  await again.stop();
});

test('the command line answers the same with the server and without it', async () => {
  const dataDir = await freshFolder();
  const server = await startServer({ dataDir });
  const workspace = await makeWorkspace({ url: server.url, token: server.adminToken }, { name: 'Shell' });
  await workspace.send(['a', 'b', 'c'].flatMap((id) => conversation(id)));
  await workspace.settle();
  const env = { BOTWORTH_DATA: dataDir, BOTWORTH_LOG_LEVEL: 'error' };
  const commands = [
    ['query', 'deflection_rate', '--from', '2026-04-01', '--to', '2026-05-01', '--by', 'week'],
    ['export', 'conversations', '--from', '2026-04-01', '--to', '2026-05-01'],
    ['query', 'deflexion'],
  ];
  const over = [];
  for (const command of commands) over.push(await shell(command, env));
  await server.stop();
  const direct = [];
  for (const command of commands) direct.push(await shell(command, env));
  expect(direct).toEqual(over);
  expect(over[0]).toMatchObject({ exitCode: 0, out: expect.stringContaining('100.0 %') });
  expect(over[1]?.out.split('\r\n')).toHaveLength(5);
  expect(over[2]).toMatchObject({ exitCode: 2, err: expect.stringContaining('deflection_rate') });
});

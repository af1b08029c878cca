import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fakeParts } from '../fake-parts.test-data.ts';
import { createApp } from '../http/create-app.ts';

const script = "document.documentElement.dataset.theme = 'dark';";
const page = `<!doctype html><script>${script}</script><script type="module" src="/assets/main-AbCd1234.js"></script>${' '.repeat(2000)}`;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'botworth-pages-'));
  await mkdir(join(folder, 'assets'));
  await writeFile(join(folder, 'index.html'), page);
  await writeFile(join(folder, 'assets/main-AbCd1234.js'), 'export {};\n'.repeat(500));
  await writeFile(join(folder, 'assets/main-AbCd1234.js.map'), '{}');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const get = (path: string, headers: Record<string, string> = {}) =>
  createApp(fakeParts({ pagesDir: folder })).request(`http://localhost${path}`, {
    headers: { host: 'localhost', ...headers },
  });

test('every address that the app resolves gets its first page, which asks before it is used again', async () => {
  for (const path of [
    '/',
    '/w/abc/scoreboard',
    '/w/abc/conversations/wa%3A%3A2026-04-10T10%3A00%3A00.000Z',
    '/w/abc/conversations/notes.txt',
  ]) {
    const answer = await get(path, { accept: 'text/html,*/*;q=0.8' });
    expect([answer.status, await answer.text()]).toEqual([200, page]);
    expect(answer.headers.get('cache-control')).toBe('no-cache');
  }
});

test('a script in the page runs because its hash is allowed, and no other does', async () => {
  const policy = (await get('/')).headers.get('content-security-policy') ?? '';
  expect(policy).toMatch(/script-src 'self' 'sha256-[A-Za-z0-9+/]{43}='(;|$)/);
  expect(policy).toContain("frame-ancestors 'none'");
});

test('a file with its hash in the name is kept for ever and comes compressed', async () => {
  const answer = await get('/assets/main-AbCd1234.js', { 'accept-encoding': 'gzip, deflate, br' });
  expect(answer.headers.get('cache-control')).toContain('immutable');
  expect([answer.headers.get('content-encoding'), answer.headers.get('vary')]).toEqual([
    'br',
    'accept-encoding',
  ]);
  expect(brotliDecompressSync(Buffer.from(await answer.arrayBuffer())).toString()).toContain('export {};');
  expect(
    (await get('/assets/main-AbCd1234.js', { 'accept-encoding': 'br;q=0, identity' })).headers.get(
      'content-encoding',
    ),
  ).toBeNull();
  const etag = answer.headers.get('etag') ?? '';
  expect((await get('/assets/main-AbCd1234.js', { 'if-none-match': etag })).status).toBe(304);
});

test('nothing outside the build is served', async () => {
  for (const path of [
    '/assets/../../etc/passwd.txt',
    '/favicon.ico',
    '/assets/main-AbCd1234.js.map',
    '/.env',
    '/assets/none',
  ]) {
    expect([path, (await get(path)).status]).toEqual([path, 404]);
  }
});

test('pages that were not built are said so, and built ones are found without a restart', async () => {
  const empty = await mkdtemp(join(tmpdir(), 'botworth-pages-'));
  const app = createApp(fakeParts({ pagesDir: empty }));
  const ask = () => app.request('http://localhost/', { headers: { host: 'localhost' } });
  expect(await (await ask()).text()).toContain('npm run build');
  await writeFile(join(empty, 'index.html'), 'built');
  expect(await (await ask()).text()).toBe('built');
  await rm(empty, { recursive: true });
});

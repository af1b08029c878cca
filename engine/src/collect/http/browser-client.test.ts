import { createRequire } from 'node:module';
import type { Analytics } from '@segment/analytics-next';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { type CollectServer, startCollectServer } from '../collect-server.test-data.ts';

type BrowserAnalytics = Pick<Analytics, 'track' | 'identify' | 'page'>;
interface Page {
  readonly window: Window;
  close(): void;
}
interface Window {
  eval(code: string): unknown;
  close(): void;
  load(settings: object, options?: object): Promise<[BrowserAnalytics, unknown]>;
}
/** jsdom brings no declarations; this is what is used of it. */
const { JSDOM } = createRequire(import.meta.url)('jsdom') as {
  JSDOM: new (html: string, options: object) => Page;
};

const PAGE = 'https://shop.example.test/pricing?utm_source=nl&utm_medium=mail&utm_campaign=spring';
const AGENT = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148';

/** The unmodified client, as a site would bundle it. */
let client: string;
beforeAll(async () => {
  const { outputFiles } = await build({
    stdin: {
      contents:
        "import { AnalyticsBrowser } from '@segment/analytics-next'; window.load = (...options) => AnalyticsBrowser.load(...options);",
      resolveDir: import.meta.dirname,
    },
    bundle: true,
    format: 'iife',
    platform: 'browser',
    write: false,
    logLevel: 'silent',
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  client = outputFiles[0]?.text ?? '';
});

let server: CollectServer;
let pages: Page[] = [];
beforeEach(async () => {
  server = await startCollectServer();
});
afterEach(() => server.close());
afterAll(() => {
  for (const page of pages) page.window.close();
  pages = [];
});

/** A page of another origin: every call of it is preflighted, and refused where the answers do not allow it. */
const open = async (options: object = {}): Promise<BrowserAnalytics> => {
  const page = new JSDOM('<!doctype html><title>Pricing</title>', {
    url: PAGE,
    runScripts: 'outside-only',
    pretendToBeVisual: true,
    userAgent: AGENT,
  });
  pages.push(page);
  page.window.eval(client);
  const [analytics] = await page.window.load({ writeKey: 'wk', cdnURL: server.url }, options);
  return analytics;
};
const arrived = (count: number) =>
  expect.poll(() => server.store.events().size, { timeout: 10_000 }).toBe(count);

it('the browser client boots from our settings and delivers, across origins', async () => {
  const analytics = await open();
  await analytics.identify('u-1', { email: 'ana@example.test' });
  await analytics.track('message_sent', {
    conversation_id: 'c-1',
    channel: 'web_chat',
    text: 'Where is it?',
  });
  await analytics.page();
  await arrived(3);
  const events = [...server.store.events().values()];
  expect(events.find(({ name }) => name === 'message_sent')).toMatchObject({
    thread_id: 'c-1',
    page: '/pricing',
    source: 'nl',
    medium: 'mail',
    campaign: 'spring',
    language: 'en',
  });
  expect(events.find(({ name }) => name === 'identify')?.ties).toHaveLength(3);
  expect(JSON.stringify(events)).not.toContain('ana@example.test');
  expect(server.requests.filter(({ method }) => method === 'OPTIONS').length).toBeGreaterThan(0);
  expect(new Set(server.requests.filter(({ method }) => method === 'POST').map(({ path }) => path))).toEqual(
    new Set(['/v1/i', '/v1/t', '/v1/p']),
  );
});

it('its batches are taken too', async () => {
  const analytics = await open({
    integrations: {
      'Segment.io': { deliveryStrategy: { strategy: 'batching', config: { size: 2, timeout: 200 } } },
    },
  });
  await Promise.all([
    analytics.track('message_sent', { conversation_id: 'c' }),
    analytics.track('chat_opened', { conversation_id: 'c', by: 'visitor' }),
  ]);
  await arrived(2);
  expect(server.requests.filter(({ method }) => method === 'POST').map(({ path }) => path)).toEqual([
    '/v1/b',
  ]);
});

it('it comes again after a 429 and after a 503', async () => {
  const analytics = await open();
  const cors = {
    'access-control-allow-origin': 'https://shop.example.test',
    'access-control-expose-headers': 'Retry-After',
  };
  server.answers.push(
    { status: 429, headers: { ...cors, 'retry-after': '1' } },
    { status: 503, headers: cors },
  );
  void analytics.track('message_sent', { conversation_id: 'c' });
  await arrived(1);
  expect(server.requests.filter(({ path }) => path === '/v1/t').length).toBeGreaterThanOrEqual(3);
});

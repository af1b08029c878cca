import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';
import type { CollectorParts } from './collector.ts';
import { type RecordingStore, startCollector } from './recording-store.test-data.ts';

export interface CollectServer {
  readonly url: string;
  readonly store: RecordingStore;
  readonly stats: Awaited<ReturnType<typeof startCollector>>['collector']['stats'];
  /** Answered to the next requests instead of the collector, one each. */
  readonly answers: { readonly status: number; readonly headers?: Record<string, string> }[];
  /** What arrived, in order. */
  readonly requests: {
    readonly method: string;
    readonly path: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly atMs: number;
  }[];
  close(): Promise<void>;
}

/** The collect door as clients meet it: over a socket of this machine. */
export const startCollectServer = async (changes: Partial<CollectorParts> = {}): Promise<CollectServer> => {
  const { collector, store } = await startCollector(changes);
  const answers: { status: number; headers?: Record<string, string> }[] = [];
  const requests: CollectServer['requests'][number][] = [];
  const app = new Hono();
  app.use('*', async (context, next) => {
    requests.push({
      method: context.req.method,
      path: context.req.path,
      headers: context.req.header(),
      atMs: performance.now(),
    });
    const answer = context.req.method === 'POST' ? answers.shift() : undefined;
    if (answer === undefined) return next();
    await context.req.arrayBuffer();
    return new Response('{}', {
      status: answer.status,
      headers: { 'content-type': 'application/json', ...answer.headers },
    });
  });
  app.route('/', collector.routes);
  const server = createAdaptorServer({ fetch: app.fetch });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    store,
    stats: collector.stats,
    answers,
    requests,
    close: async () => {
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        if ('closeAllConnections' in server) server.closeAllConnections();
      });
      await collector.drain();
    },
  };
};

import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import type { FetchCallback } from './starting-answer.ts';

/** Above the idle time of usual proxies, so that it is they who end an idle connection. */
const KEEP_ALIVE_MS = 75_000;
const HEADERS_MS = 15_000;
/** A whole request, a slow upload of a full batch included. */
const REQUEST_MS = 60_000;

export interface Listening {
  readonly url: string;
  /** Stops taking connections; resolves when the last request is answered. */
  close(): Promise<void>;
}

export const listen = async (
  answer: FetchCallback,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<Listening> => {
  const server = createAdaptorServer({ fetch: answer }) as Server;
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.headersTimeout = HEADERS_MS;
  server.requestTimeout = REQUEST_MS;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const bound = (server.address() as AddressInfo).port;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${bound}`,
    close: () =>
      new Promise((resolve) => {
        // Answers that are still to come end their connections; idle ones end now.
        server.prependListener('request', (_request, response) => response.setHeader('connection', 'close'));
        server.close(() => resolve());
        server.closeIdleConnections();
      }),
  };
};

import type { IncomingMessage } from 'node:http';
import type { MessageType } from '@botworth/contract/message';
import type { PolicyDocument } from '@botworth/contract/policy';
import { type Context, Hono } from 'hono';
import { AppError } from '../../base/app-error.ts';
import type { Log } from '../../base/log.ts';
import { remoteAddress } from '../../base/network.ts';
import type { StateStore, WriteKeyMatch } from '../../store/port.ts';
import type { ContactHasher } from '../canonical/contact-hash.ts';
import { type Delivery, readTestTraffic } from '../canonical/delivery.ts';
import { MAY_HOLD_CONTACTS, redactContacts } from '../canonical/redact.ts';
import { MAY_BE_MALFORMED } from '../commit/row-line.ts';
import { type ReceiveParts, receive } from '../receive.ts';
import { engineTime } from '../validate/event-time.ts';
import { type BodyPlace, createBodyRoom } from './body-room.ts';
import { cors } from './cors.ts';
import { failureOf } from './failure.ts';
import { pixelMessage, transparentGif } from './pixel.ts';
import { type Batch, readBatch } from './read-batch.ts';
import { decodeBody, readBytes, readIncoming } from './read-body.ts';
import { clientSettings, publicAddress } from './settings.ts';
import { basicWriteKey } from './write-key.ts';

export interface RouteParts extends ReceiveParts {
  readonly state: Pick<StateStore, 'matchWriteKey'>;
  readonly log: Log;
  readonly hasher: ContactHasher;
  readonly testTrafficOf: (workspaceNumber: number) => PolicyDocument['test_traffic'];
  /** False from the first moment of a stop. */
  readonly isOpen: () => boolean;
}

/** Where a request came in: what its messages are, and whether a browser sent them. */
interface Door {
  readonly type: MessageType | undefined;
  readonly adapter: 'segment' | 'beacon' | 'pixel';
  readonly browser: boolean;
}

const RETRY_AFTER_SECONDS = 2;

const verbs: Readonly<Record<string, MessageType | undefined>> = {
  batch: undefined,
  import: undefined,
  track: 'track',
  identify: 'identify',
  page: 'page',
  screen: 'screen',
  group: 'group',
  alias: 'alias',
  merge: 'merge',
};
/** Of the browser client: the verb's first letter; `s` is screen. */
const letters: Readonly<Record<string, MessageType | undefined>> = {
  b: undefined,
  t: 'track',
  i: 'identify',
  p: 'page',
  s: 'screen',
  g: 'group',
  a: 'alias',
};

const incomingOf = (context: Context): IncomingMessage | undefined =>
  (context.env as { readonly incoming?: IncomingMessage } | undefined)?.incoming;

const noKey = (): AppError =>
  new AppError('unknown_write_key', 'The write key is missing, unknown or revoked.');

export const createCollectRoutes = (parts: RouteParts): Hono => {
  const room = createBodyRoom();

  const matched = async (writeKey: string): Promise<WriteKeyMatch> => {
    const match = writeKey === '' ? null : await parts.state.matchWriteKey(writeKey, parts.clock.now());
    if (match === null) throw noKey();
    return match;
  };

  const deliver = async (
    batch: Batch,
    match: WriteKeyMatch,
    door: Door,
    context: Context,
    text: string,
    brokenUtf8: boolean,
  ) => {
    // Once more: a stop may have begun while the body was read, and nobody waits for rows offered after it.
    if (!parts.isOpen()) throw new AppError('shutting_down', 'The server is stopping.');
    const receivedMs = parts.clock.nowMs();
    const mayHoldContacts = MAY_HOLD_CONTACTS.test(text);
    if (mayHoldContacts) redactContacts(batch.context, parts.hasher, '');
    const delivery: Delivery = {
      workspaceNumber: match.workspace.number,
      receivedMs,
      receivedAt: engineTime(receivedMs),
      via: `${door.adapter}:${match.keyId}`,
      routeType: door.type,
      sentAt: batch.sentAt,
      batchContext: batch.context,
      userAgent: door.browser ? (context.req.header('user-agent') ?? '') : '',
      mayHoldContacts,
      markedNumbers: batch.marked,
      brokenUtf8,
      testTraffic: readTestTraffic(parts.testTrafficOf(match.workspace.number)),
      hasher: parts.hasher,
    };
    return receive(batch.messages, delivery, MAY_BE_MALFORMED.test(text), parts);
  };

  const readBody = async (context: Context, arrived: (bytes: number) => void) => {
    const incoming = incomingOf(context);
    const sent =
      incoming === undefined
        ? await readBytes(
            context.req.raw.body ?? new ReadableStream({ start: (stream) => stream.close() }),
            arrived,
          )
        : await readIncoming(incoming, arrived);
    return decodeBody(sent, context.req.header('content-encoding'));
  };

  const fail = (context: Context, error: unknown): Response => {
    const { status, body, retryAfter } = failureOf(error, RETRY_AFTER_SECONDS);
    if (status >= 500 && body.error.code !== 'shutting_down')
      parts.log.error({ err: error, path: context.req.path }, 'events not taken');
    return new Response(JSON.stringify(body), {
      status,
      headers: {
        'content-type': 'application/json; charset=utf-8',
        ...(retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }),
      },
    });
  };

  /** Refuses before anything is read where nothing could be taken. */
  const admitted = async (
    context: Context,
    work: (place: BodyPlace) => Promise<Response>,
  ): Promise<Response> => {
    let place: BodyPlace | undefined;
    try {
      if (!parts.isOpen()) throw new AppError('shutting_down', 'The server is stopping.');
      place = room.enter(remoteAddress(context.env));
      return await work(place);
    } catch (error) {
      return fail(context, error);
    } finally {
      place?.leave();
    }
  };

  /** Ends before the answer is there: a function that waited would keep all that it parsed. */
  const takeBody = async (context: Context, door: Door, addressKey: string, place: BodyPlace) => {
    const key = basicWriteKey(context.req.header('authorization')) || addressKey;
    // A key in the header or the address is checked before the body is read; one in the body can only be checked after.
    const early = key === '' ? undefined : await matched(key);
    if (early === undefined) place.arrived(0);
    else place.known();
    const { text, brokenUtf8 } = await readBody(context, place.arrived);
    const batch = readBatch(text, door.type);
    const match = early ?? (await matched(batch.writeKey));
    place.known();
    return deliver(batch, match, door, context, text, brokenUtf8);
  };

  const take = (context: Context, door: Door, addressKey = ''): Promise<Response> =>
    admitted(context, async (place) => Response.json(await takeBody(context, door, addressKey, place)));

  const routes = new Hono();
  // Never for every path: mounted at `/`, that would open the signed-in routes to every origin.
  for (const path of ['/v1/*', '/beacon/*', '/pixel/*']) routes.use(path, cors);
  for (const [verb, type] of Object.entries(verbs))
    routes.post(`/v1/${verb}`, (context) => take(context, { type, adapter: 'segment', browser: false }));
  for (const [letter, type] of Object.entries(letters))
    routes.post(`/v1/${letter}`, (context) => take(context, { type, adapter: 'segment', browser: true }));
  // The browser client's own metrics: nothing of ours, and an error would fill its console.
  routes.post('/v1/m', (context) => context.json({ success: true }));
  routes.post('/beacon/v1/batch', (context) =>
    take(context, { type: undefined, adapter: 'beacon', browser: true }, context.req.query('writeKey') ?? ''),
  );
  for (const type of ['track', 'page'] as const) {
    routes.get(`/pixel/v1/${type}`, (context) =>
      admitted(context, async () => {
        const query = new URL(context.req.url).searchParams;
        const match = await matched(query.get('writeKey') ?? '');
        const batch: Batch = {
          messages: [pixelMessage(type, query)],
          sentAt: undefined,
          context: undefined,
          writeKey: '',
          marked: false,
        };
        await deliver(
          batch,
          match,
          { type, adapter: 'pixel', browser: true },
          context,
          wordsOf(query),
          false,
        );
        return new Response(transparentGif, {
          headers: { 'content-type': 'image/gif', 'cache-control': 'no-store' },
        });
      }),
    );
  }
  routes.get('/v1/projects/:key/settings', async (context) => {
    try {
      const writeKey = context.req.param('key');
      await matched(writeKey);
      return context.json(
        clientSettings(
          writeKey,
          publicAddress((name) => context.req.header(name), context.req.url),
        ),
      );
    } catch (error) {
      return fail(context, error);
    }
  });
  return routes;
};

const wordsOf = (query: URLSearchParams): string => [...query].flat().join(' ');

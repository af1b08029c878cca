import { Hono } from 'hono';
import { z } from 'zod';
import { fail } from '../../base/app-error.ts';
import { isLoopbackName } from '../auth/host-names.ts';
import type { SessionKeys } from '../auth/session-cookie.ts';
import type { AppEnv } from '../http/app-env.ts';
import { endpoint } from '../http/endpoint.ts';
import { knownActorOf } from '../http/request-actor.ts';
import type { Parts } from '../parts.ts';

/** A store that takes longer than this to say a word is not ready to serve. */
const PATIENCE_MS = 5000;

const word = async (ping: () => Promise<void>): Promise<'ok' | 'silent'> => {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<'silent'>((resolve) => {
    timer = setTimeout(() => resolve('silent'), PATIENCE_MS);
  });
  const answer = ping().then(
    () => 'ok' as const,
    () => 'silent' as const,
  );
  return Promise.race([answer, silence]).finally(() => clearTimeout(timer));
};

const stuckSentence = (stuck: ReturnType<Parts['stuckFolds']>): string => {
  const since = new Date(Math.min(...stuck.map(({ sinceMs }) => sinceMs))).toISOString();
  const named = stuck.flatMap(({ workspaceId }) => (workspaceId === null ? [] : [workspaceId]));
  const whose = named.length === stuck.length ? ` of ${named.join(', ')}` : '';
  return `Not ready: the events${whose} do not get into the figures since ${since}, each try fails. They stay stored; the log of the server says why.`;
};

const alive = endpoint(
  {
    method: 'get',
    path: '/healthz',
    access: 'open',
    summary: 'Alive',
    answer: z.object({ status: z.literal('ok'), version: z.string() }),
  },
  async (_asked, parts) => ({ status: 'ok' as const, version: parts.version }),
);

const ready = endpoint(
  {
    method: 'get',
    path: '/readyz',
    access: 'open',
    summary: 'Ready to serve: both stores answer, events are being folded',
    answer: z.object({ status: z.literal('ready') }),
    errors: ['storage_unavailable', 'shutting_down'],
  },
  async (_asked, parts) => {
    if (!parts.isServing()) return fail('shutting_down', 'The server is stopping.', {});
    const [events, state] = await Promise.all([
      word(() => parts.store.ping()),
      word(() => parts.state.ping()),
    ]);
    if (events !== 'ok' || state !== 'ok')
      return fail('storage_unavailable', 'Not ready: a part that details names does not answer.', {
        events,
        state,
        fold: 'ok',
      });
    const stuck = parts.stuckFolds();
    if (stuck.length === 0) return { status: 'ready' as const };
    return fail('storage_unavailable', stuckSentence(stuck), {
      events,
      state,
      fold: 'failing',
      workspaces: stuck.flatMap(({ workspaceId }) => (workspaceId === null ? [] : [workspaceId])),
    });
  },
);

export const healthEndpoints = [alive, ready];

/**
 * Prometheus text is no JSON, so this one is no endpoint. Its counts are those of all workspaces together: on an
 * address that other machines reach they need a token, on this machine's own a scraper needs none.
 */
export const metricsRoute = (parts: Parts, keys: SessionKeys): Hono<AppEnv> =>
  new Hono<AppEnv>().get('/metrics', async (c) => {
    // A token that was sent is judged all the same.
    const isOpen = isLoopbackName(parts.host) && c.req.header('authorization') === undefined;
    const workspaceId = isOpen ? null : (await knownActorOf(c, keys, parts)).workspaceId;
    if (workspaceId !== null)
      fail('forbidden', 'Only a token for the whole installation may read the counters of all workspaces.', {
        needs: 'a token without a workspace',
      });
    return c.body(await parts.instruments.text(), 200, { 'content-type': parts.instruments.contentType });
  });

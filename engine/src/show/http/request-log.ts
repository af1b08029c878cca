import type { MiddlewareHandler } from 'hono';
import { matchedRoutes } from 'hono/route';
import type { Clock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import type { Instruments } from '../telemetry/instruments.ts';
import type { AppEnv } from './app-env.ts';

/** A question slower than this gets a line of its own with what it asked. */
const SLOW_QUESTION_S = 1;

/** One line per request: the pattern of the address and not the address, which may hold keys and ids of people. */
export const requestLog =
  ({
    log,
    clock,
    instruments,
  }: {
    readonly log: Log;
    readonly clock: Clock;
    readonly instruments: Instruments;
  }): MiddlewareHandler<AppEnv> =>
  async (c, next) => {
    const startedMs = clock.nowMs();
    await next();
    const seconds = (clock.nowMs() - startedMs) / 1000;
    const { method } = c.req;
    const { status } = c.res;
    const route =
      c.get('route') ??
      matchedRoutes(c)
        .map(({ path }) => path)
        .filter((path) => !path.includes('*'))
        .at(-1) ??
      (status === 404 ? 'nowhere' : 'page');
    instruments.requestDone({ method, route, status }, seconds);
    const metrics = c.get('metrics');
    const [only = ''] = metrics ?? [];
    if (metrics !== undefined)
      instruments.questionDone({ route, metric: metrics.length === 1 ? only : 'many' }, seconds);
    const line = {
      request_id: c.get('requestId'),
      method,
      route,
      status,
      seconds,
      workspace: c.get('workspace'),
      actor: c.get('actor'),
      fault: c.get('fault'),
    };
    if (status >= 500) log.error(line, 'answered');
    else if (metrics !== undefined && seconds > SLOW_QUESTION_S)
      log.warn({ ...line, metrics }, 'a slow question');
    else log.info(line, 'answered');
  };

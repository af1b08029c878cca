import { Hono } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { AppError, fail } from '../../base/app-error.ts';
import { nearest } from '../../base/nearest.ts';
import { isOurHost } from '../auth/host-names.ts';
import { sessionKeys } from '../auth/session-cookie.ts';
import { pageRoutes } from '../pages/page-routes.ts';
import type { Parts } from '../parts.ts';
import { allEndpoints } from '../routes/all-endpoints.ts';
import { docsRoutes } from '../routes/docs.ts';
import { enterRoutes } from '../routes/enter.ts';
import { metricsRoute } from '../routes/health.ts';
import type { AppEnv } from './app-env.ts';
import { errorAnswer } from './error-answer.ts';
import { mountEndpoint } from './mount-endpoint.ts';
import { requestId } from './request-id.ts';
import { requestLog } from './request-log.ts';
import { dataSecurityPolicy, securityHeaders } from './security-headers.ts';

/** Addresses of the collect door: senders from anywhere, judged by their write key alone. */
const isCollect = (path: string) => /^\/(v1|hooks|beacon|pixel)\//.test(path);

export const createApp = (parts: Parts): Hono<AppEnv> => {
  const app = new Hono<AppEnv>();
  const keys = sessionKeys(parts.secret, parts.adminToken);

  app.use(requestLog(parts));
  app.use(async (c, next) => {
    const id = requestId(c.req.header('x-request-id'));
    c.set('requestId', id);
    c.header('x-request-id', id);
    if (isCollect(c.req.path)) return next();
    for (const [name, value] of Object.entries(securityHeaders)) c.header(name, value);
    c.header('content-security-policy', dataSecurityPolicy);
    if (!isOurHost(c.req.header('host'), parts.host, parts.allowedHosts)) {
      fail(
        'forbidden',
        `This server does not go by the name "${(c.req.header('host') ?? '').slice(0, 100)}". Use localhost, or list the name in BOTWORTH_ALLOWED_HOSTS.`,
        {},
      );
    }
    return next();
  });

  app.onError((error, c) => {
    const id = c.get('requestId') ?? '';
    const { status, headers, body } = errorAnswer(error, id);
    c.set('fault', error instanceof AppError ? error.code : 'internal');
    if (!(error instanceof AppError)) parts.log.error({ err: error, request_id: id }, 'a request failed');
    for (const [name, value] of Object.entries(headers)) c.header(name, value);
    return c.json(body, status as ContentfulStatusCode);
  });

  const known = allEndpoints.map(({ spec }) => spec);
  app.route('/', metricsRoute(parts, keys));
  app.route('/', docsRoutes(known, parts.version));
  app.route('/', enterRoutes(parts, keys));
  for (const endpoint of allEndpoints) mountEndpoint(app, endpoint, keys, parts);
  app.route('/', parts.collectRoutes);

  app.use(async (c, next) =>
    isCollect(c.req.path)
      ? fail(
          'route_not_found',
          `There is no ${c.req.method} ${c.req.path.slice(0, 200)} at the collect door.`,
        )
      : next(),
  );
  app.all('/api/*', (c) => {
    const path = c.req.path;
    const methods = known
      .filter((spec) => pathPattern(spec.path).test(path))
      .map((spec) => spec.method.toUpperCase());
    if (methods.length > 0) {
      c.header('allow', methods.join(', '));
      return fail('method_not_allowed', `${path} takes ${methods.join(' and ')}, not ${c.req.method}.`, {
        allowed: methods,
      });
    }
    const near = nearest(
      path,
      known.map((spec) => spec.path),
    );
    return fail(
      'route_not_found',
      `There is no ${path.slice(0, 200)}.${near.length > 0 ? ` Nearest: ${near.join(', ')}.` : ''} /docs lists all addresses.`,
      { nearest: near },
    );
  });
  app.route('/', pageRoutes(parts.pagesDir));
  app.notFound((c) =>
    fail(
      'route_not_found',
      `There is no ${c.req.method} ${c.req.path.slice(0, 200)}. /docs lists all addresses.`,
      {},
    ),
  );
  return app;
};

const pathPattern = (path: string) => new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`);

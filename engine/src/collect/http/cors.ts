import type { MiddlewareHandler } from 'hono';

const MAX_AGE_SECONDS = '900';
const USUAL_HEADERS = 'authorization, content-type, content-encoding, x-retry-count, anonymousid';
const HEADER_LIST = /^[\w\-, ]{1,1000}$/;

/**
 * The widget's page may be anywhere, and what protects the door is the write key, not the origin: every origin is
 * echoed. `Retry-After` is exposed, or the browser would hide from the client how long to wait.
 */
export const cors: MiddlewareHandler = async (context, next) => {
  const origin = context.req.header('origin');
  if (context.req.method === 'OPTIONS') {
    const asked = context.req.header('access-control-request-headers');
    context.header('Access-Control-Allow-Methods', 'GET, POST, OPTIONS');
    context.header(
      'Access-Control-Allow-Headers',
      asked !== undefined && HEADER_LIST.test(asked) ? asked : USUAL_HEADERS,
    );
    context.header('Access-Control-Max-Age', MAX_AGE_SECONDS);
    allow(context, origin);
    return context.body(null, 204);
  }
  await next();
  allow(context, origin);
  return undefined;
};

const allow = (context: Parameters<MiddlewareHandler>[0], origin: string | undefined): void => {
  if (origin === undefined) return;
  context.header('Access-Control-Allow-Origin', origin);
  context.header('Access-Control-Allow-Credentials', 'true');
  context.header('Access-Control-Expose-Headers', 'Retry-After');
  context.header('Vary', 'Origin', { append: true });
};

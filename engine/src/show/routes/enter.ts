import { type Context, Hono } from 'hono';
import { AppError } from '../../base/app-error.ts';
import { remoteAddress } from '../../base/network.ts';
import { type Actor, isAdmin } from '../auth/actor.ts';
import { actorOfToken, authenticate } from '../auth/authenticate.ts';
import { isOwnOrigin } from '../auth/host-names.ts';
import { makeSession, type SessionKeys, sessionCookie } from '../auth/session-cookie.ts';
import type { AppEnv } from '../http/app-env.ts';
import { RETRY_AFTER_S } from '../http/error-answer.ts';
import { contentSecurityPolicy } from '../http/security-headers.ts';
import { enterLanguage, enterWords } from '../pages/enter-words.ts';
import { htmlPage } from '../pages/html-page.ts';
import type { Parts } from '../parts.ts';

type Sentence = 'askForToken' | 'usedLink' | 'wrongToken' | 'tooManyAttempts';

/** In the language of the browser: which one the reader chose in the app is not known before they are in. */
const form = (c: Context<AppEnv>, sentence: Sentence): string => {
  const language = enterLanguage(c.req.header('accept-language'));
  const words = enterWords(language);
  c.header('content-language', language);
  c.header('vary', 'accept-language');
  return htmlPage(
    words.title,
    `<h1>${words.title}</h1><p>${words[sentence]}</p><form method="post" action="/enter"><label>${words.token} <input name="token" type="password" dir="ltr" autocomplete="current-password" required></label> <button>${words.go}</button></form>`,
    language,
  );
};

/** The browser's way in, without scripts, so that it works before anything else does. */
export const enterRoutes = (parts: Parts, keys: SessionKeys): Hono<AppEnv> => {
  const signIn = (c: Context<AppEnv>, tokenId: string) => {
    const session = makeSession(keys, parts.clock.nowMs(), tokenId);
    c.header('set-cookie', sessionCookie(keys, session, c.req.header('x-forwarded-proto') === 'https'));
  };
  const routes = new Hono<AppEnv>();
  routes.use('/enter', async (c, next) => {
    c.set('route', '/enter');
    c.header('content-security-policy', contentSecurityPolicy([]));
    c.header('cache-control', 'no-store');
    await next();
  });
  routes.get('/enter', async (c) => {
    const key = c.req.query('key');
    if (key === undefined) return c.html(form(c, 'askForToken'));
    if (parts.entryKeys.use(key)) signIn(c, '');
    else if (
      (await authenticate(
        { authorization: undefined, cookie: c.req.header('cookie') },
        keys,
        parts,
        remoteAddress(c.env),
      )) === null
    )
      return c.html(form(c, 'usedLink'), 401);
    return c.redirect('/', 303);
  });
  routes.post('/enter', async (c) => {
    if (!isOwnOrigin(c.req.header('origin'), c.req.header('sec-fetch-site'), c.req.header('host')))
      return c.html(form(c, 'askForToken'), 403);
    const { token } = await c.req.parseBody();
    let actor: Actor | null = null;
    try {
      if (typeof token === 'string') actor = await actorOfToken(token, parts, remoteAddress(c.env));
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'too_many_attempts') throw error;
      c.header('retry-after', String(RETRY_AFTER_S));
      return c.html(form(c, 'tooManyAttempts'), 429);
    }
    if (actor === null || !isAdmin(actor)) return c.html(form(c, 'wrongToken'), 401);
    signIn(c, actor.tokenId);
    return c.redirect('/', 303);
  });
  return routes;
};

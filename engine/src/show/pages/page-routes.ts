import { Hono } from 'hono';
import type { AppEnv } from '../http/app-env.ts';
import { contentSecurityPolicy } from '../http/security-headers.ts';
import {
  type BuiltFile,
  type Encoding,
  inlineScriptHashes,
  isFileName,
  readBuiltPages,
} from './built-pages.ts';
import { htmlPage } from './html-page.ts';

const notBuilt = htmlPage(
  'Not built',
  '<h1>The pages are not built</h1><p>The server runs, its pages are missing. Run <code>npm run build</code> in the folder of Botworth and start it again. The API is there: <a href="/docs">reference</a>.</p>',
);

const choose = (file: BuiltFile, accepted: string): Encoding =>
  file.encodings.find((encoding) =>
    new RegExp(`\\b${encoding}\\b(?!\\s*;\\s*q=0(\\.0*)?\\s*(,|$))`).test(accepted),
  ) ?? 'identity';

/** The app: its files as they are, and its first page for every address that the app itself resolves. */
export const pageRoutes = (folder: string): Hono<AppEnv> => {
  let loading: ReturnType<typeof readBuiltPages> | undefined;
  const routes = new Hono<AppEnv>();
  routes.get('*', async (c, next) => {
    loading ??= readBuiltPages(folder);
    const files = await loading;
    const { path } = c.req;
    // An id at the end of an address may look like a file's name; a browser that opens an address asks for html.
    const isPage =
      files?.has(path) !== true &&
      !/^\/(assets\/|\.)/.test(path) &&
      (!isFileName(path) || c.req.header('accept')?.includes('text/html') === true);
    if (files === null) {
      loading = undefined;
      if (!isPage) return next();
      c.header('content-security-policy', contentSecurityPolicy([]));
      return c.html(notBuilt, 503);
    }
    const file = files.get(isPage ? '/index.html' : path);
    if (file === undefined) return next();
    c.header('etag', file.etag);
    c.header('vary', 'accept-encoding');
    c.header('cache-control', file.isHashed ? 'public, max-age=31536000, immutable' : 'no-cache');
    c.header(
      'content-security-policy',
      contentSecurityPolicy(file.type.startsWith('text/html') ? inlineScriptHashes(file.text()) : []),
    );
    if (c.req.header('if-none-match') === file.etag) return c.body(null, 304);
    const encoding = choose(file, c.req.header('accept-encoding') ?? '');
    if (encoding !== 'identity') c.header('content-encoding', encoding);
    return c.body(await file.bytes(encoding), 200, { 'content-type': file.type });
  });
  return routes;
};

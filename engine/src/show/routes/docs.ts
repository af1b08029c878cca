import { Hono } from 'hono';
import type { AppEnv } from '../http/app-env.ts';
import type { EndpointSpec } from '../http/endpoint.ts';
import { contentSecurityPolicy } from '../http/security-headers.ts';

/** Made when first asked for: a start should not wait for it. */
export const docsRoutes = (specs: readonly EndpointSpec[], version: string): Hono<AppEnv> => {
  const document = async () => {
    const { openApiDocument } = await import('../reference/openapi-document.ts');
    return openApiDocument(specs, version);
  };
  let json: Promise<string> | undefined;
  let page: Promise<string> | undefined;
  const makePage = async () => (await import('../reference/docs-page.ts')).docsPage(await document());
  return new Hono<AppEnv>()
    .get('/api/openapi.json', async (c) => {
      json ??= document().then((found) => JSON.stringify(found));
      return c.body(await json, 200, { 'content-type': 'application/json' });
    })
    .get('/docs', async (c) => {
      page ??= makePage();
      c.header('content-security-policy', contentSecurityPolicy([]));
      return c.html(await page);
    });
};

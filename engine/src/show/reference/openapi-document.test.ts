import { errorRegistry } from '@botworth/contract/errors';
import { expect, test } from 'vitest';
import { fakeParts } from '../fake-parts.test-data.ts';
import { createApp } from '../http/create-app.ts';
import { allEndpoints } from '../routes/all-endpoints.ts';
import { docsPage } from './docs-page.ts';
import { openApiDocument } from './openapi-document.ts';

const document = openApiDocument(
  allEndpoints.map(({ spec }) => spec),
  '1.2.3',
);
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
);

test('every route that the app answers is in the document, and the other way round', async () => {
  const app = createApp(fakeParts());
  const routed = new Set(
    app.routes
      .filter(({ path, method }) => method !== 'ALL' && !path.includes('*'))
      .map(({ path, method }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`),
  );
  const documented = new Set(operations.map(({ path, method }) => `${method.toUpperCase()} ${path}`));
  const pages = new Set(['GET /metrics', 'GET /api/openapi.json', 'GET /docs', 'GET /enter', 'POST /enter']);
  expect([...routed].filter((route) => !documented.has(route) && !pages.has(route))).toEqual([]);
  expect([...documented].filter((route) => !routed.has(route) && !route.includes('/v1/'))).toEqual([]);
  expect(routed.size).toBeGreaterThan(20);
});

test('each parameter of a path is declared, operations have names of their own, references lead somewhere', () => {
  const ids = operations.map(({ operation }) => operation.operationId);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { path, operation } of operations) {
    const declared = ((operation.parameters ?? []) as { name: string; in: string }[])
      .filter((one) => one.in === 'path')
      .map((one) => one.name);
    expect([path, declared.sort()]).toEqual([
      path,
      [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort(),
    ]);
    for (const answer of Object.values(operation.responses as Record<string, { description: string }>))
      expect(answer.description).not.toBe('');
  }
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(
    ([, path = '']) => path,
  );
  expect(references.length).toBeGreaterThan(0);
  for (const reference of new Set(references)) {
    let here: unknown = document;
    for (const step of reference.split('/')) here = (here as Record<string, unknown>)[step];
    expect([reference, here]).not.toEqual([reference, undefined]);
  }
});

test('what goes in may leave defaults out, what comes out has them', () => {
  const put = document.paths['/api/workspaces/{workspace}/policy']?.put as unknown as {
    requestBody: { content: Record<string, { schema: { required: string[] } }> };
  };
  expect(put.requestBody.content['application/json']?.schema.required).toEqual(['version']);
  const ask = document.paths['/api/workspaces/{workspace}/metrics/{metric}']?.get as unknown as {
    parameters: { name: string; required: boolean; schema: object }[];
  };
  expect(ask.parameters.find(({ name }) => name === 'by')).toMatchObject({
    required: false,
    schema: { type: 'array' },
    style: 'form',
    explode: true,
  });
  expect(ask.parameters.find(({ name }) => name === 'from')).toMatchObject({ required: true });
});

test('the page explains every error under the anchor that answers point to', () => {
  const page = docsPage(document);
  for (const code of Object.keys(errorRegistry)) expect(page).toContain(`id="${code}"`);
  for (const { operation } of operations) expect(page).toContain(`id="${operation.operationId}"`);
  expect(page).not.toMatch(/<script|https?:\/\//);
});

test('the reference says up to where times are counted', () => {
  const pages = JSON.stringify(document);
  expect(pages).toContain('49.7 days');
});

import { errorRegistry } from '@botworth/contract/errors';
import { escapeHtml, htmlPage } from '../pages/html-page.ts';
import type { OpenApiDocument } from './openapi-document.ts';

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required: boolean;
  readonly description?: string;
}

const parameterRows = (parameters: readonly Parameter[]): string =>
  parameters.length === 0
    ? ''
    : `<div class="scroll"><table>${parameters
        .map(
          ({ name, in: place, required, description = '' }) =>
            `<tr><td><code>${escapeHtml(name)}</code></td><td class="quiet">${place}${required ? ', required' : ''}</td><td>${escapeHtml(description)}</td></tr>`,
        )
        .join('')}</table></div>`;

const schemaBlock = (title: string, schema: unknown): string =>
  schema === undefined
    ? ''
    : `<details><summary>${title}</summary><pre>${escapeHtml(JSON.stringify(schema, null, 1))}</pre></details>`;

const jsonSchema = (holder: unknown): unknown =>
  (holder as { content?: Record<string, { schema: unknown }> } | undefined)?.content?.['application/json']
    ?.schema;

/** The reference as a page: everything in it comes from the document and the error registry. */
export const docsPage = (document: OpenApiDocument): string => {
  const calls = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => {
      const responses = operation.responses as Record<string, unknown>;
      const good = Object.entries(responses).find(([status]) => status.startsWith('2'))?.[1];
      return `<h3 id="${operation.operationId}"><code>${method.toUpperCase()} ${escapeHtml(path)}</code></h3><p>${escapeHtml(operation.summary)}. ${escapeHtml(String(operation.description ?? ''))}</p>${parameterRows((operation.parameters ?? []) as Parameter[])}${schemaBlock('Body', jsonSchema(operation.requestBody))}${schemaBlock('Answer', jsonSchema(good))}`;
    }),
  );
  const errors = Object.entries(errorRegistry).map(
    ([code, { status, meaning, whatToDo }]) =>
      `<tr id="${code}"><td><code>${code}</code></td><td>${status}</td><td>${escapeHtml(meaning)} ${escapeHtml(whatToDo)}</td></tr>`,
  );
  return htmlPage(
    'Reference',
    `<h1>Botworth: reference</h1><p>Generated from the schemas that validate every request. As a document for machines: <a href="/api/openapi.json">/api/openapi.json</a>. Counters for Prometheus: <a href="/metrics">/metrics</a>; where other machines reach the server, with a token for the whole installation as <code>authorization: {credentials: …}</code> of its scrape job.</p><h2>Calls</h2>${calls.join('')}<h2>Errors</h2><p>Every error is <code>{"error": {"code", "message", "details", "docs"}}</code>; the answer's <code>x-request-id</code> is in the log.</p><div class="scroll"><table><tr><th>code</th><th>status</th><th>meaning and what to do</th></tr>${errors.join('')}</table></div>`,
  );
};

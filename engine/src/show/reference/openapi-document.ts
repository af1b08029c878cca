import { collectAnswer } from '@botworth/contract/api';
import { type ErrorCode, errorBody, errorRegistry } from '@botworth/contract/errors';
import { z } from 'zod';
import type { EndpointSpec } from '../http/endpoint.ts';

type Json = Record<string, unknown>;

interface Operation extends Json {
  readonly operationId: string;
  readonly summary: string;
}
export interface OpenApiDocument {
  readonly openapi: string;
  readonly info: Json;
  readonly servers: readonly Json[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: Json;
}

/** What goes in is what a caller writes (defaults optional), what comes out is what arrives. */
const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): Json => {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return rest;
};

const content = (schema: Json) => ({ 'application/json': { schema } });

const parameters = (place: 'path' | 'query', object: z.ZodObject): Json[] => {
  const { properties = {}, required = [] } = schemaOf(object, 'input') as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, { description, ...schema }]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema,
    ...(description === undefined ? {} : { description }),
    ...(schema.type === 'array' ? { style: 'form', explode: true } : {}),
  }));
};

/** Codes that share a status share an answer in OpenAPI; each is named in it. */
const errorAnswers = (codes: readonly ErrorCode[]): Json => {
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of new Set(codes)) {
    const { status } = errorRegistry[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return Object.fromEntries(
    [...byStatus]
      .sort(([one], [other]) => one - other)
      .map(([status, list]) => [
        String(status),
        {
          description: list.map((code) => `\`${code}\`: ${errorRegistry[code].meaning}`).join(' '),
          content: content({ $ref: '#/components/schemas/Error' }),
        },
      ]),
  );
};

const accessWords = {
  open: undefined,
  read: 'Needs a token.',
  manage: 'Needs a token with scope manage.',
  admin: 'Needs a token for the whole installation.',
} as const;

const operationId = ({ method, path }: EndpointSpec): string =>
  [
    method,
    ...path
      .split('/')
      .filter((part) => part !== '' && part !== 'api')
      .map((part) => part.replace(/[{}]/g, '')),
  ].join('_');

const operation = (spec: EndpointSpec): Operation => ({
  operationId: operationId(spec),
  summary: spec.summary,
  description: [spec.description, accessWords[spec.access]].filter((text) => text !== undefined).join(' '),
  security: spec.access === 'open' ? [] : [{ token: [] }, { session: [] }],
  parameters: [...parameters('path', spec.params), ...parameters('query', spec.query)],
  ...(spec.body === null
    ? {}
    : { requestBody: { required: true, content: content(schemaOf(spec.body, 'input')) } }),
  responses: {
    [spec.status]: { description: spec.summary, content: content(schemaOf(spec.answer, 'output')) },
    ...errorAnswers([...spec.errors, 'internal']),
  },
});

const verbs = ['batch', 'track', 'identify', 'page', 'screen', 'group', 'alias'] as const;

/** The collect door speaks what Segment's clients send; they define it, so it is only outlined here. */
const collectOperation = (verb: (typeof verbs)[number]): Operation => ({
  operationId: `collect_${verb}`,
  summary:
    verb === 'batch' ? 'Send events, as Segment clients do' : `Send one ${verb} call, as Segment clients do`,
  description:
    'The write key goes as the user name of Basic authorization, or as writeKey in the body. Bodies may be compressed. An event answered with 200 is on disk.',
  security: [{ write_key: [] }],
  requestBody: {
    required: true,
    content: content(
      verb === 'batch'
        ? {
            type: 'object',
            required: ['batch'],
            properties: {
              batch: { type: 'array', items: { type: 'object' } },
              writeKey: { type: 'string' },
              sentAt: { type: 'string' },
            },
          }
        : { type: 'object' },
    ),
  },
  responses: {
    '200': {
      description: 'What landed, and what did not with the reason for each.',
      content: content(schemaOf(collectAnswer, 'output')),
    },
    ...errorAnswers([
      'body_unreadable',
      'unknown_write_key',
      'body_too_large',
      'overloaded',
      'storage_full',
      'storage_unavailable',
      'shutting_down',
    ]),
  },
});

/** From the schemas that validate, and from nothing else. */
export const openApiDocument = (specs: readonly EndpointSpec[], version: string): OpenApiDocument => {
  const paths: Record<string, Record<string, Operation>> = {};
  for (const spec of specs) paths[spec.path] = { ...paths[spec.path], [spec.method]: operation(spec) };
  for (const verb of verbs) paths[`/v1/${verb}`] = { post: collectOperation(verb) };
  return {
    openapi: '3.1.0',
    info: {
      title: 'Botworth',
      version,
      description:
        'What a chatbot is worth: conversations and outcomes, every figure with its denominator and interval.',
    },
    servers: [{ url: '/' }],
    paths,
    components: {
      schemas: { Error: schemaOf(errorBody, 'output') },
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer' },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'botworth',
          description: 'The cookie that signing in sets; its name ends in a mark of the installation.',
        },
        write_key: { type: 'http', scheme: 'basic', description: 'The write key as user name, no password.' },
      },
    },
  };
};

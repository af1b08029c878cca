import type { ErrorCode } from '@botworth/contract/errors';
import { z } from 'zod';
import { fail } from '../../base/app-error.ts';
import type { Workspace } from '../../store/port.ts';
import type { Actor } from '../auth/actor.ts';
import type { Parts } from '../parts.ts';
import { type InputErrors, readQuery, readShape } from './read-input.ts';

export type Access =
  /** Anybody who reaches the port. */
  | 'open'
  /** Whoever may read the workspace; where there is none in the address, whoever came in at all. */
  | 'read'
  /** Whoever may change the workspace. */
  | 'manage'
  /** Whoever may change the installation. */
  | 'admin';

type Method = 'get' | 'post' | 'put' | 'delete';

/** A route as data: the same value validates, answers, and is printed as OpenAPI and as the reference. */
export interface EndpointSpec {
  readonly method: Method;
  /** `{name}` marks a parameter. */
  readonly path: string;
  readonly summary: string;
  readonly description?: string;
  readonly access: Access;
  readonly params: z.ZodObject;
  readonly query: z.ZodObject;
  readonly body: z.ZodType | null;
  readonly status: 200 | 201;
  readonly answer: z.ZodType;
  readonly errors: readonly ErrorCode[];
}

export interface RawInput {
  readonly params: Readonly<Record<string, string>>;
  readonly search: URLSearchParams;
  readonly body: () => Promise<unknown>;
}

export interface Surroundings {
  readonly actor: Actor | null;
  /** The workspace of the address, the right to it already checked. */
  readonly workspace: Workspace | null;
  readonly setHeader: (name: string, value: string) => void;
  /** Which metrics the question is about: for durations and the line of a slow one. */
  readonly about: (metrics: readonly string[]) => void;
  /** Where the connection came from; '' without one. */
  readonly address: string;
  /** The scheme was https, as far as the request tells. */
  readonly isEncrypted: boolean;
}

export interface Endpoint {
  readonly spec: EndpointSpec;
  readonly run: (raw: RawInput, around: Surroundings, parts: Parts) => Promise<unknown>;
}

type Shape = Readonly<Record<string, z.ZodType>>;

interface Wish<Params extends Shape, Query extends Shape, Body extends z.ZodType, Answer extends z.ZodType> {
  readonly method: Method;
  readonly path: string;
  readonly summary: string;
  readonly description?: string;
  readonly access: Access;
  readonly params?: Params;
  readonly query?: Query;
  readonly body?: Body;
  /** What the body is, in the sentence about a wrong key of it, and the codes for such. */
  readonly bodyWords?: { readonly what: string; readonly errors: InputErrors };
  readonly status?: 200 | 201;
  readonly answer: Answer;
  readonly errors?: readonly ErrorCode[];
}

interface Asked<Params extends Shape, Query extends Shape, Body extends z.ZodType> extends Surroundings {
  readonly params: z.output<z.ZodObject<Params>>;
  readonly query: z.output<z.ZodObject<Query>>;
  readonly body: z.output<Body>;
}

const usualErrors = (access: Access, hasWorkspace: boolean, hasBody: boolean): ErrorCode[] => [
  ...(access === 'open' ? [] : (['unauthorised', 'too_many_attempts', 'forbidden'] as const)),
  ...(hasWorkspace ? (['workspace_not_found'] as const) : []),
  'query_invalid',
  ...(hasBody ? (['body_unreadable', 'body_too_large', 'body_invalid'] as const) : []),
];

export const endpoint = <
  Answer extends z.ZodType,
  Params extends Shape = Record<never, never>,
  Query extends Shape = Record<never, never>,
  Body extends z.ZodType = z.ZodUndefined,
>(
  wish: Wish<Params, Query, Body, Answer>,
  handler: (asked: Asked<Params, Query, Body>, parts: Parts) => Promise<z.input<Answer>>,
): Endpoint => {
  const params = z.object(wish.params ?? ({} as Params));
  const query = z.strictObject(wish.query ?? ({} as Query));
  const body = wish.body ?? null;
  const bodyWords = wish.bodyWords ?? {
    what: 'field',
    errors: { invalid: 'body_invalid', unknownKey: 'body_invalid' },
  };
  const spec: EndpointSpec = {
    method: wish.method,
    path: wish.path,
    summary: wish.summary,
    access: wish.access,
    body,
    answer: wish.answer,
    ...(wish.description === undefined ? {} : { description: wish.description }),
    params: hasWorkspace(wish.path) ? params.extend({ workspace: workspaceId }) : params,
    query,
    status: wish.status ?? 200,
    errors: [...usualErrors(wish.access, hasWorkspace(wish.path), body !== null), ...(wish.errors ?? [])],
  };
  return {
    spec,
    run: async (raw, around, parts) =>
      handler(
        {
          ...around,
          params: readShape(params, raw.params, {
            what: 'part of the address',
            errors: { invalid: 'query_invalid', unknownKey: 'query_invalid' },
          }),
          query: readQuery(query, raw.search),
          body: readShape(
            body ?? z.undefined(),
            body === null ? undefined : await raw.body(),
            bodyWords,
          ) as z.output<Body>,
        },
        parts,
      ),
  };
};

const workspaceId = z.string().max(64).meta({ description: 'Id of the workspace.' });

export const hasWorkspace = (path: string): boolean => path.includes('{workspace}');

/** A route under `/api/workspaces/{workspace}`. */
export const workspaceEndpoint = <
  Answer extends z.ZodType,
  Params extends Shape = Record<never, never>,
  Query extends Shape = Record<never, never>,
  Body extends z.ZodType = z.ZodUndefined,
>(
  wish: Wish<Params, Query, Body, Answer>,
  handler: (
    asked: Asked<Params, Query, Body> & { readonly workspace: Workspace },
    parts: Parts,
  ) => Promise<z.input<Answer>>,
): Endpoint =>
  endpoint({ ...wish, path: `/api/workspaces/{workspace}${wish.path}` }, async (asked, parts) => {
    const { workspace } = asked;
    if (workspace === null) return fail('internal', 'A route of a workspace ran without one.', {});
    return handler({ ...asked, workspace }, parts);
  });

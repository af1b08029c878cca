import type { ErrorCode } from '@botworth/contract/errors';
import type { z } from 'zod';
import { fail } from '../../base/app-error.ts';
import { nearest } from '../../base/nearest.ts';
import { isList, keysAt } from './schema-keys.ts';

export interface InputErrors {
  readonly invalid: ErrorCode;
  readonly unknownKey: ErrorCode;
}

interface Words {
  /** "parameter", "key of the policy" … */
  readonly what: string;
  readonly errors: InputErrors;
}

const pathText = (path: readonly PropertyKey[]) => path.map(String).join('.');

const alternatives = (names: readonly string[]) =>
  names.length === 0 ? '' : ` Nearest: ${names.join(', ')}.`;

/** Unknown → what the schema says it is, or the error that names the first place where it is not. */
export const readShape = <Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  words: Words,
): z.output<Schema> => {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const { issues } = parsed.error;
  // A wrong name first: what else is missing is often only its consequence.
  const issue = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0];
  if (issue === undefined) return fail('internal', 'A check failed without saying where.', {});
  if (issue.code === 'unrecognized_keys') {
    const [key = ''] = issue.keys;
    const right = keysAt(schema, issue.path);
    const near = nearest(key, right);
    const place = issue.path.length === 0 ? '' : ` under "${pathText(issue.path)}"`;
    return fail(
      words.errors.unknownKey,
      `There is no ${words.what} "${key.slice(0, 100)}"${place}.${alternatives(near)}`,
      {
        path: pathText([...issue.path, key.slice(0, 256)]),
        nearest: near,
        allowed: right,
      },
    );
  }
  const path = pathText(issue.path);
  if (issue.code === 'invalid_type' && issue.message.endsWith('received undefined')) {
    return fail(
      words.errors.invalid,
      path === '' ? `The ${words.what} is missing.` : `The ${words.what} "${path}" is missing.`,
      { path },
    );
  }
  return fail(
    words.errors.invalid,
    path === '' ? `${issue.message}.` : `The ${words.what} "${path}" is wrong: ${issue.message}.`,
    { path },
  );
};

const queryErrors: InputErrors = { invalid: 'query_invalid', unknownKey: 'query_invalid' };

/** Repeatable parameters become lists; one that is not and comes twice is a mistake, not the last one wins. */
export const readQuery = <Schema extends z.ZodType>(
  schema: Schema,
  search: URLSearchParams,
): z.output<Schema> => {
  const given: Record<string, string | string[]> = Object.create(null);
  for (const name of new Set(search.keys())) {
    const values = search.getAll(name);
    const [first = ''] = values;
    if (isListAt(schema, name)) given[name] = values;
    else if (values.length === 1) given[name] = first;
    else
      fail(
        'query_invalid',
        `The parameter "${name.slice(0, 100)}" stands ${values.length} times in the address; it may stand once.`,
        { path: name.slice(0, 256) },
      );
  }
  return readShape(schema, { ...given }, { what: 'parameter', errors: queryErrors });
};

const isListAt = (schema: z.ZodType, name: string): boolean => {
  const shape: unknown = 'shape' in schema ? schema.shape : undefined;
  if (typeof shape !== 'object' || shape === null || !Object.hasOwn(shape, name)) return false;
  const field = (shape as Readonly<Record<string, z.ZodType>>)[name];
  return field !== undefined && isList(field);
};

import { z } from 'zod';

export interface ErrorDefinition {
  readonly status: number;
  /** What went wrong, in general; the answer carries the sentence for the case at hand. */
  readonly meaning: string;
  readonly whatToDo: string;
  /** What official clients do with this status, where the door is the collect door. */
  readonly retried?: boolean;
}

/** Code → status, meaning and what to do. The reference page is generated from this. */
export const errorRegistry = {
  body_unreadable: {
    status: 400,
    meaning: 'The body is not JSON that can be read.',
    whatToDo: 'Send a JSON body; compressed bodies need their Content-Encoding.',
    retried: false,
  },
  body_invalid: {
    status: 400,
    meaning: 'The body does not have the expected shape.',
    whatToDo: 'See the field named in details.',
    retried: false,
  },
  body_too_large: {
    status: 413,
    meaning: 'The body is over the limit.',
    whatToDo: 'Split the batch.',
    retried: false,
  },
  unknown_write_key: {
    status: 401,
    meaning: 'The write key is missing, unknown or revoked.',
    whatToDo: 'Use the write key of the workspace, as the Basic user name or as writeKey in the body.',
    retried: false,
  },
  overloaded: {
    status: 429,
    meaning: 'More events are waiting than may be held in memory; none of this request was taken.',
    whatToDo: 'Send again after Retry-After; official clients do so by themselves.',
    retried: true,
  },
  storage_full: {
    status: 503,
    meaning: 'The disk is full or the store refuses to write; nothing of this request was kept.',
    whatToDo: 'Free disk space; clients retry by themselves.',
    retried: true,
  },
  storage_unavailable: {
    status: 503,
    meaning: 'The store does not answer.',
    whatToDo: 'Send again after Retry-After.',
    retried: true,
  },
  shutting_down: {
    status: 503,
    meaning: 'The server is stopping.',
    whatToDo: 'Send again after Retry-After.',
    retried: true,
  },
  unauthorised: {
    status: 401,
    meaning: 'No valid token came with the request.',
    whatToDo: 'Send Authorization: Bearer <token>.',
  },
  too_many_attempts: {
    status: 429,
    meaning: 'Too many wrong tokens of this address are waiting for their answer, so this one got none.',
    whatToDo: 'Send again after Retry-After. Tokens made by Botworth, and other addresses, are not held up.',
  },
  forbidden: {
    status: 403,
    meaning: 'The token may not do this.',
    whatToDo: 'Use a token of this workspace with the right scope.',
  },
  workspace_not_found: {
    status: 404,
    meaning: 'There is no such workspace.',
    whatToDo: 'Check the id; GET /api/workspaces lists them.',
  },
  conversation_not_found: {
    status: 404,
    meaning: 'There is no such conversation.',
    whatToDo: 'Check the id; it may have been folded differently after a late event.',
  },
  write_key_not_found: {
    status: 404,
    meaning: 'There is no such write key, or it was revoked.',
    whatToDo: 'GET keys of the workspace lists them.',
  },
  token_not_found: {
    status: 404,
    meaning: 'There is no such token, or it was revoked.',
    whatToDo: 'Check the id that came with the token when it was made.',
  },
  route_not_found: { status: 404, meaning: 'There is no such address.', whatToDo: 'See /docs.' },
  method_not_allowed: {
    status: 405,
    meaning: 'The address exists, the method does not.',
    whatToDo: 'See /docs.',
  },
  unknown_metric: {
    status: 400,
    meaning: 'There is no metric of that name.',
    whatToDo: 'Use one of the nearest names in details.',
  },
  unknown_cut: {
    status: 400,
    meaning: 'There is no cut of that name for this metric.',
    whatToDo: 'Use one of the nearest names in details.',
  },
  unknown_filter: {
    status: 400,
    meaning: 'There is no filter of that name.',
    whatToDo: 'Use one of the nearest names in details.',
  },
  unknown_policy_key: {
    status: 400,
    meaning: 'The policy has no such key.',
    whatToDo: 'Use one of the nearest names in details.',
  },
  query_invalid: {
    status: 400,
    meaning: 'The question cannot be read.',
    whatToDo: 'See the field named in details.',
  },
  policy_invalid: {
    status: 400,
    meaning: 'The policy document is not valid.',
    whatToDo: 'See the path named in details.',
  },
  policy_not_newest: {
    status: 409,
    meaning: 'Somebody saved a newer version first.',
    whatToDo: 'Fetch the newest version, apply the change to it, and save again.',
  },
  policy_version_not_found: {
    status: 404,
    meaning: 'There is no such policy version.',
    whatToDo: 'GET policy/versions lists them.',
  },
  query_too_heavy: {
    status: 422,
    meaning: 'The question took more time or memory than one question may.',
    whatToDo: 'Ask for a shorter span or fewer cuts.',
  },
  internal: {
    status: 500,
    meaning: 'Something failed that should not have.',
    whatToDo: 'The log has the same request id; report it with that id.',
  },
} as const satisfies Readonly<Record<string, ErrorDefinition>>;

export type ErrorCode = keyof typeof errorRegistry;

export const errorBody = z.object({
  error: z.object({
    code: z.string().meta({ description: 'A stable word for the kind of error.' }),
    message: z.string().meta({ description: 'One sentence: what was wrong, where, and what to do.' }),
    details: z
      .record(z.string(), z.unknown())
      .meta({ description: 'The field, the nearest right names, limits.' }),
    docs: z.string().meta({ description: 'Where this code is explained.' }),
  }),
});
export type ErrorBody = z.infer<typeof errorBody>;

import { limits } from '@botworth/contract/limits';
import type { MessageType } from '@botworth/contract/message';
import { AppError } from '../../base/app-error.ts';
import { parseExactly } from '../validate/exact-json.ts';
import { nestsWithoutEnd } from '../validate/nesting.ts';
import { type Fields, isFields } from '../validate/read-value.ts';

export interface Batch {
  readonly messages: readonly unknown[];
  readonly sentAt: unknown;
  readonly context: Fields | undefined;
  readonly writeKey: string;
  readonly marked: boolean;
}

const writeKeyOf = (body: Fields, messages: readonly unknown[]): string => {
  const own = body.writeKey;
  if (typeof own === 'string') return own;
  const [first] = messages;
  const inner = isFields(first) ? first.writeKey : undefined;
  return typeof inner === 'string' ? inner : '';
};

/** A batch, a bare list of messages, or (at an address of one verb) the one message itself. */
export const readBatch = (text: string, routeType: MessageType | undefined): Batch => {
  if (nestsWithoutEnd(text)) throw new AppError('body_unreadable', 'The body nests too deep to be read.');
  let parsed: { readonly value: unknown; readonly marked: boolean };
  try {
    parsed = parseExactly(text);
  } catch {
    throw new AppError(
      'body_unreadable',
      text.trim() === '' ? 'The body is empty.' : 'The body is not JSON that can be read.',
    );
  }
  const { value, marked } = parsed;
  if (Array.isArray(value))
    return {
      messages: atMost(value),
      sentAt: undefined,
      context: undefined,
      writeKey: writeKeyOf({}, value),
      marked,
    };
  if (!isFields(value)) throw new AppError('body_invalid', 'The body must be a JSON object.', { field: '' });
  const { batch } = value;
  if (Array.isArray(batch)) {
    return {
      messages: atMost(batch),
      sentAt: value.sentAt,
      context: isFields(value.context) ? value.context : undefined,
      writeKey: writeKeyOf(value, batch),
      marked,
    };
  }
  if (routeType === undefined)
    throw new AppError('body_invalid', 'batch must be a list of events.', { field: 'batch' });
  return {
    messages: [value],
    sentAt: undefined,
    context: undefined,
    writeKey: writeKeyOf(value, []),
    marked,
  };
};

const atMost = (messages: readonly unknown[]): readonly unknown[] => {
  if (messages.length > limits.eventsPerBatch) {
    throw new AppError(
      'body_too_large',
      `The batch holds ${messages.length} events; at most ${limits.eventsPerBatch} fit into one. Split the batch.`,
      { limit_events: limits.eventsPerBatch },
    );
  }
  return messages;
};

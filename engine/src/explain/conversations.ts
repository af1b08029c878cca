import type { ConversationPage } from '@botworth/contract/api';
import { asOfInstant, filterSchema } from '@botworth/contract/query';
import { z } from 'zod';
import { fail } from '../base/app-error.ts';
import { earliestDay, isAskableDay, latestDay } from '../measure/query/local-time.ts';
import { type ParsedQuery, parseFilter } from '../measure/query/parse.ts';
import type { Question } from '../measure/query/resolve.ts';
import { raw } from '../sql/fragment.ts';
import type { EventStore, QueryOptions } from '../store/port.ts';
import { type PageWish, readPage } from './page.ts';

const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

const listSchema = z.strictObject({
  from: date.optional(),
  to: date.optional(),
  where: z.array(filterSchema).max(20).default([]),
  as_of: asOfInstant.optional(),
});

/** A list without dates reaches from the first to the last conversation that may exist. */
const ever = { from: earliestDay, to: latestDay };

export const parseList = (input: unknown): ParsedQuery => {
  const read = listSchema.safeParse(input);
  if (!read.success) {
    const [issue] = read.error.issues;
    const field = issue?.path.map(String).join('.') ?? '';
    return fail(
      'query_invalid',
      `${field === '' ? 'The list' : field} cannot be read: ${issue?.message ?? 'not an object'}.`,
      { field },
    );
  }
  const { from, to, where, as_of } = read.data;
  const span = { from: from ?? ever.from, to: to ?? ever.to };
  for (const [field, value] of Object.entries(span)) {
    if (!isAskableDay(value))
      return fail(
        'query_invalid',
        `${field} is “${value}”, which is no date between ${ever.from} and ${ever.to}.`,
        { field },
      );
  }
  if (span.from >= span.to)
    return fail('query_invalid', `from (${span.from}) must lie before to (${span.to}); to is exclusive.`, {
      field: 'to',
    });
  return {
    metrics: [],
    ...span,
    by: [],
    where: where.map(parseFilter),
    compare: null,
    policy: null,
    asOfMs: as_of === undefined ? null : Date.parse(as_of),
    people: false,
  };
};

/** Conversations, newest first; test traffic is left out as in every figure. */
export const listConversations = async (
  store: EventStore,
  question: Question,
  wish: PageWish,
  options: QueryOptions,
): Promise<ConversationPage> => {
  const { total, rows, next } = await readPage(
    store,
    question,
    { needs: [], columns: [], holds: raw('1'), contribution: raw('1'), contributes: false },
    wish,
    options,
  );
  return { total, rows, next };
};

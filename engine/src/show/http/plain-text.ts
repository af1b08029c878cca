import { z } from 'zod';

/** PostgreSQL keeps every text but these two: one with a NUL, and one that is no Unicode. */
export const isPlainText = (text: string): boolean =>
  !text.includes('\u0000') && !/\p{Surrogate}/u.test(text);

export const plainText = (most: number) =>
  z.string().max(most).refine(isPlainText, 'a text without NUL characters');

/** Ids that we made: anything else was never one. */
export const madeId = z.string().regex(/^[\w-]{1,64}$/, 'an id of ours');

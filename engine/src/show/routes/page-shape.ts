import { z } from 'zod';
import { pageLimits } from '../../explain/cursor.ts';
import { wholeNumber } from '../http/query-text.ts';

/** Keyset paging: `after` is the `next` of the page before, so rows that arrive meanwhile shift nothing. */
export const pageShape = {
  after: z.string().min(1).max(1000).optional().meta({ description: '`next` of the page before.' }),
  limit: wholeNumber(1, pageLimits.most)
    .default(pageLimits.standard)
    .meta({ description: 'Rows of a page.' }),
};

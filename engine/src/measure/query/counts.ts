import { type Fragment, raw } from '../../sql/fragment.ts';
import type { VerdictName } from '../verdicts/columns.ts';
import { needsOf, product, shortest, type Term } from '../verdicts/terms.ts';

/** One number per conversation that is summed over a cell: 1 where all terms hold, or an amount of the row. */
export interface Count {
  readonly key: string;
  readonly sql: Fragment;
  readonly needs: readonly VerdictName[];
}

export const countOf = (terms: readonly Term[]): Count => {
  const sorted = shortest(terms);
  return { key: sorted.join(' '), sql: product(sorted), needs: sorted.flatMap(needsOf) };
};

export const amountOf = (column: 'n_fallback' | 'n_bot', terms: readonly Term[]): Count => {
  const { key, sql, needs } = countOf(terms);
  return terms.length === 0
    ? { key: column, sql: raw(column), needs: [] }
    : { key: `${column} ${key}`, sql: raw(`${column} * ${sql.parts.join('')}`), needs };
};

/** Conversations that add anything to an amount. */
export const withAmount = (column: 'n_fallback' | 'n_bot', terms: readonly Term[]): Count => {
  const amount = amountOf(column, terms);
  return { key: `${amount.key} > 0`, sql: raw(`(${amount.sql.parts.join('')} > 0)`), needs: amount.needs };
};

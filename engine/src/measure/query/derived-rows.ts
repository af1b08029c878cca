import { type Fragment, join, raw, sql } from '../../sql/fragment.ts';

/** A computed column, named `v_…`; its SQL may name those before it. */
export interface Derived {
  readonly name: string;
  readonly sql: Fragment;
}

/**
 * Rows with their derived columns, in one flat list. Subqueries in layers were tried, since the engine copies an
 * alias's expression into each of its uses while it analyses; they took twice as long to analyse.
 */
export const derivedRows = (
  derived: readonly Derived[],
  columns: readonly string[],
  from: Fragment,
): Fragment => {
  const select = [
    ...derived.map(({ name, sql: expression }) => sql`${expression} AS ${raw(name)}`),
    ...new Set(columns),
  ];
  return sql`SELECT ${join(
    select.map((one) => (typeof one === 'string' ? raw(one) : one)),
    ', ',
  )}${from}`;
};

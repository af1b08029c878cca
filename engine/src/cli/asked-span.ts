import { addDays, localDateOf } from '../base/zone.ts';

const DEFAULT_DAYS = 28;

/** What was asked for; absent ends are today and four weeks before it, so that whole days are compared. */
export const askedSpan = (
  wish: { readonly from: string | undefined; readonly to: string | undefined },
  zone: string,
  nowMs: number,
): { from: string; to: string } => {
  const to = wish.to ?? localDateOf(zone, nowMs);
  const from = wish.from ?? addDays(to, -DEFAULT_DAYS);
  return { from, to };
};

/** Query-string form of a question; lists repeat. */
export const searchOf = (
  values: Readonly<Record<string, string | readonly string[] | undefined>>,
): string => {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    for (const one of value === undefined ? [] : typeof value === 'string' ? [value] : value)
      search.append(name, one);
  }
  return search.toString();
};

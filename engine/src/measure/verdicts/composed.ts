/**
 * Verdicts put together from others, each declared once and printed in two ways: as a condition beside the verdicts
 * that it names, and as a number outside the subquery that computes those. There a name is a column; inside it is a
 * copy of its whole expression, which the engine then analyses again and again.
 */
export type Composition =
  | string
  | { readonly all: readonly Composition[] }
  | { readonly any: readonly Composition[] }
  /** At most one of them holds: as numbers they add up. */
  | { readonly oneOf: readonly Composition[] };

/** A name is the verdict of that name; with `!` before it, that it does not hold. */
export const composed = {
  settled: { oneOf: ['confirmed', 'assumable'] },
  completed: { all: ['closed', { any: ['goal', 'resolved'] }] },
  bounced: { all: ['opened', '!goal', '!trapped', 'left_empty'] },
} as const satisfies Readonly<Record<string, Composition>>;

export type ComposedName = keyof typeof composed;

type PartsOf<Composed> = Composed extends `!${infer Name}`
  ? Name
  : Composed extends string
    ? Composed
    : Composed extends { readonly [way: string]: readonly (infer Part)[] }
      ? PartsOf<Part>
      : never;

const negated = (name: string): string | null => (name.startsWith('!') ? name.slice(1) : null);

const namesIn = (composition: Composition): readonly string[] => {
  if (typeof composition === 'string') return [negated(composition) ?? composition];
  const [parts] = Object.values(composition) as [readonly Composition[]];
  return parts.flatMap(namesIn);
};

/** The verdicts that it is put together from. */
export const partsOf = <Name extends ComposedName>(name: Name): readonly PartsOf<(typeof composed)[Name]>[] =>
  namesIn(composed[name]) as readonly PartsOf<(typeof composed)[Name]>[];

const joined = (parts: readonly string[], by: string): string => `(${parts.join(` ${by} `)})`;

const condition = (composition: Composition): string => {
  if (typeof composition === 'string') {
    const name = negated(composition);
    return name === null ? `v_${composition}` : `NOT v_${name}`;
  }
  if ('all' in composition) return joined(composition.all.map(condition), 'AND');
  return joined(('any' in composition ? composition.any : composition.oneOf).map(condition), 'OR');
};

/**
 * Products and sums are cheaper in the engine than chains of AND and OR. What holds a choice inside stays a condition:
 * medians take it as theirs, and of a product the engine would not have that.
 */
const number = (composition: Composition): string => {
  if (typeof composition === 'string') {
    const name = negated(composition);
    return name === null ? `v_${composition}` : `(1 - v_${name})`;
  }
  if ('oneOf' in composition) return joined(composition.oneOf.map(number), '+');
  const parts = 'all' in composition ? composition.all : [];
  return parts.length > 0 && parts.every((part) => typeof part === 'string')
    ? joined(parts.map(number), '*')
    : condition(composition);
};

export const composedCondition = (name: ComposedName): string => condition(composed[name]);
export const composedNumber = (name: ComposedName): string => number(composed[name]);
export const isComposed = (name: string): name is ComposedName => Object.hasOwn(composed, name);

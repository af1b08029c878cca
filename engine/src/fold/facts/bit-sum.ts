/**
 * Terms as one sum, in pairs of pairs. The engine calls each step by the whole text of what it adds up: a chain of
 * forty is read in the square of the time that a tree of six levels is.
 */
const sumOf = (terms: readonly string[]): string => {
  if (terms.length <= 2) return terms.join(' + ');
  const half = Math.ceil(terms.length / 2);
  return `(${sumOf(terms.slice(0, half))})\n  + (${sumOf(terms.slice(half))})`;
};

/** Conditions, each of which is 0 or 1, as bits of one number; with `others`, numbers that hold other bits. */
export const bitSum = (
  bits: readonly (readonly [condition: string, mask: bigint])[],
  others: readonly string[] = [],
): string => sumOf([...others, ...bits.map(([condition, mask]) => `(${condition}) * ${mask}`)]);

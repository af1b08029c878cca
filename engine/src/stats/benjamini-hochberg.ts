/** The false discovery rate of a page that ranks or headlines more than ten changes. */
const falseDiscoveryRate = 0.1;

export type Discovery = {
  /** The smallest rate at which this one would be kept. */
  readonly adjusted: number;
  readonly kept: boolean;
};

/** Benjamini & Hochberg 1995: which of these p values stand together at the rate q. Answers in the order given. */
export function benjaminiHochberg(
  pValues: readonly number[],
  q: number = falseDiscoveryRate,
): readonly Discovery[] {
  const wrong = pValues.find((p) => !(p >= 0 && p <= 1));
  if (wrong !== undefined) {
    throw new RangeError(
      `benjaminiHochberg needs p values within 0–1, got ${wrong}; leave out what has none.`,
    );
  }
  const ranked = pValues.map((p, index) => ({ p, index })).sort((a, b) => b.p - a.p);
  const found: Discovery[] = new Array(pValues.length);
  let smallest = 1;
  ranked.forEach(({ p, index }, fromLargest) => {
    const rank = pValues.length - fromLargest;
    smallest = Math.min(smallest, (p * pValues.length) / rank);
    found[index] = { adjusted: smallest, kept: smallest <= q };
  });
  return found;
}

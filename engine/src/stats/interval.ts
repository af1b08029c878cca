/** 95 % limits [low, high]; null in a place is an open end. */
export type Interval = readonly [low: number | null, high: number | null];

/** Open ends are null outside and infinite inside. An interval open at both ends says nothing: null. */
export function intervalOf(low: number, high: number): Interval | null {
  const closedLow = Number.isFinite(low) ? low : null;
  const closedHigh = Number.isFinite(high) ? high : null;
  return closedLow === null && closedHigh === null ? null : [closedLow, closedHigh];
}

/** Whether zero lies outside; an end that is open or sits on zero leaves it inside. */
export function excludesZero(interval: Interval): boolean {
  const [low, high] = interval;
  return (low !== null && low > 0) || (high !== null && high < 0);
}

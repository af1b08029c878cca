import type { Result } from '@botworth/contract/result';

export interface DrillPart {
  readonly name: 'numerator' | 'denominator' | 'not_matured';
  /** What the figure says; null where it is not known beforehand. */
  readonly count: number | null;
}

export interface DrillKind {
  readonly isMedian: boolean;
  /** Counted in days of a person: a day that was only shown the bot has no conversation to list. */
  readonly isPersonDays: boolean;
}

/** The lists behind a figure. A median has no numerator; what is still inside its window is a list of its own. */
export const drillParts = (
  result: Result | undefined,
  { isMedian, isPersonDays }: DrillKind,
): readonly DrillPart[] => {
  const parts: DrillPart[] = [];
  if (!isMedian) parts.push({ name: 'numerator', count: result?.numerator ?? null });
  if (!isPersonDays) parts.push({ name: 'denominator', count: result?.denominator ?? result?.n ?? null });
  if (result?.maturity && result.maturity.not_matured > 0)
    parts.push({ name: 'not_matured', count: result.maturity.not_matured });
  return parts;
};

export type Agreement = 'same' | 'sum' | 'other';

/** The list must be the figure: as many rows as it counts, or contributions that add up to it. */
export const agreement = (count: number | null, total: number, sum: number): Agreement => {
  if (count === null || count === total) return 'same';
  return count === sum ? 'sum' : 'other';
};

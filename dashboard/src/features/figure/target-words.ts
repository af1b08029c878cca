import type { Result } from '@botworth/contract/result';

export type TargetWord = 'met' | 'missed' | 'open';

/** Met or missed only when the whole interval lies on one side; a figure without an interval says so by its point. */
export const targetWord = (
  { value, interval, target }: Pick<Result, 'value' | 'interval' | 'target'>,
  direction: 'up' | 'down' | 'none',
): TargetWord | null => {
  if (target === null || value === null || direction === 'none') return null;
  const [low, high] = interval ?? [value, value];
  const goesUp = direction === 'up';
  if (low !== null && low >= target) return goesUp ? 'met' : 'missed';
  if (high !== null && high <= target) return goesUp ? 'missed' : 'met';
  return 'open';
};

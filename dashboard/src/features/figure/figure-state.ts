import type { Result } from '@botworth/contract/result';
import { ApiError } from '../../api/client.ts';

/** More than a tenth still inside the window: no arrow until it settles. */
const RIPE_FROM = 0.9;

/**
 * What can be true of a figure. None of these may look like another: a missing event is not a zero, a zero is not
 * a missing event, and an old figure is not a fresh one.
 */
export type FigureTruth =
  | { readonly kind: 'loading' }
  | { readonly kind: 'error'; readonly error: ApiError }
  | { readonly kind: 'forbidden' }
  | { readonly kind: 'not_measurable'; readonly result: Result }
  | { readonly kind: 'no_data'; readonly result: Result }
  | { readonly kind: 'not_matured'; readonly result: Result }
  | { readonly kind: 'not_reached'; readonly result: Result }
  | {
      readonly kind: 'too_few' | 'unripe' | 'zero' | 'plain';
      readonly result: Result;
      readonly value: number;
    };

export interface FigureSource {
  readonly result: Result | undefined;
  readonly error: Error | null;
  /** The smallest sample that is judged, by the policy. */
  readonly minN: number;
}

const asApiError = (error: Error): ApiError =>
  error instanceof ApiError ? error : new ApiError(0, 'page', error.message, null);

export const isUnripe = ({ maturity }: Pick<Result, 'maturity'>): boolean =>
  maturity !== null && maturity.value !== null && maturity.value < RIPE_FROM;

export const figureTruth = ({ result, error, minN }: FigureSource): FigureTruth => {
  // The last good figure stays when a later question fails: it is stale, not gone.
  if (result === undefined) {
    if (error === null) return { kind: 'loading' };
    const failure = asApiError(error);
    return failure.status === 403 ? { kind: 'forbidden' } : { kind: 'error', error: failure };
  }
  const { value, reason } = result;
  if (value === null) {
    if (reason === 'no_data' || reason === 'not_matured' || reason === 'not_reached')
      return { kind: reason, result };
    return { kind: 'not_measurable', result };
  }
  if (result.n < minN) return { kind: 'too_few', result, value };
  if (isUnripe(result)) return { kind: 'unripe', result, value };
  return { kind: value === 0 ? 'zero' : 'plain', result, value };
};

import type { StuckFold } from '../../fold/failures.ts';
import type { Parts } from '../parts.ts';

type StuckFolds = ReturnType<Parts['stuckFolds']>;

/**
 * What of the stuck folds means "not ready": the fold as a whole, or every workspace that there is. One workspace
 * whose events cannot be folded must not shut the door for all: its freshness says that it is late.
 */
export const stuckFolds = (
  stuck: readonly StuckFold[],
  workspaces: readonly { readonly number: number; readonly id: string }[],
): StuckFolds => {
  const ids = new Map(workspaces.map(({ number, id }) => [number, id]));
  const found = stuck.flatMap(({ workspaceNumber, sinceMs }): StuckFolds => {
    if (workspaceNumber === null) return [{ workspaceId: null, sinceMs }];
    const workspaceId = ids.get(workspaceNumber);
    return workspaceId === undefined ? [] : [{ workspaceId, sinceMs }];
  });
  const isWhole = found.some(({ workspaceId }) => workspaceId === null);
  return isWhole || found.length >= workspaces.length ? found : [];
};

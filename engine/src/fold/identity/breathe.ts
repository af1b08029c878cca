import { setImmediate as nextTurn } from 'node:timers/promises';

const ITEMS_A_BREATH = 4096;

/**
 * For a loop over very many items in the process that also answers requests: `if (breath.due()) await breath.take()`
 * in each step lets everybody else have a turn every few thousand items.
 */
export const createBreath = (itemsABreath = ITEMS_A_BREATH) => {
  let items = 0;
  return {
    due: (): boolean => {
      items += 1;
      return items % itemsABreath === 0;
    },
    take: (): Promise<unknown> => nextTurn(),
  };
};

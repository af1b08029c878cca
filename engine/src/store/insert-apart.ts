import { isRowFault } from './row-fault.ts';

/** Tries apart at most so many times; an insert that fails everywhere is the store's fault after all. */
const INSERTS_APART = 64;
const NEWLINE = 10;

/** Where each line begins, and where the last one ends. */
const boundsOf = (lines: Uint8Array): number[] => {
  const bounds = [0];
  for (let at = lines.indexOf(NEWLINE); at >= 0; at = lines.indexOf(NEWLINE, at + 1)) bounds.push(at + 1);
  return bounds;
};

/**
 * Inserts the lines; where the store refuses them for what is in one, halves them until that one stands alone:
 * it must not hold up all others for ever. Gives the places of lines that could not be written.
 */
export const insertApart = async (
  insert: (lines: Uint8Array) => Promise<void>,
  lines: Uint8Array,
): Promise<readonly number[]> => {
  const refused: number[] = [];
  let bounds: readonly number[] = [];
  let left = INSERTS_APART;
  const write = async (from: number, to: number): Promise<void> => {
    left -= 1;
    try {
      await insert(lines.subarray(bounds[from], bounds[to]));
    } catch (error) {
      if (!isRowFault(error) || left <= 0) throw error;
      if (to - from === 1) {
        refused.push(from);
        return;
      }
      const middle = (from + to) >> 1;
      await write(from, middle);
      await write(middle, to);
    }
  };
  try {
    await insert(lines);
    return refused;
  } catch (error) {
    if (!isRowFault(error)) throw error;
    bounds = boundsOf(lines);
    await write(0, bounds.length - 1);
    if (bounds.length > 2 && refused.length === bounds.length - 1)
      throw new Error('The store refused every row of an insert: the fault is not in the rows.', {
        cause: error,
      });
    return refused;
  }
};

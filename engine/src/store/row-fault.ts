/**
 * Codes of the engine that speak of the data in a row (cannot parse, out of range, wrong type), by number as both
 * adapters report them. Everything else is the store's state, and no reason to doubt a row.
 */
const rowCodes = new Set([6, 25, 26, 27, 38, 41, 53, 69, 70, 72, 117, 130, 131, 376, 407, 441, 691]);

const codeOf = (error: Error): number => {
  if ('code' in error && (typeof error.code === 'string' || typeof error.code === 'number')) {
    const code = Number(error.code);
    if (Number.isInteger(code)) return code;
  }
  return Number(/Code: (\d+)/.exec(error.message)?.[1] ?? 0);
};

export const isRowFault = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false;
  // A column that the table lacks is our fault in every row, not this row's.
  if (error.message.includes('Unknown field')) return false;
  return rowCodes.has(codeOf(error));
};

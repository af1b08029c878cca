import { unitBits } from './unit-hash.ts';

/** What one unit adds to numerator and denominator; a unit may come in several rows. */
export type UnitRow = { readonly unit: string | bigint; readonly y: number; readonly x: number };

/** One entry per unit, in the order of its bits. */
export type UnitSums = {
  readonly bits: BigUint64Array;
  readonly y: Float64Array;
  readonly x: Float64Array;
};

/**
 * Sums the rows of each unit. Sorted by the unit's bits, then by the amounts, so that sums of fractions come out the
 * same whatever order the rows came in. Units that add nothing to either side are none: rows that a question does not
 * ask about cannot change its answer.
 */
export function sumByUnit(rows: readonly UnitRow[]): UnitSums {
  const rowBits = BigUint64Array.from(rows, (row) => unitBits(row.unit));
  const order = Uint32Array.from(rows.keys()).sort((a, b) => {
    const bitsA = rowBits[a] as bigint;
    const bitsB = rowBits[b] as bigint;
    if (bitsA !== bitsB) return bitsA < bitsB ? -1 : 1;
    const rowA = rows[a] as UnitRow;
    const rowB = rows[b] as UnitRow;
    return rowA.y - rowB.y || rowA.x - rowB.x;
  });
  const bits = new BigUint64Array(rows.length);
  const y = new Float64Array(rows.length);
  const x = new Float64Array(rows.length);
  let units = 0;
  for (const at of order) {
    const row = rows[at] as UnitRow;
    if (!Number.isFinite(row.y) || !Number.isFinite(row.x)) {
      throw new RangeError(
        `A ratio of sums needs finite amounts, got y = ${row.y}, x = ${row.x} for a unit.`,
      );
    }
    if (row.y === 0 && row.x === 0) continue;
    const own = rowBits[at] as bigint;
    if (units === 0 || bits[units - 1] !== own) {
      bits[units] = own;
      units += 1;
    }
    y[units - 1] = (y[units - 1] as number) + row.y;
    x[units - 1] = (x[units - 1] as number) + row.x;
  }
  return { bits: bits.slice(0, units), y: y.slice(0, units), x: x.slice(0, units) };
}

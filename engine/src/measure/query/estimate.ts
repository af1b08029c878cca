import { setImmediate as nextTurn } from 'node:timers/promises';
import { maxBootstrapUnits, type Sampled } from '../../stats/bootstrap.ts';
import { ratioFromMoments, ratioOfSums } from '../../stats/ratio-of-sums.ts';
import { sampledQuantile } from '../../stats/sampled-quantile.ts';
import type { MainRow } from './cells.ts';
import type { MedianPlan } from './plan.ts';
import type { Question } from './resolve.ts';
import type { UnitsAsked } from './units.ts';

/** What is known about the people of a cell. */
export interface UnitCell {
  readonly ratio: Sampled | null;
  /** By the key of the median, where values were resampled. */
  readonly medians: ReadonlyMap<string, Sampled>;
  /** Distinct people by the key of the count; empty where nobody asked. */
  readonly people: ReadonlyMap<string, number>;
}

/** By period, then by the cell's id (see `Cell`); `total` for the whole period. */
export interface UnitCells {
  readonly now: ReadonlyMap<string, UnitCell>;
  readonly before: ReadonlyMap<string, UnitCell>;
}

export const totalKey = 'total';
const never = 4_294_967_295;
const shares: readonly [number, number] = [0, 1];

const number = (value: unknown): number => Number(value ?? 0);

/** The figure's own two sums, by period and the cell's id. */
export type ExactSums = (
  period: 'now' | 'before',
  cell: string,
) => { readonly y: number; readonly x: number } | undefined;

/** Sums over people, or over one in so many of them → closed-form intervals and counts of people. */
export const readUnitSums = (
  asked: UnitsAsked,
  rows: readonly MainRow[],
  oneIn: number,
  exact: ExactSums,
): UnitCells => {
  const ofPeriod = (name: 'now' | 'before'): Map<string, UnitCell> => {
    const mine = (row: MainRow): boolean => number(row.v_period) === (name === 'now' ? 0 : 1);
    const read = (key: string, row: MainRow): [string, UnitCell] => [
      key,
      {
        ratio:
          asked.ratio === null
            ? null
            : ratioFromMoments({ ...momentsOf(row, oneIn), ...exact(name, key) }, shares),
        medians: new Map(),
        people: new Map(asked.masks.map(({ key: count }, index) => [count, number(row[`p${index}`])])),
      },
    ];
    // Without a cut the only cell is the total.
    const keyOf = (row: MainRow): string =>
      row.v_cell === undefined || number(row.is_total) === 1 ? totalKey : String(row.v_cell);
    return new Map(rows.filter(mine).map((row) => read(keyOf(row), row)));
  };
  return { now: ofPeriod('now'), before: ofPeriod('before') };
};

const momentsOf = (row: MainRow, oneIn: number) => ({
  units: number(row.with_amount) * oneIn,
  y: number(row.sy) * oneIn,
  x: number(row.sx) * oneIn,
  yy: number(row.syy) * oneIn,
  xy: number(row.sxy) * oneIn,
  xx: number(row.sxx) * oneIn,
});

interface UnitRowRead {
  readonly unit: bigint;
  readonly y: number;
  readonly x: number;
  readonly mask: bigint;
  readonly values: readonly (readonly number[])[];
}

/** Each person as a row → resampled intervals, replicates and counts of people, cell by cell and for the totals. */
export const estimateUnits = async (
  question: Question,
  asked: UnitsAsked,
  rows: readonly MainRow[],
): Promise<UnitCells> => {
  const grouped = [new Map<string, UnitRowRead[]>(), new Map<string, UnitRowRead[]>()] as const;
  for (const row of rows) {
    const cells = grouped[number(row.v_period) === 1 ? 1 : 0];
    const read = readUnit(asked, row);
    for (const key of [totalKey, String(row.v_cell ?? '')]) {
      const held = cells.get(key);
      if (held === undefined) cells.set(key, [read]);
      else held.push(read);
    }
  }
  const estimated = [new Map<string, UnitCell>(), new Map<string, UnitCell>()] as const;
  for (const [period, cells] of grouped.entries()) {
    for (const [key, units] of cells) {
      estimated[period === 1 ? 1 : 0].set(key, estimateCell(asked, units, question.before !== null));
      // Resampling is arithmetic without a pause; between two cells others get their turn.
      await nextTurn();
    }
  }
  return { now: estimated[0], before: estimated[1] };
};

const readUnit = ({ medians }: UnitsAsked, row: MainRow): UnitRowRead => ({
  unit: BigInt(String(row.person)),
  y: number(row.y),
  x: number(row.x),
  mask: BigInt(String(row.mask ?? 0)),
  values: medians.map((_, index) => {
    const values = row[`values${index}`];
    return Array.isArray(values) ? values.map(Number) : [];
  }),
});

const estimateCell = (
  { ratio, masks, medians }: UnitsAsked,
  units: readonly UnitRowRead[],
  compared: boolean,
): UnitCell => ({
  ratio: ratio === null ? null : ratioOfSums(units, shares),
  medians: new Map(
    compared ? medians.map((median, index) => [median.key, quantileOf(median, units, index)]) : [],
  ),
  people: new Map(
    masks.map(({ key }, index) => {
      const bit = 1n << BigInt(index);
      return [key, new Set(units.filter(({ mask }) => (mask & bit) !== 0n).map(({ unit }) => unit)).size];
    }),
  ),
});

const quantileOf = ({ per, endless }: MedianPlan, units: readonly UnitRowRead[], index: number): Sampled =>
  sampledQuantile(
    units.flatMap(({ unit, values }) =>
      (values[index] ?? []).map((value) => ({
        unit,
        value: endless && value === never ? null : value / per,
      })),
    ),
    0.5,
  );

export const fewUnits = 2 * maxBootstrapUnits;

import { medianPositions, type QuantileFigure, quantileFigure, quantileRanks } from '../../stats/quantile.ts';
import { cutColumns, unknownWord } from './cuts.ts';
import type { MedianPlan, Plan } from './plan.ts';
import type { Question } from './resolve.ts';

/** The order statistics around a median and around the ranks of its interval, as the engine sent them. */
export interface RankSlices {
  readonly n: number;
  readonly low: readonly number[];
  readonly mid: readonly number[];
  readonly high: readonly number[];
}

export interface Cell {
  /** The engine's number for it (lower.ts), by which other statements meet it; empty for a total. */
  readonly id: string;
  /** Place on the time axis; null without one. */
  readonly bucket: number | null;
  readonly cuts: readonly string[];
  readonly conversations: number;
  /** By the key of the count. */
  readonly sums: ReadonlyMap<string, number>;
  readonly medians: ReadonlyMap<string, RankSlices>;
  /** Bits of the jobs that occur, by job code. */
  readonly jobs: number;
  readonly withoutKind: number;
  readonly unlistedScales: ReadonlyMap<number, number>;
}

export const emptyCell = (bucket: number | null = null, cuts: readonly string[] = []): Cell => ({
  id: '',
  bucket,
  cuts,
  conversations: 0,
  sums: new Map(),
  medians: new Map(),
  jobs: 0,
  withoutKind: 0,
  unlistedScales: new Map(),
});

export const cellKeyOf = ({ bucket, cuts }: Pick<Cell, 'bucket' | 'cuts'>): string =>
  JSON.stringify([bucket, ...cuts]);

export interface MainRow {
  readonly [column: string]: unknown;
}

export interface PeriodCells {
  readonly total: Cell;
  readonly cells: ReadonlyMap<string, Cell>;
}

const number = (value: unknown): number => Number(value ?? 0);
const numbers = (value: unknown): number[] => (Array.isArray(value) ? value.map(Number) : []);

/** The word of a value: closed cuts by their code, empty texts as unknown. */
export const cutWords = (question: Pick<Question, 'cuts'>, row: MainRow): string[] =>
  question.cuts.map((cut, index) => {
    const value = row[`cut${index}`];
    const { kind, words } = cutColumns[cut];
    if (kind === 'open') return value === '' ? unknownWord : String(value);
    return words[number(value)] ?? unknownWord;
  });

/** Step 5: rows of the main statement → cells and totals of each period. */
export const readCells = (
  plan: Plan,
  rows: readonly MainRow[],
): { readonly now: PeriodCells; readonly before: PeriodCells } => {
  const { question, counts, medians } = plan;
  const read = (row: MainRow): Cell => ({
    id: String(row.cell ?? ''),
    bucket: question.axis === null ? null : number(row.bucket),
    cuts: cutWords(question, row),
    conversations: number(row.conversations),
    sums: new Map(counts.map(({ key }, index) => [key, number(row[`s${index}`])])),
    medians: new Map(
      medians.map(({ key }, index) => [
        key,
        {
          n: number(row[`n${index}`]),
          low: numbers(row[`low${index}`]),
          mid: numbers(row[`mid${index}`]),
          high: numbers(row[`high${index}`]),
        },
      ]),
    ),
    jobs: number(row.jobs),
    withoutKind: number(row.without_kind),
    unlistedScales: countEach(numbers(row.scales)),
  });
  const periodCells = (period: number): PeriodCells => {
    const mine = rows.filter((row) => number(row.period) === period && number(row.is_all) === 0);
    const cells = mine.filter((row) => number(row.is_total) === 0).map(read);
    const rolledUp = mine.find((row) => number(row.is_total) === 1);
    return {
      total: addUp(cells, rolledUp === undefined ? null : read(rolledUp).medians),
      cells: new Map(cells.map((cell) => [cellKeyOf(cell), cell])),
    };
  };
  return { now: periodCells(0), before: periodCells(1) };
};

const countEach = (values: readonly number[]): Map<number, number> => {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
};

const addUp = (cells: readonly Cell[], medians: Cell['medians'] | null): Cell => {
  const sums = new Map<string, number>();
  const scales = new Map<number, number>();
  for (const cell of cells) {
    for (const [key, value] of cell.sums) sums.set(key, (sums.get(key) ?? 0) + value);
    for (const [scale, count] of cell.unlistedScales) scales.set(scale, (scales.get(scale) ?? 0) + count);
  }
  return {
    ...emptyCell(),
    conversations: cells.reduce((sum, { conversations }) => sum + conversations, 0),
    sums,
    // Without a cut the only cell is the total.
    medians: medians ?? cells[0]?.medians ?? new Map(),
    jobs: cells.reduce((bits, { jobs }) => bits | jobs, 0),
    withoutKind: cells.reduce((sum, { withoutKind }) => sum + withoutKind, 0),
    unlistedScales: scales,
  };
};

/** The stored "never": ranks behind every value. */
const never = 4_294_967_295;

const sliceStart = (n: number, side: -1 | 1): number =>
  Math.max(1, Math.floor(n / 2 + side * 0.98 * Math.sqrt(n)) - 2);

/** The median of a cell and its interval, from the few order statistics that were sent. */
export const medianOf = (
  slices: RankSlices | undefined,
  { per, endless }: Pick<MedianPlan, 'per' | 'endless'>,
): QuantileFigure => {
  const { n, low, mid, high } = slices ?? { n: 0, low: [], mid: [], high: [] };
  const parts: readonly (readonly [start: number, values: readonly number[]])[] = [
    [medianPositions(n)?.lower ?? 1, mid],
    [sliceStart(n, -1), low],
    [sliceStart(n, 1), high],
  ];
  return quantileFigure(n, 0.5, (rank) => {
    for (const [start, values] of parts) {
      const value = values[rank - start];
      if (value !== undefined) return endless && value === never ? null : value / per;
    }
    throw new Error(`Rank ${rank} of ${n} was not among the order statistics sent for a median.`);
  });
};

/** Whether the slices of n values hold the exact ranks: a test walks through many n. */
export const slicesHoldRanks = (n: number): boolean => {
  const ranks = quantileRanks(n, 0.5);
  const holds = (rank: number | null | undefined, side: -1 | 1): boolean =>
    rank === null || rank === undefined || (rank >= sliceStart(n, side) && rank < sliceStart(n, side) + 6);
  return holds(ranks?.r, -1) && holds(ranks?.s, 1);
};

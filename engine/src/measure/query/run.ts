import { fail } from '../../base/app-error.ts';
import type { EventStore, QueryOptions } from '../../store/port.ts';
import { unlistedFlow } from '../policy/flow-table.ts';
import { type MainRow, type PeriodCells, readCells } from './cells.ts';
import {
  type ExactSums,
  estimateUnits,
  fewUnits,
  readUnitSums,
  totalKey,
  type UnitCells,
} from './estimate.ts';
import { mainStatement, maxCells, reachStatement } from './lower.ts';
import { peopleMasks } from './people.ts';
import { personDayStatement } from './person-days.ts';
import type { Plan } from './plan.ts';
import { asksForUnits, oneInOf, type UnitsAsked, unitRowsStatement, unitSumsStatement } from './units.ts';

/** Everything that the statements brought home; nothing of it is judged yet. */
export interface Gathered {
  readonly now: PeriodCells;
  readonly before: PeriodCells;
  readonly units: UnitCells;
  readonly personDays: readonly MainRow[];
}

/** The flow table of the question is older than a flow in the data: ask again with a new one. */
export class UnlistedFlow extends Error {
  override readonly name = 'UnlistedFlow';
}

/** Up to so many conversations, a board asked for without a word about people gets them: they cost nothing. */
const fewConversations = 20_000;
const noUnits: UnitCells = { now: new Map(), before: new Map() };

/** Step 5: run what was lowered. The large scan and the sums over people go side by side. */
export const runPlan = async (store: EventStore, plan: Plan, options: QueryOptions): Promise<Gathered> => {
  const { question } = plan;
  const ask = async (statement: Parameters<EventStore['rows']>[0]): Promise<MainRow[]> => {
    const rows = await store.rows<MainRow>(statement, options);
    if (rows.length > maxCells)
      fail(
        'query_too_heavy',
        `The question has more than ${maxCells} cells; ask for a shorter span, a coarser grain or fewer cuts.`,
        { cells: maxCells },
      );
    return rows;
  };
  const people = question.people ?? (question.metrics.length === 1 ? true : null);
  const masks = peopleMasks(plan.metrics);
  const asked: UnitsAsked = { ratio: plan.ratio, masks: people === true ? masks : [], medians: [] };
  const conversationsAsked = plan.counts.length > 0 || plan.medians.length > 0;
  const isCell = (row: MainRow): boolean => Number(row.is_total ?? 0) === 0;
  const wantsSums = asksForUnits(asked);
  // People are counted one by one; only a variance can do with some of them.
  const mayLeaveOut = wantsSums && asked.masks.length === 0;
  const mayCountDays = plan.personDays && people === null;
  // Begins before the others are weighed: nothing of it depends on how many they count.
  const scan = conversationsAsked ? ask(mainStatement(plan)) : Promise.resolve<MainRow[]>([]);
  const beside = async () => {
    const reach =
      mayLeaveOut || mayCountDays ? Number((await ask(reachStatement(question)))[0]?.reach ?? 0) : 0;
    const oneIn = mayLeaveOut ? oneInOf(reach) : 1;
    // One by one, the people of a million person-days cost more than all other figures together.
    const countsDays = people === true || (mayCountDays && reach <= fewConversations);
    const [sums, personDays] = await Promise.all([
      wantsSums ? ask(unitSumsStatement(question, asked, oneIn)) : [],
      plan.personDays ? ask(personDayStatement(question, countsDays)) : [],
    ]);
    return { oneIn, sums, personDays };
  };
  const [main, { oneIn, sums, personDays }] = await Promise.all([scan, beside()]);
  if (main.some((row) => Number(row.flow_code) === unlistedFlow)) throw new UnlistedFlow();
  const { now, before } = readCells(plan, main);

  const conversations = now.total.conversations + before.total.conversations;
  const units = wantsSums
    ? sums.filter(isCell).reduce((count, row) => count + Number(row.units), 0) * oneIn
    : conversations;
  const byResampling: UnitsAsked = {
    ratio: plan.ratio,
    masks: people === null && conversations <= fewConversations ? masks : asked.masks,
    medians: question.before === null ? [] : plan.medians,
  };
  const resample =
    units <= fewUnits &&
    (byResampling.ratio !== null ||
      byResampling.medians.length > 0 ||
      byResampling.masks.length > asked.masks.length);
  const known = wantsSums ? readUnitSums(asked, sums, oneIn, exactSums(plan, { now, before })) : noUnits;
  return {
    now,
    before,
    units: resample
      ? await estimateUnits(
          question,
          byResampling,
          await store.rows<MainRow>(unitRowsStatement(question, byResampling, fewUnits), options),
        )
      : known,
    personDays,
  };
};

const exactSums = (
  { ratio }: Plan,
  periods: { readonly now: PeriodCells; readonly before: PeriodCells },
): ExactSums => {
  const sumsOf = ({ total, cells }: PeriodCells) =>
    new Map([[totalKey, total.sums], ...[...cells.values()].map(({ id, sums }) => [id, sums] as const)]);
  const held = { now: sumsOf(periods.now), before: sumsOf(periods.before) };
  return (period, cell) => {
    const sums = held[period].get(cell);
    if (ratio === null || sums === undefined) return undefined;
    return { y: sums.get(ratio.numerator.key) ?? 0, x: sums.get(ratio.denominator.key) ?? 0 };
  };
};

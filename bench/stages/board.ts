import type { QueryAnswer, Result } from '@botworth/contract/result';
import { systemClock } from '../../engine/src/base/clock.ts';
import { silentLog } from '../../engine/src/base/log.ts';
import { createMeasure } from '../../engine/src/measure/measure.ts';
import { raw } from '../../engine/src/sql/fragment.ts';
import { openDataFolder } from '../../engine/src/store/data-folder.ts';
import { openEventStore, openStateStore } from '../../engine/src/store/open-stores.ts';
import {
  type BareQuestion,
  bareConversationFigures,
  barePersonDayFigures,
  twoPeriods,
  weekAndChannel,
} from '../bare/board.ts';
import { plainTableStatements } from '../bare/plain-tables.ts';
import { type Row, row } from '../row.ts';
import { interleave, median, percentile } from '../sample.ts';
import { dayAfter, firstDay, zone } from '../size.ts';
import type { Stage } from '../stage.ts';

type BareRow = Readonly<Record<string, unknown>> & { readonly key: unknown };
type Figures = ReadonlyMap<string, number>;

/** Metric → numerator and denominator (or value and n) in the hand-written answer. */
const columnsOf: Readonly<Record<string, readonly [numerator: string, denominator: string]>> = {
  engagement_rate: ['engagement_num', 'engagement_den'],
  goal_completion_rate: ['goal_num', 'goal_den'],
  deflection_rate: ['deflection_num', 'deflection_den'],
  resolution_rate: ['resolution_num', 'resolution_den'],
  fallback_rate: ['fallback_num', 'fallback_den'],
  handoff_rate: ['handoff_num', 'reached_den'],
  session_length: ['session_length', 'completed_n'],
  time_to_first_useful_answer: ['first_answer_ms', 'visitor_n'],
  csat: ['csat_num', 'csat_den'],
  knowledge_gap_rate: ['gap_num', 'reached_den'],
  bounce_rate: ['bounce_num', 'opened_den'],
  trapped_rate: ['trapped_num', 'reached_den'],
};
const metrics = Object.keys(columnsOf);
/** A median half way to a conversation that was never answered was not reached either. */
const notReachedMs = 4_294_967_295 / 2;

const keyText = (key: unknown): string =>
  Object.values(key as object)
    .map(String)
    .join(' ');

/** Every figure of the hand-written answer by "key metric part". */
const bareFigures = (answers: readonly BareRow[]): Figures => {
  const figures = new Map<string, number>();
  for (const answer of answers) {
    for (const [metric, [numerator, denominator]] of Object.entries(columnsOf)) {
      if (answer[denominator] === undefined) continue;
      const n = Number(answer[denominator]);
      if (n === 0) continue;
      const value = Number(answer[numerator]);
      const key = `${keyText(answer.key)} ${metric}`;
      figures.set(`${key} denominator`, n);
      if (metric === 'time_to_first_useful_answer') {
        if (value < notReachedMs) figures.set(`${key} value`, value / 1000);
      } else figures.set(`${key} ${metric === 'session_length' ? 'value' : 'numerator'}`, value);
    }
  }
  return figures;
};

const addResult = (
  figures: Map<string, number>,
  key: string,
  result: Pick<Result, 'metric' | 'value' | 'numerator' | 'denominator' | 'unit' | 'n'>,
) => {
  const isMedian = result.unit !== 'rate';
  const denominator = isMedian ? result.n : result.denominator;
  if (denominator === null || denominator === 0) return;
  const name = `${key} ${result.metric}`;
  figures.set(`${name} denominator`, denominator);
  const value = isMedian ? result.value : result.numerator;
  if (value !== null) figures.set(`${name} ${isMedian ? 'value' : 'numerator'}`, value);
};

const boardFigures = (answer: QueryAnswer): Figures => {
  const figures = new Map<string, number>();
  for (const { rows } of Object.values(answer.results)) {
    for (const each of rows) addResult(figures, `${each.cut.week} ${each.cut.channel}`, each);
  }
  return figures;
};

/** The period itself is 1 (true) in the hand-written answer, the one before is 0. */
const periodFigures = (answer: QueryAnswer): Figures => {
  const figures = new Map<string, number>();
  for (const { result } of Object.values(answer.results)) {
    addResult(figures, '1', result);
    if (result.change !== null)
      addResult(figures, '0', { ...result.change, metric: result.metric, unit: result.unit });
  }
  return figures;
};

const differences = (ours: Figures, bare: Figures): string[] =>
  [...new Set([...ours.keys(), ...bare.keys()])]
    .filter(
      (key) =>
        Math.abs((ours.get(key) ?? Number.NaN) - (bare.get(key) ?? Number.NaN)) > 1e-6 ||
        ours.has(key) !== bare.has(key),
    )
    .map((key) => `${key}: ${ours.get(key)} against ${bare.get(key)}`);

export const boardStage: Stage = async (bench) => {
  const folder = openDataFolder(bench.dataDir);
  const [store, state] = await Promise.all([
    openEventStore(folder, {}, silentLog),
    openStateStore(folder, {}, silentLog),
  ]);
  const options = { tag: 'bench', maxSeconds: 600, maxMemoryBytes: 4 * 1024 ** 3 };
  try {
    for (const statement of plainTableStatements)
      await store.run(raw(statement), { ...options, lane: 'fold' });
    await store.run(raw('OPTIMIZE TABLE conversations FINAL'), { ...options, lane: 'fold' });
    await store.run(raw('OPTIMIZE TABLE person_days FINAL'), { ...options, lane: 'fold' });
    const workspace = await state.findWorkspace(bench.workspaceId);
    if (workspace === null) throw new Error('The prepared workspace is not in the state store.');
    const policy = await state.newestPolicy(workspace.id);
    const measure = createMeasure({ store, clock: systemClock });
    const to = dayAfter(firstDay, bench.size.weeks * 7);
    const lastWeek = dayAfter(to, -7);

    const bare = async (question: BareQuestion): Promise<BareRow[]> => {
      // Side by side, as the product may ask them: two statements in turn would be the slower hand-written way.
      const [conversations, personDays] = await Promise.all([
        store.rows<BareRow>(raw(bareConversationFigures(question)), options),
        store.rows<BareRow>(raw(barePersonDayFigures(question)), options),
      ]);
      return [...conversations, ...personDays];
    };
    const asked = { workspace: bench.workspaceNumber, zone, asOfS: Math.floor(systemClock.nowMs() / 1000) };
    const questions = [
      {
        id: 'board.wide',
        what: `twelve metrics, week × channel, ${bench.size.weeks} weeks`,
        atMost: 250,
        ours: () => measure.ask(workspace, policy, { metrics, from: firstDay, to, by: ['week', 'channel'] }),
        bare: () => bare({ ...asked, ...weekAndChannel(zone), from: firstDay, to }),
        figures: boardFigures,
      },
      {
        id: 'board.week',
        what: 'twelve metrics, one week and the week before',
        atMost: 80,
        ours: () => measure.ask(workspace, policy, { metrics, from: lastWeek, to, compare: 'previous' }),
        bare: () => bare({ ...asked, ...twoPeriods(zone, lastWeek), from: dayAfter(lastWeek, -7), to }),
        figures: periodFigures,
      },
    ];
    const rows: Row[] = [];
    for (const { id, what, atMost, ours, bare: byHand, figures } of questions) {
      const wrong = differences(figures(await ours()), bareFigures(await byHand()));
      for (const line of wrong.slice(0, 12)) bench.say(`  ${id}: ${line}`);
      const times = await interleave(bench.size.rounds, { ours, byHand });
      rows.push(
        row({
          id,
          what,
          value: median(times.ours),
          unit: 'ms',
          against: { what: 'by hand', value: median(times.byHand) },
          atMost,
          ratioAtMost: 0.7,
        }),
        row({ id: `${id}.p95`, what: `${what}, p95`, value: percentile(times.ours, 0.95), unit: 'ms' }),
        row({
          id: `${id}.differ`,
          what: 'figures that differ from the hand-written ones',
          value: wrong.length,
          unit: 'figures',
          atMost: 0,
        }),
      );
    }
    return rows;
  } finally {
    await store.close();
    await state.close();
    folder.release();
  }
};

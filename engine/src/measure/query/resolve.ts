import type { TimeGrain } from '@botworth/contract/query';
import { fail } from '../../base/app-error.ts';
import { nearest } from '../../base/nearest.ts';
import type { Metric } from '../catalogue/figure.ts';
import type { FlowTable } from '../policy/flow-table.ts';
import type { Rules } from '../policy/rules.ts';
import type { VerdictContext } from '../verdicts/columns.ts';
import { requireReadable } from './answer-size.ts';
import { isTimeCut, type ValueCut } from './cuts.ts';
import type { ParsedFilter, ParsedQuery } from './parse.ts';
import { comparedPeriod, comparedRipeS, type Period, periodOf } from './periods.ts';
import { bucketOfLabel, type TimeAxis, timeAxis } from './time-axis.ts';

/** Step 2: names → instants, rules and buckets. Everything that depends on zone, policy or clock is decided here. */
export interface Question {
  readonly workspace: number;
  readonly metrics: readonly Metric[];
  readonly now: Period;
  readonly before: Period | null;
  readonly compare: 'previous' | 'year' | null;
  readonly axis: TimeAxis | null;
  readonly axisBefore: TimeAxis | null;
  readonly cuts: readonly ValueCut[];
  readonly where: readonly ParsedFilter[];
  readonly asOfMs: number;
  readonly ripe: { readonly nowS: number; readonly beforeS: number | null };
  readonly rules: Rules;
  readonly flows: FlowTable;
  readonly people: boolean | null;
  /** Metrics that cannot be cut or filtered as asked, each with the sentence. */
  readonly unfit: ReadonlyMap<string, string>;
}

export interface ResolveContext {
  readonly workspace: number;
  readonly rules: Rules;
  readonly flows: FlowTable;
  readonly nowMs: number;
}

export const resolveQuestion = (
  query: ParsedQuery,
  { workspace, rules, flows, nowMs }: ResolveContext,
): Question => {
  const { zone, weekStart } = rules;
  const now = periodOf(zone, query.from, query.to);
  const before =
    query.compare === null ? null : comparedPeriod(zone, query.compare, now, Math.floor(nowMs / 1000));
  if (before !== null && before.endS > now.startS)
    fail(
      'query_invalid',
      `compare=year needs a period of at most a year: ${query.from} to ${query.to} overlaps itself a year before.`,
      { field: 'compare' },
    );
  // Instants are unsigned: there is nothing before 1970 to compare with.
  if (before !== null && before.startS < 0)
    fail(
      'query_invalid',
      `compare reaches back to ${before.from}; a question begins in 2000 at the earliest.`,
      {
        field: 'compare',
      },
    );
  const grain = query.by.find(isTimeCut) ?? null;
  const cuts = query.by.filter((cut): cut is ValueCut => !isTimeCut(cut));
  const asOfMs = query.asOfMs ?? nowMs;
  const ripeS = Math.floor(asOfMs / 1000) - rules.returnWindowS;
  for (const filter of query.where) requireTimeLabels(filter, rules);
  const axis = grain === null ? null : timeAxis(grain, query.from, query.to, weekStart);
  const unfit = unfitMetrics(query);
  // The least that it can be: how often the other cuts multiply it only the data knows (shape.ts).
  requireReadable(axis?.labels.length ?? 1, query.metrics.length - unfit.size);
  return {
    workspace,
    metrics: query.metrics,
    now,
    before,
    compare: query.compare,
    axis,
    axisBefore: grain === null || before === null ? null : timeAxis(grain, before.from, before.to, weekStart),
    cuts,
    where: query.where,
    asOfMs,
    ripe: {
      nowS: Math.max(0, ripeS),
      beforeS: before === null ? null : atLeastZero(comparedRipeS(zone, ripeS, now, before)),
    },
    rules,
    flows,
    people: query.people,
    unfit,
  };
};

const atLeastZero = (instantS: number | null): number | null =>
  instantS === null ? null : Math.max(0, instantS);

export const verdictContext = ({ rules, flows, asOfMs }: Question): VerdictContext => ({
  rules,
  flows,
  asOfS: Math.floor(asOfMs / 1000),
});

const labelForms: Readonly<Record<TimeGrain, string>> = {
  hour: 'an hour of the calendar, like 2026-04-01T13:00',
  day: 'a day of the calendar, like 2026-04-01',
  week: 'the first day of a week, like 2026-03-30',
  month: 'the first day of a month, like 2026-04-01',
};

const requireTimeLabels = ({ cut, values }: ParsedFilter, { weekStart }: Rules): void => {
  if (!isTimeCut(cut)) return;
  const wrong = values.find((value) => bucketOfLabel(cut, value, weekStart) === null);
  if (wrong === undefined) return;
  const form = labelForms[cut];
  fail('unknown_filter', `${cut} takes ${form}; “${wrong.slice(0, 80)}” is none.`, {
    filter: cut,
    value: wrong.slice(0, 256),
    nearest: [],
  });
};

/**
 * A cut that one metric of several lacks makes that one not measurable; one that no asked metric has is an error.
 * So a board can ask for engagement beside the rest, and a lone wrong question never comes back empty.
 */
const unfitMetrics = ({ metrics, by, where }: ParsedQuery): Map<string, string> => {
  const unfit = new Map<string, string>();
  for (const { declaration } of metrics) {
    const asCut = by.find((cut) => !declaration.cuts.includes(cut));
    const asFilter = where.find(({ cut }) => !declaration.cuts.includes(cut))?.cut;
    const wrong = asCut ?? asFilter;
    if (wrong === undefined) continue;
    const sentence = `${declaration.id} cannot be ${asCut === undefined ? 'filtered' : 'cut'} by ${wrong}; it knows ${declaration.cuts.join(', ')}.`;
    if (metrics.length === 1)
      fail(asCut === undefined ? 'unknown_filter' : 'unknown_cut', sentence, {
        metric: declaration.id,
        cut: wrong,
        nearest: nearest(wrong, declaration.cuts),
      });
    unfit.set(declaration.id, sentence);
  }
  return unfit;
};

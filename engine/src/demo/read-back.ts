import type { DemoTruth } from '@botworth/contract/demo';
import type { Interval, MetricAnswer, Result } from '@botworth/contract/result';
import { type ApiDoor, callApi } from './api-door.ts';
import type { Truth, TruthQuestion } from './truths.ts';

/** One in rounding: an exact interval ends where the value is, in another order of additions. */
const ROUNDING = 1e-9;

const isInside = (value: number, [low, high]: NonNullable<Interval>): boolean =>
  (low === null || value >= low - ROUNDING) && (high === null || value <= high + ROUNDING);

const filtersOf = ({ where }: TruthQuestion): string[] =>
  where.map(({ cut, values }) => `${cut}:${values.join(',')}`);

const searchOf = (question: TruthQuestion): string => {
  const search = new URLSearchParams({ from: question.from, to: question.to });
  for (const filter of filtersOf(question)) search.append('where', filter);
  if (question.compare !== undefined) search.set('compare', question.compare);
  return search.toString();
};

/** A week stands on the board; a longer span is a list of its conversations. */
const pageOf = (workspace: string, { metric, from, to, where }: TruthQuestion): string => {
  const base = `/w/${workspace}`;
  const isWeek = Date.parse(to) - Date.parse(from) === 7 * 86_400_000;
  if (isWeek) return `${base}/scoreboard/${metric}?${new URLSearchParams({ week: from })}`;
  const listed = where.filter(({ cut }) => cut !== 'job' && cut !== 'campaign');
  const search = new URLSearchParams({ from, to });
  for (const { cut, values } of listed) search.set(cut, values.join(','));
  return `${base}/conversations?${search}`;
};

const judge = (truth: Truth, result: Result, page: string): DemoTruth => {
  const { planted, reads, id, sentence, question } = truth;
  const measured = reads === 'value' ? result.value : (result.change?.difference ?? null);
  const interval = reads === 'value' ? result.interval : (result.change?.interval ?? null);
  const exact = result.numerator === planted.numerator && result.denominator === planted.denominator;
  const nothing = planted.value === null && measured === null;
  return {
    id,
    sentence,
    metric: question.metric,
    planted: planted.value,
    planted_numerator: planted.numerator,
    planted_denominator: planted.denominator,
    measured,
    measured_numerator: result.numerator,
    measured_denominator: result.denominator,
    interval,
    // A sample too small for an interval can still be the planted one, unit by unit.
    inside:
      nothing || (planted.value !== null && (interval === null ? exact : isInside(planted.value, interval))),
    exact: nothing || exact,
    page,
  };
};

/** Asks each question over HTTP and lays the answer beside what was planted. */
export const readBack = async (
  door: ApiDoor,
  workspace: string,
  truths: readonly Truth[],
): Promise<DemoTruth[]> => {
  const read: DemoTruth[] = [];
  for (const truth of truths) {
    const { question } = truth;
    const answer = await callApi<MetricAnswer>(
      door,
      'GET',
      `/api/workspaces/${workspace}/metrics/${question.metric}?${searchOf(question)}`,
    );
    read.push(judge(truth, answer.result, pageOf(workspace, question)));
  }
  return read;
};

import type { Filter } from '@botworth/contract/query';
import type { Question } from '../../api/questions.ts';
import type { LocalDate } from '../../time/local-date.ts';
import { addWeeks } from '../../time/week.ts';
import { JOB, TREND_WEEKS } from './board-metrics.ts';

export interface BoardWish {
  readonly week: LocalDate;
  readonly compare: 'previous' | 'year';
  readonly channel: string | undefined;
  /** What can be asked at all, with the cuts that each metric knows. */
  readonly metrics: readonly { readonly id: string; readonly cuts: readonly string[] }[];
}

export interface BoardQuestion {
  readonly board: Question;
  readonly trend: Question;
}

const isEqual = (left: readonly string[], right: readonly string[]): boolean => left.join() === right.join();

/**
 * A board shows one job only. A figure that is counted before anybody spoke (visits, for instance) has no job, so
 * it is asked without that filter; metrics under the same filters share one question.
 */
export const boardQuestions = ({ week, compare, channel, metrics }: BoardWish): readonly BoardQuestion[] => {
  const wanted: readonly Filter[] = [
    { cut: 'job', negate: false, values: [JOB] },
    ...(channel === undefined ? [] : [{ cut: 'channel', negate: false, values: [channel] }]),
  ];
  const groups: { cuts: readonly string[]; ids: string[] }[] = [];
  for (const { id, cuts } of metrics) {
    const known = wanted.map(({ cut }) => cut).filter((cut) => cuts.includes(cut));
    const group = groups.find((one) => isEqual(one.cuts, known));
    if (group) group.ids.push(id);
    else groups.push({ cuts: known, ids: [id] });
  }
  const to = addWeeks(week, 1);
  return groups.map(({ cuts, ids }) => {
    const where = wanted.filter(({ cut }) => cuts.includes(cut));
    return {
      board: { metrics: ids, from: week, to, where, compare },
      trend: { metrics: ids, from: addWeeks(week, 1 - TREND_WEEKS), to, by: ['week'], where },
    };
  });
};

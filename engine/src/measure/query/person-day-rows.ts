import type { Result } from '@botworth/contract/result';
import type { Metric } from '../catalogue/figure.ts';
import { cutOf, type MetricAnswer, type ShapeContext } from './answer.ts';
import { requireReadable } from './answer-size.ts';
import { cellKeyOf, cutWords, type MainRow } from './cells.ts';
import { drillAddress } from './drill-address.ts';
import { bandOf, type Judged, judgeChangeOf, judgeShare } from './judge.ts';
import { missingFor } from './missing.ts';
import type { Question } from './resolve.ts';

interface PersonDayCell {
  readonly bucket: number | null;
  readonly cuts: readonly string[];
  readonly shown: number;
  readonly judged: Judged;
  readonly people: Result['people'];
}

const number = (value: unknown): number => Number(value ?? 0);

/** Person-days have counts of their own, and no window, jobs or companions. */
export const personDayRows = (
  metric: Metric,
  question: Question,
  rows: readonly MainRow[],
  context: ShapeContext,
): MetricAnswer => {
  const read = (row: MainRow): PersonDayCell => ({
    bucket: question.axis === null ? null : number(row.bucket),
    cuts: cutWords(question, row),
    shown: number(row.shown),
    judged: judgeShare(number(row.engaged), number(row.shown)),
    people:
      row.people_shown === undefined
        ? null
        : { numerator: number(row.people_engaged), denominator: number(row.people_shown) },
  });
  const none: PersonDayCell = {
    bucket: null,
    cuts: [],
    shown: 0,
    judged: judgeShare(0, 0),
    people: { numerator: 0, denominator: 0 },
  };
  const cut = question.axis !== null || question.cuts.length > 0;
  const isTotal = (row: MainRow): boolean => !cut || number(row.is_total) === 1;
  const ofPeriod = (period: number) => {
    const mine = rows.filter((row) => number(row.period) === period);
    const total = mine.find(isTotal);
    const cells = mine.filter((row) => !isTotal(row)).map(read);
    return {
      total: total === undefined ? none : read(total),
      cells: new Map(cells.map((cell) => [cellKeyOf(cell), cell])),
    };
  };
  const now = ofPeriod(0);
  const before = ofPeriod(1);

  const groups = [
    ...new Map(
      [...now.cells.values(), ...(question.axis === null ? before.cells.values() : [])].map((cell) => [
        JSON.stringify(cell.cuts),
        cell.cuts,
      ]),
    ).values(),
  ].sort();
  if (question.cuts.length === 0 && cut && groups.length === 0) groups.push([]);
  requireReadable(
    (question.axis?.labels.length ?? 1) * groups.length,
    question.metrics.length - question.unfit.size,
  );
  const places = !cut
    ? []
    : question.axis === null
      ? groups.map((cuts) => ({ bucket: null, cuts }))
      : question.axis.labels.flatMap((_, bucket) => groups.map((cuts) => ({ bucket, cuts })));

  const shape = (
    cell: PersonDayCell,
    other: PersonDayCell,
    place: { readonly bucket: number | null; readonly cuts: readonly string[] },
  ): Result => {
    const missing = missingFor(
      metric,
      cell.judged,
      { withoutKind: 0, unlistedScales: new Map() },
      context.presence,
    );
    const { declaration } = metric;
    const { rules } = question;
    const reason = missing.unmeasurable ? 'not_measurable' : cell.judged.reason;
    return {
      metric: declaration.id,
      value: cell.judged.value,
      ...(reason === null ? {} : { reason }),
      unit: declaration.unit,
      numerator: cell.judged.numerator,
      denominator: cell.judged.denominator,
      n: cell.judged.n,
      interval: cell.judged.interval,
      band:
        cell.judged.n >= rules.minN && place.cuts.length === 0
          ? bandOf(declaration.bands, context.stage, cell.judged)
          : null,
      target: null,
      change:
        question.before === null || question.compare === null
          ? null
          : judgeChangeOf(
              cell.judged,
              other.judged,
              true,
              { against: question.compare, from: question.before.from, to: question.before.to },
              {
                direction: declaration.direction,
                minN: rules.minN,
                silent: false,
              },
            ),
      maturity: null,
      missing: missing.list,
      people: cell.people,
      beside: {},
      policy: rules.version,
      drill: drillAddress(context.workspaceId, declaration.id, question, place),
    };
  };
  return {
    result: shape(now.total, before.total, { bucket: null, cuts: [] }),
    rows: places.map((place) => {
      const key = cellKeyOf(place);
      return {
        cut: cutOf(question, place),
        ...shape(now.cells.get(key) ?? none, before.cells.get(key) ?? none, place),
      };
    }),
  };
};

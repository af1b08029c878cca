import type { Result } from '@botworth/contract/result';
import type { Metric } from '../catalogue/figure.ts';
import { cutOf, type MetricAnswer, type ShapeContext } from './answer.ts';
import { requireReadable } from './answer-size.ts';
import { type Cell, cellKeyOf, emptyCell } from './cells.ts';
import { drillAddress } from './drill-address.ts';
import { totalKey, type UnitCell } from './estimate.ts';
import { bandOf, type Judged, judgeChangeOf, judgeFigure, judgeShare, sumOf } from './judge.ts';
import { type Asked, missingFor } from './missing.ts';
import { peopleOf } from './people.ts';
import { personDayRows } from './person-day-rows.ts';
import { type FigurePlan, type MetricPlan, type Plan, satisfaction } from './plan.ts';
import type { Question } from './resolve.ts';
import type { Gathered } from './run.ts';

/** A row of the answer, worked out once for all metrics. */
interface RowPlace extends Pick<Cell, 'bucket' | 'cuts'> {
  readonly key: string;
  readonly cut: Record<string, string>;
}

/** What one cell of one period has to say to a metric. */
interface Seen {
  readonly cell: Cell;
  readonly units: UnitCell | undefined;
}

/** Step 6: counts → results. */
export const shapeAnswers = (
  plan: Plan,
  gathered: Gathered,
  context: ShapeContext,
): Record<string, MetricAnswer> => {
  const { question } = plan;
  const answers: Record<string, MetricAnswer> = {};
  const places = rowPlaces(question, gathered);
  for (const metric of question.metrics) {
    const id = metric.declaration.id;
    const unfit = question.unfit.get(id);
    const metricPlan = plan.metrics.find((one) => one.metric === metric);
    if (unfit !== undefined || metricPlan === undefined)
      answers[id] = { result: unfitResult(metric, question, context, unfit ?? ''), rows: [] };
    else if (metricPlan.total === null)
      answers[id] = personDayRows(metric, question, gathered.personDays, context);
    else
      answers[id] = shapeMetric(
        metricPlan,
        metricPlan.total,
        metricPlan.rows ?? metricPlan.total,
        gathered,
        places,
        question,
        context,
      );
  }
  return answers;
};

const shapeMetric = (
  metricPlan: MetricPlan,
  total: FigurePlan,
  rows: FigurePlan,
  gathered: Gathered,
  places: readonly RowPlace[],
  question: Question,
  context: ShapeContext,
): MetricAnswer => {
  const at = (period: 'now' | 'before', key: string | null): Seen => {
    const cells = gathered[period];
    if (key === null)
      return {
        cell: cells.total,
        units: gathered.units[period].get(totalKey) ?? gathered.units[period].get(''),
      };
    const cell = cells.cells.get(key) ?? emptyCell();
    return { cell, units: gathered.units[period].get(cell.id === '' ? '-' : cell.id) };
  };
  const shape = (
    isTotal: boolean,
    key: string | null,
    cuts: readonly string[],
    bucket: number | null,
  ): Result =>
    shapeResult(
      metricPlan,
      isTotal ? total : rows,
      isTotal,
      at('now', key),
      question.before === null ? null : at('before', key),
      { question, context, cuts, bucket },
    );
  return {
    result: shape(true, null, [], null),
    rows: places.map(({ key, cut, cuts, bucket }) => ({ cut, ...shape(false, key, cuts, bucket) })),
  };
};

/**
 * Rows in the order of time, then of size. Time has no holes: each combination of the other cuts that occurs, now or
 * in the period compared with, has a row in every bucket.
 */
const rowPlaces = (question: Question, gathered: Gathered): RowPlace[] => {
  const { axis, cuts } = question;
  if (axis === null && cuts.length === 0) return [];
  const groups = new Map<string, { cuts: readonly string[]; conversations: number }>();
  const cells = [...gathered.now.cells.values(), ...(axis === null ? gathered.before.cells.values() : [])];
  for (const cell of cells) {
    const key = JSON.stringify(cell.cuts);
    const held = groups.get(key);
    if (held === undefined) groups.set(key, { cuts: cell.cuts, conversations: cell.conversations });
    else held.conversations += cell.conversations;
  }
  if (cuts.length === 0 && groups.size === 0) groups.set('[]', { cuts: [], conversations: 0 });
  const ordered = [...groups.values()].sort(
    (one, other) => other.conversations - one.conversations || (one.cuts.join() < other.cuts.join() ? -1 : 1),
  );
  const buckets = axis === null ? [null] : [...axis.labels.keys()];
  requireReadable(buckets.length * ordered.length, question.metrics.length - question.unfit.size);
  return buckets.flatMap((bucket) =>
    ordered.map((group) => {
      const place = { bucket, cuts: group.cuts };
      return { ...place, key: cellKeyOf(place), cut: cutOf(question, place) };
    }),
  );
};

interface ResultPlace {
  readonly question: Question;
  readonly context: ShapeContext;
  readonly cuts: readonly string[];
  readonly bucket: number | null;
}

const shapeResult = (
  metricPlan: MetricPlan,
  figure: FigurePlan,
  isTotal: boolean,
  now: Seen,
  before: Seen | null,
  place: ResultPlace,
): Result => {
  const { metric } = metricPlan;
  const { declaration } = metric;
  const { question, context } = place;
  const judged = judgeFigure(figure, now.cell, now.units);
  const blended = metric.success === true && severalJobs(now.cell);
  const asked = askedOf(metricPlan, isTotal, now.cell);
  const missing = missingFor(metric, judged, now.cell, context.presence, asked);
  const enough = judged.n >= question.rules.minN;
  const notMeasurable = missing.unmeasurable;
  const value = notMeasurable ? null : judged.value;
  const reason = notMeasurable ? 'not_measurable' : judged.reason;
  return {
    metric: declaration.id,
    value,
    ...(reason === null ? {} : { reason }),
    unit: declaration.unit,
    numerator: judged.numerator,
    denominator: judged.denominator,
    n: judged.n,
    interval: notMeasurable ? null : judged.interval,
    band:
      enough && !blended && !notMeasurable && bandApplies(place)
        ? bandFor(metric, judged, now.cell, place)
        : null,
    target: null,
    change:
      before === null ? null : changeOf(metricPlan, figure, { ...judged, value }, before, blended, question),
    maturity:
      figure.shape === 'share' && figure.all !== null
        ? maturityOf(judged.n, sumOf(now.cell, figure.all.key))
        : null,
    missing: missing.list,
    people: peopleOf(figure, now.units),
    beside: besideOf(metricPlan, isTotal, now.cell, responseBasis(asked, judged, context)),
    ...(metric.success === true ? { blended } : {}),
    policy: question.rules.version,
    drill: drillAddress(context.workspaceId, declaration.id, question, place),
  };
};

/** Known jobs only: a few conversations nobody could place do not blend anything. */
const severalJobs = ({ jobs }: Cell): boolean => {
  const known = jobs & ~1;
  return (known & (known - 1)) !== 0;
};

const changeOf = (
  metricPlan: MetricPlan,
  figure: FigurePlan,
  now: Judged,
  before: Seen,
  blended: boolean,
  question: Question,
): Result['change'] => {
  if (question.before === null || question.compare === null) return null;
  const compared = { against: question.compare, from: question.before.from, to: question.before.to };
  return judgeChangeOf(
    now,
    judgeFigure(figure, before.cell, before.units),
    figure.shape === 'share',
    compared,
    {
      direction: metricPlan.metric.declaration.direction,
      minN: question.rules.minN,
      silent: blended,
    },
  );
};

/** Bands are for the declared set, never for one intent or another part of it: such a row has its history. */
const bandCuts: ReadonlySet<string> = new Set(['hour', 'day', 'week', 'month', 'job', 'bot', 'channel']);
const bandApplies = ({ question, cuts }: ResultPlace): boolean =>
  cuts.length === 0 && question.where.every(({ cut }) => bandCuts.has(cut));

const bandFor = (
  metric: Metric,
  judged: Judged,
  cell: Cell,
  { question, context }: ResultPlace,
): Result['band'] => {
  const { id, bands } = metric.declaration;
  if (id === 'session_length') return bandOf(jobBands(bands, cell), context.stage, judged);
  const band = bandOf(bands, context.stage, judged);
  if (band?.name !== 'very_good_or_check') return band;
  const [positive, rated] = satisfaction;
  const csat = judgeShare(sumOf(cell, positive.key), sumOf(cell, rated.key));
  const inBand =
    csat.value !== null &&
    csat.n >= question.rules.minN &&
    csat.value >= (context.stage === 'tuned' ? 0.8 : 0.75);
  return { ...band, name: inBand ? 'very_good' : 'check' };
};

/** A length is judged by what the chat was for. */
const jobBands = (bands: Metric['declaration']['bands'], { jobs }: Cell): Metric['declaration']['bands'] => {
  const known = jobs & ~1;
  const name = known === 1 << 1 ? 'support' : known === 1 << 2 ? 'lead_qualification' : null;
  return bands.filter((band) => band.name === name);
};

const maturityOf = (matured: number, all: number): NonNullable<Result['maturity']> => ({
  matured,
  all,
  value: all === 0 ? null : matured / all,
  not_matured: all - matured,
});

const responseRates: Readonly<Record<string, 'asked' | 'ended'>> = {
  response_rate: 'asked',
  response_rate_of_ended: 'ended',
};

/** Who was asked and who of them answered, by the companion that says so; null where the metric has none. */
const askedOf = ({ beside }: MetricPlan, isTotal: boolean, cell: Cell): Asked | null => {
  const companion = beside.find(({ name }) => responseRates[name] === 'asked');
  if (companion === undefined) return null;
  const { numerator, denominator } = judgeFigure(isTotal ? companion.total : companion.rows, cell, undefined);
  return { asked: denominator ?? 0, rated: numerator ?? 0 };
};

/**
 * Asked of the conversations of this figure, not of the workspace: one survey, shown anywhere and at any time, says
 * nothing about ratings that came before it or from elsewhere.
 */
const responseBasis = (asked: Asked | null, { n }: Judged, { presence }: ShapeContext): 'asked' | 'ended' =>
  asked !== null && asked.asked === 0 && (n > 0 || !presence.has('survey_shown')) ? 'ended' : 'asked';

const besideOf = (
  { beside }: MetricPlan,
  isTotal: boolean,
  cell: Cell,
  basis: 'asked' | 'ended',
): Result['beside'] => {
  const entries = beside.flatMap(({ name, naive, total, rows }) => {
    const of = responseRates[name];
    if (of !== undefined && of !== basis) return [];
    const { value, numerator, denominator, interval } = judgeFigure(isTotal ? total : rows, cell, undefined);
    return [
      [
        // Under the name that the reader knows, whatever it is a share of.
        of === undefined ? name : 'response_rate',
        {
          value,
          numerator,
          denominator,
          interval,
          ...(naive ? { naive } : {}),
          ...(of === undefined ? {} : { of }),
        },
      ] as const,
    ];
  });
  return Object.fromEntries(entries);
};

const unfitResult = (metric: Metric, question: Question, context: ShapeContext, why: string): Result => ({
  metric: metric.declaration.id,
  value: null,
  reason: 'not_measurable',
  unit: metric.declaration.unit,
  numerator: null,
  denominator: null,
  n: 0,
  interval: null,
  band: null,
  target: null,
  change: null,
  maturity: null,
  missing: [{ event: metric.declaration.needs[0]?.event ?? '', why }],
  people: null,
  beside: {},
  policy: question.rules.version,
  drill: drillAddress(context.workspaceId, metric.declaration.id, question, { cuts: [], bucket: null }),
});

import type { Figure, MedianFigure, Metric } from '../catalogue/figure.ts';
import type { Term } from '../verdicts/terms.ts';
import { amountOf, type Count, countOf, withAmount } from './counts.ts';
import type { Question } from './resolve.ts';

export interface SharePlan {
  readonly shape: 'share';
  readonly numerator: Count;
  readonly denominator: Count;
  /** Of the denominator, ripe or not: where the figure has a window. */
  readonly all: Count | null;
}

export interface RatioPlan {
  readonly shape: 'ratio_of_sums';
  readonly numerator: Count;
  readonly denominator: Count;
  /** Conversations that add to the denominator: the n of the figure. */
  readonly n: Count;
  readonly withNumerator: Count;
}

export interface MedianPlan {
  readonly shape: 'median';
  readonly key: string;
  readonly value: MedianFigure['value'];
  readonly per: number;
  readonly endless: boolean;
  readonly of: Count;
}

export type FigurePlan = SharePlan | RatioPlan | MedianPlan;

export interface MetricPlan {
  readonly metric: Metric;
  /** Null for person-days, which have their own statement. */
  readonly total: FigurePlan | null;
  /** Differs from `total` where a cut keeps apart what the total leaves out. */
  readonly rows: FigurePlan | null;
  readonly beside: readonly {
    readonly name: string;
    readonly naive: boolean;
    readonly total: FigurePlan;
    readonly rows: FigurePlan;
  }[];
}

/** Step 3: what one scan over conversations has to bring home for all the metrics asked. */
export interface Plan {
  readonly question: Question;
  readonly metrics: readonly MetricPlan[];
  readonly counts: readonly Count[];
  readonly medians: readonly MedianPlan[];
  readonly ratio: RatioPlan | null;
  readonly personDays: boolean;
  readonly watchJobs: boolean;
  readonly watchKinds: boolean;
  readonly watchScales: boolean;
}

/** Terms that leave out what the return window does not let be judged yet. */
const waits: ReadonlySet<Term> = new Set<Term>(['matured', 'goal_due']);

const planFigure = (figure: Figure, without: Term | null): FigurePlan => {
  const of = figure.of.filter((term) => term !== without);
  if (figure.shape === 'share') {
    const windowed = of.some((term) => waits.has(term));
    return {
      shape: 'share',
      numerator: countOf([...of, ...figure.yes]),
      denominator: countOf(of),
      all: windowed ? countOf(of.filter((term) => !waits.has(term))) : null,
    };
  }
  if (figure.shape === 'ratio_of_sums') {
    return {
      shape: 'ratio_of_sums',
      numerator: amountOf(figure.numerator, of),
      denominator: amountOf(figure.denominator, of),
      n: withAmount(figure.denominator, of),
      withNumerator: withAmount(figure.numerator, of),
    };
  }
  const count = countOf(of);
  return {
    shape: 'median',
    key: `${figure.value} ${count.key}`,
    value: figure.value,
    per: figure.per,
    endless: figure.endless === true,
    of: count,
  };
};

export const planMetric = (
  metric: Metric,
  question: Pick<Question, 'rules' | 'cuts' | 'where'>,
): MetricPlan => {
  if (typeof metric.figure !== 'function') return { metric, total: null, rows: null, beside: [] };
  const figure = metric.figure(question.rules);
  const apart = metric.apart;
  const isCut = apart !== undefined && question.cuts.includes(apart.cut);
  // One value asked for by name is such a row by itself; of several, what the total leaves out stays out.
  const isFiltered =
    apart !== undefined &&
    question.where.some(({ cut, negate, values }) => cut === apart.cut && !negate && values.length === 1);
  const dropInRows = apart !== undefined && (isCut || isFiltered) ? apart.term : null;
  const dropInTotal = apart !== undefined && isFiltered ? apart.term : null;
  return {
    metric,
    total: planFigure(figure, dropInTotal),
    rows: planFigure(figure, dropInRows),
    beside: Object.entries(metric.beside).map(([name, { figure: companion, naive }]) => ({
      name,
      naive: naive === true,
      total: planFigure(companion, dropInTotal),
      rows: planFigure(companion, dropInRows),
    })),
  };
};

const countsOf = (figure: FigurePlan): readonly Count[] => {
  if (figure.shape === 'share')
    return [figure.numerator, figure.denominator, ...(figure.all === null ? [] : [figure.all])];
  if (figure.shape === 'ratio_of_sums') return [figure.numerator, figure.denominator, figure.n];
  return [];
};

export const planQuestion = (question: Question): Plan => {
  const fit = question.metrics.filter(({ declaration }) => !question.unfit.has(declaration.id));
  const metrics = fit.map((metric) => planMetric(metric, question));
  const figures = metrics.flatMap(({ total, rows, beside }) => [
    ...(total === null ? [] : [total]),
    ...(rows === null ? [] : [rows]),
    ...beside.flatMap((one) => [one.total, one.rows]),
  ]);
  const asks = (id: string): boolean => fit.some(({ declaration }) => declaration.id === id);
  const counts = new Map(figures.flatMap(countsOf).map((count) => [count.key, count]));
  if (asks('deflection_rate')) for (const count of satisfaction) counts.set(count.key, count);
  return {
    question,
    metrics,
    counts: [...counts.values()],
    medians: [
      ...new Map(
        figures.filter((figure) => figure.shape === 'median').map((figure) => [figure.key, figure]),
      ).values(),
    ],
    ratio: figures.find((figure) => figure.shape === 'ratio_of_sums') ?? null,
    personDays: metrics.some(({ total }) => total === null),
    watchJobs: fit.some(({ success }) => success === true),
    watchKinds: asks('time_to_first_useful_answer'),
    watchScales: asks('csat'),
  };
};

/** Deflection above 60 % is very good only beside a satisfaction in its band. */
export const satisfaction: readonly [positive: Count, rated: Count] = [
  countOf(['bot_only', 'rated', 'rated_positive']),
  countOf(['bot_only', 'rated']),
];

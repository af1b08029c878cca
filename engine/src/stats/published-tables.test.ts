import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { differenceOfSampled, percentileInterval } from './bootstrap.ts';
import { newcombe10 } from './newcombe.ts';
import { quantileFigure } from './quantile.ts';
import { sampledQuantile } from './sampled-quantile.ts';
import { wilson } from './wilson.ts';

// The tables lie beside the checkout on machines that have them. Elsewhere these tests are skipped and say so; the
// laws themselves are tested beside each estimator, with published numbers typed in.
const folder = new URL('../../../../shared/data/experiments/', import.meta.url);

const whyNot = 'the published tables are not beside this checkout';

const pair = z.tuple([z.number(), z.number()]);

const publishedTables = z.object({
  wilson_newcombe1998_tableI: z.object({
    tol: z.number(),
    rows: z.array(z.object({ k: z.number(), n: z.number(), wilson: pair })).min(1),
  }),
  diff_newcombe1998_tableII_method10: z.object({
    tol: z.number(),
    rows: z
      .array(z.object({ x1: z.number(), n1: z.number(), x2: z.number(), n2: z.number(), newcombe: pair }))
      .min(1),
  }),
  binom_confint_R: z.object({
    tol: z.number(),
    methods: z.array(z.string()),
    rows: z
      .array(
        z.object({
          k: z.number(),
          n: z.number(),
          low: z.array(z.number().nullable()),
          high: z.array(z.number().nullable()),
        }),
      )
      .min(1),
  }),
});

const referenceGrid = z.object({
  two_proportions: z
    .array(z.object({ a: pair, b: pair, newcombe_ci: pair, wilson_a: pair, wilson_b: pair }))
    .min(1),
  means: z
    .array(
      z.object({
        a: z.array(z.number()),
        b: z.array(z.number()),
        median_a: z.number(),
        median_b: z.number(),
        median_ci_a_orderstat: pair,
        bootstrap_percentile_median_ci_a: pair,
        bootstrap_percentile_ci_median_diff_b_minus_a: pair,
      }),
    )
    .min(1),
});

function read<Table>(file: string, shape: z.ZodType<Table>): Table | null {
  const at = new URL(file, folder);
  return existsSync(at) ? shape.parse(JSON.parse(readFileSync(at, 'utf8'))) : null;
}

function law<Table>(name: string, table: Table | null, check: (table: Table) => void): void {
  it(name, ({ skip }) => {
    if (table === null) skip(whyNot);
    else check(table);
  });
}

function expectPair(
  actual: { low: number; high: number } | null,
  [low, high]: readonly [number, number],
  within: number,
): void {
  expect(actual).not.toBeNull();
  expect(Math.abs((actual?.low ?? Number.NaN) - low)).toBeLessThanOrEqual(within);
  expect(Math.abs((actual?.high ?? Number.NaN) - high)).toBeLessThanOrEqual(within);
}

/** Newcombe's tables of 1998 and R's binom.confint. */
const published = read('published.json', publishedTables);
/** Values of statsmodels 0.13.5 and scipy 1.10.1. */
const grid = read('dev_grid.json', referenceGrid);

describe('published tables', () => {
  law('Wilson limits are those of Newcombe 1998, table I, method 3', published, (tables) => {
    const { rows, tol } = tables.wilson_newcombe1998_tableI;
    for (const { k, n, wilson: limits } of rows) expectPair(wilson(k, n), limits, tol);
  });

  law('Wilson limits are those of R binom.confint', published, (tables) => {
    const { rows, methods, tol } = tables.binom_confint_R;
    const column = methods.indexOf('wilson');
    for (const { k, n, low, high } of rows) {
      expectPair(wilson(k, n), [low[column] ?? Number.NaN, high[column] ?? Number.NaN], tol);
    }
  });

  law('differences of proportions are those of Newcombe 1998, table II, method 10', published, (tables) => {
    const { rows, tol } = tables.diff_newcombe1998_tableII_method10;
    for (const { x1, n1, x2, n2, newcombe } of rows) expectPair(newcombe10(x1, n1, x2, n2), newcombe, tol);
  });
});

describe('another implementation', () => {
  law('statsmodels gives the same Wilson and Newcombe limits', grid, ({ two_proportions }) => {
    for (const { a, b, wilson_a, wilson_b, newcombe_ci } of two_proportions) {
      expectPair(wilson(...a), wilson_a, 1e-9);
      expectPair(wilson(...b), wilson_b, 1e-9);
      expectPair(newcombe10(...b, ...a), newcombe_ci, 1e-9);
    }
  });

  law('scipy gives the same medians and order-statistic limits', grid, ({ means }) => {
    for (const { a, median_a, median_ci_a_orderstat } of means) {
      const sorted = Float64Array.from(a).sort();
      const figure = quantileFigure(sorted.length, 0.5, (rank) => sorted[rank - 1] ?? null);
      expect(figure.value).toBeCloseTo(median_a, 9);
      expect(figure.interval).toEqual(median_ci_a_orderstat);
    }
  });

  law('bootstrap limits of medians and their differences lie within 15 % of the width', grid, ({ means }) => {
    for (const sample of means) {
      const observe = (side: string, values: number[]) =>
        sampledQuantile(
          values.map((value, i) => ({ unit: `${side}${i}`, value })),
          0.5,
        );
      const a = observe('a', sample.a);
      const b = observe('b', sample.b);
      expectNear(a.replicates && percentileInterval(a.replicates), sample.bootstrap_percentile_median_ci_a);
      expectNear(
        differenceOfSampled(b, a)?.interval ?? null,
        sample.bootstrap_percentile_ci_median_diff_b_minus_a,
      );
    }
  });
});

function expectNear(
  actual: readonly [number | null, number | null] | null,
  [low, high]: readonly [number, number],
): void {
  const tolerance = 0.15 * (high - low);
  expectPair(
    actual && { low: actual[0] ?? Number.NaN, high: actual[1] ?? Number.NaN },
    [low, high],
    tolerance,
  );
}

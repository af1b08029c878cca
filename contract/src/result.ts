import { z } from 'zod';

/** `[low, high]`; an end that the sample cannot bound is null. */
export const intervalSchema = z.tuple([z.number().nullable(), z.number().nullable()]).nullable();
export type Interval = [number | null, number | null] | null;

export const noValueReasons = ['no_data', 'not_measurable', 'not_matured', 'not_reached', 'no_rate'] as const;
export type NoValueReason = (typeof noValueReasons)[number];

export const verdictWords = [
  'better',
  'worse',
  'higher',
  'lower',
  'no evidence of change',
  'not compared',
] as const;
export type VerdictWord = (typeof verdictWords)[number];

export const changeSchema = z.object({
  against: z.enum(['previous', 'year']),
  from: z.string(),
  to: z.string(),
  value: z.number().nullable().meta({ description: 'The figure of the period compared with.' }),
  numerator: z.number().nullable(),
  denominator: z.number().nullable(),
  n: z.number(),
  difference: z.number().nullable(),
  interval: intervalSchema,
  verdict: z.enum(verdictWords),
});

export const bandSchema = z.object({
  name: z.string().meta({ description: 'The band the point lies in.' }),
  stage: z.enum(['first_60_days', 'tuned']),
  low: z.number().nullable(),
  high: z.number().nullable(),
  uncertain: z.boolean().meta({ description: 'The interval crosses an edge of the band.' }),
  edges: z.array(z.object({ name: z.string(), low: z.number().nullable(), high: z.number().nullable() })),
});

export const maturitySchema = z.object({
  matured: z.number(),
  all: z.number(),
  value: z.number().nullable(),
  not_matured: z.number(),
});

export const missingSchema = z.object({
  event: z.string().meta({ description: 'Event or property that did not arrive.' }),
  why: z.string().meta({ description: 'What it is needed for and how to send it.' }),
});

export const resultSchema = z.object({
  metric: z.string(),
  value: z.number().nullable(),
  reason: z.enum(noValueReasons).optional(),
  unit: z.enum(['rate', 'turns', 'seconds', 'score']),
  numerator: z.number().nullable(),
  denominator: z.number().nullable(),
  n: z.number(),
  interval: intervalSchema,
  exact: z.boolean().optional(),
  band: bandSchema.nullable(),
  target: z.number().nullable(),
  change: changeSchema.nullable(),
  maturity: maturitySchema.nullable(),
  missing: z.array(missingSchema),
  people: z.object({ numerator: z.number(), denominator: z.number() }).nullable(),
  /** Companion figures that belong to this one (naive denominators, answered share …), each a small result. */
  beside: z.record(
    z.string(),
    z.object({
      value: z.number().nullable(),
      numerator: z.number().nullable(),
      denominator: z.number().nullable(),
      interval: intervalSchema,
      naive: z.boolean().optional(),
      of: z.enum(['asked', 'ended']).optional().meta({
        description:
          'Of a response rate: answered / asked, or, where nobody says who was asked, answered / ended.',
      }),
    }),
  ),
  /** True for a success metric asked across jobs: no band, no arrow. */
  blended: z.boolean().optional(),
  policy: z.int(),
  drill: z.string().meta({ description: 'Address of the conversations behind the numerator.' }),
});
export type Result = z.infer<typeof resultSchema>;

export const rowSchema = resultSchema.extend({ cut: z.record(z.string(), z.string().nullable()) });
export type ResultRow = z.infer<typeof rowSchema>;

export const metricAnswerSchema = z.object({
  query: z.record(z.string(), z.unknown()),
  policy: z.int(),
  result: resultSchema,
  rows: z.array(rowSchema),
});
export type MetricAnswer = z.infer<typeof metricAnswerSchema>;

export const queryAnswerSchema = z.object({
  query: z.record(z.string(), z.unknown()),
  policy: z.int(),
  results: z.record(z.string(), z.object({ result: resultSchema, rows: z.array(rowSchema) })),
});
export type QueryAnswer = z.infer<typeof queryAnswerSchema>;

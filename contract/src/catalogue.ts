import { z } from 'zod';

export const metricDeclarationSchema = z.object({
  id: z.string(),
  question: z.string().meta({ description: 'What a reader asks, in a plain sentence.' }),
  jobs: z.array(z.string()).meta({ description: 'Jobs it belongs to; empty: every job.' }),
  numerator: z.string().meta({ description: 'In words.' }),
  denominator: z.string().meta({ description: 'In words.' }),
  unit: z.enum(['rate', 'turns', 'seconds', 'score']),
  shape: z.enum(['share', 'ratio_of_sums', 'median']),
  grain: z.enum(['conversation', 'person_day', 'turn']),
  direction: z.enum(['up', 'down', 'none']),
  windowed: z.boolean().meta({ description: 'Counts matured conversations only.' }),
  bands: z.array(
    z.object({
      stage: z.enum(['first_60_days', 'tuned']),
      name: z.string(),
      low: z.number().nullable(),
      high: z.number().nullable(),
    }),
  ),
  sources: z.array(
    z.object({ by: z.string(), context: z.string(), value: z.string(), vendor_reported: z.boolean() }),
  ),
  beside: z.array(z.string()).meta({ description: 'What it must be read beside.' }),
  needs: z.array(z.object({ event: z.string(), why: z.string() })),
  cuts: z.array(z.string()),
  says: z.string(),
  misleads: z.string(),
  do: z.string(),
  status: z
    .enum(['measured', 'declared'])
    .meta({ description: 'declared: it waits for what `needs` names.' }),
});
export type MetricDeclaration = z.infer<typeof metricDeclarationSchema>;

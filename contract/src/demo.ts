import { z } from 'zod';
import { intervalSchema } from './result.ts';

export const demoStates = ['none', 'running', 'ready', 'failed'] as const;
export type DemoState = (typeof demoStates)[number];

export const demoRequest = z.strictObject({
  seed: z
    .int()
    .min(0)
    .max(999_999_999)
    .optional()
    .meta({ description: 'The same seed gives the same shop.' }),
  weeks: z.int().min(6).max(104).optional().meta({ description: 'Weeks up to the last complete one; 26.' }),
  conversations: z
    .int()
    .min(200)
    .max(200_000)
    .optional()
    .meta({ description: 'About so many in all; 13,000.' }),
});
export type DemoRequest = z.infer<typeof demoRequest>;

/** What was planted, and what the figures say about it. */
export const demoTruth = z.object({
  id: z.string(),
  sentence: z.string(),
  metric: z.string(),
  planted: z.number().nullable(),
  planted_numerator: z.number(),
  planted_denominator: z.number(),
  measured: z.number().nullable(),
  measured_numerator: z.number().nullable(),
  measured_denominator: z.number().nullable(),
  interval: intervalSchema,
  inside: z.boolean().meta({ description: 'The planted value lies in the measured interval.' }),
  exact: z.boolean().meta({ description: 'The counts are the planted ones, unit by unit.' }),
  page: z.string().meta({ description: 'Path of the page that shows it.' }),
});
export type DemoTruth = z.infer<typeof demoTruth>;

export const demoReport = z.object({
  seed: z.int(),
  from: z.string(),
  to: z.string(),
  events: z.int(),
  conversations: z.int(),
  /** From the first batch to the answer to the last one. */
  load_seconds: z.number(),
  /** From that answer until every event was in the figures. */
  fold_seconds: z.number(),
  truths: z.array(demoTruth),
});
export type DemoReport = z.infer<typeof demoReport>;

export const demoStatus = z.object({
  state: z.enum(demoStates),
  progress: z.number().min(0).max(1),
  workspace_id: z.string().nullable(),
  /** Why it failed. */
  problem: z.string().optional(),
  report: demoReport.optional().meta({ description: 'Read back from the figures; there once it is ready.' }),
});
export type DemoStatus = z.infer<typeof demoStatus>;

export const demoStarted = z.object({ workspace_id: z.string() });

import { z } from 'zod';

export const timeGrains = ['hour', 'day', 'week', 'month'] as const;
export type TimeGrain = (typeof timeGrains)[number];

/**
 * Cuts that a question may name. Time grains are cuts too. `kind` says how a value is read back:
 * closed lists have fixed values, open ones whatever was sent, flags are true or false.
 */
export const cutKinds = {
  hour: 'time',
  day: 'time',
  week: 'time',
  month: 'time',
  job: 'closed',
  channel: 'closed',
  handled_by: 'closed',
  state: 'closed',
  outcome: 'closed',
  resolution: 'closed',
  bot: 'open',
  bot_version: 'open',
  flow: 'open',
  intent: 'open',
  campaign: 'open',
  source: 'open',
  medium: 'open',
  page: 'open',
  device: 'open',
  language: 'open',
  country: 'open',
  variant: 'open',
  returning: 'flag',
  matured: 'flag',
} as const satisfies Readonly<Record<string, 'time' | 'closed' | 'open' | 'flag'>>;
export type CutName = keyof typeof cutKinds;
export const cutNames = Object.keys(cutKinds) as readonly CutName[];

const localDate = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'a date like 2026-04-01')
  .meta({ description: 'A local date of the workspace zone.' });

/** One condition: the cut's value is any of these (or, negated, none of these). Conditions are joined by and. */
export const filterSchema = z.strictObject({
  cut: z.string(),
  negate: z.boolean().default(false),
  values: z.array(z.string().max(256)).min(1).max(200),
});
export type Filter = z.infer<typeof filterSchema>;

/** In the years that a question may name: instants are stored as unsigned seconds. */
export const asOfInstant = z.iso
  .datetime({ offset: true })
  .refine((text) => text >= '2000' && text < '2100', 'an instant between the years 2000 and 2100');

export const comparisons = ['previous', 'year'] as const;

export const querySchema = z.strictObject({
  metrics: z.array(z.string()).min(1).max(40).meta({ description: 'Metric ids of the catalogue.' }),
  from: localDate.meta({ description: 'First local day, inclusive.' }),
  to: localDate.meta({ description: 'Local day after the last one, exclusive.' }),
  by: z.array(z.string()).max(3).default([]).meta({ description: 'At most two cuts beside a time grain.' }),
  where: z.array(filterSchema).max(20).default([]),
  compare: z.enum(comparisons).optional(),
  policy: z.int().positive().optional().meta({ description: 'Ask under this version; absent: the newest.' }),
  people: z.boolean().optional().meta({
    description:
      'Whether people stand beside every conversation count. Absent: for one metric always, for several where few conversations are counted.',
  }),
  as_of: asOfInstant.optional().meta({ description: 'Judge maturity as of this instant; absent: now.' }),
});
export type Query = z.infer<typeof querySchema>;

/** `where=channel:web_chat,email` or `where=!intent:billing`, as it stands in an address. */
export const filterText = /^(!?)([a-z_.]+):(.*)$/s;

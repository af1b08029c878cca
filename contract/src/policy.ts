import { z } from 'zod';
import type { channels } from './dimensions.ts';

/**
 * The measurement policy: the rules behind every figure, as one document. Each key has its default here and
 * only here. `<workspace>` in zone and currency means what the workspace was created with.
 * Money is a decimal string and has no default.
 */
const money = z
  .string()
  .regex(/^-?\d{1,18}(\.\d{1,12})?$/, 'an amount as a decimal string, like "4.50"')
  .nullable()
  .default(null);
const hours = (standard: number, meaning: string) =>
  z.number().positive().max(8784).default(standard).meta({ description: meaning });
const days = (standard: number, meaning: string) =>
  z.int().positive().max(3660).default(standard).meta({ description: meaning });
const minutes = (standard: number) => z.number().positive().max(100_000).default(standard);

const object = <Shape extends z.ZodRawShape>(shape: Shape, meaning: string) =>
  z
    .strictObject(shape)
    .prefault({} as never)
    .meta({ description: meaning });

export const defaultEligibleIntents = [
  'order_status',
  'delivery_window',
  'shipping_cost',
  'return_policy',
  'refund_status',
  'business_hours',
  'store_location',
  'payment_methods',
  'pricing_basics',
  'booking_rules',
  'how_to_use',
  'account_login',
] as const;

const name = z.string().min(1).max(256);

export const policySchema = z
  .strictObject({
    version: z
      .int()
      .positive()
      .default(1)
      .meta({ description: 'The version this document is, or was started from.' }),
    eligibility: object(
      {
        intents: z
          .array(name)
          .max(500)
          .default([...defaultEligibleIntents])
          .meta({ description: 'Intents that the bot may settle alone.' }),
        exclude: z
          .array(name)
          .max(500)
          .default([])
          .meta({ description: 'Intents that are out whatever else holds.' }),
      },
      'What automation may own.',
    ),
    intent: object(
      {
        min_confidence: z.number().min(0).max(1).default(0.5).meta({
          description:
            'Under it an intent was not recognised. A fold setting: changing it rebuilds the conversations.',
        }),
        map: z
          .record(name, name)
          .default({})
          .meta({ description: 'Platform name → our intent. A fold setting.' }),
      },
      'How intents are read.',
    ),
    goals: z.record(name, name).default({}).meta({
      description:
        'Flow → its primary goal. Flows not named here get the guess of their name. A fold setting: of several flows the last that reached its goal is the conversation’s.',
    }),
    jobs: z
      .record(name, z.enum(['support', 'lead', 'sales', 'booking']))
      .default({})
      .meta({ description: 'Flow → what it was hired to do.' }),
    bots: z
      .record(name, z.strictObject({ launched_on: z.iso.date().nullable().default(null) }))
      .default({})
      .meta({ description: 'Bot → the day it went live: decides which band applies.' }),
    windows: object(
      {
        return_contact_hours: hours(72, 'A contact inside this time after the end is a return.'),
        lead_quality_days: days(30, 'Time a lead has to qualify.'),
        won_days: days(90, 'Time a qualified lead has to be won.'),
        conversion_days: days(7, 'Time after a chat in which a target still counts as its conversion.'),
        episode_gap_minutes: object(
          {
            web_chat: minutes(30),
            embedded_widget: minutes(30),
            landing_page: minutes(30),
            messenger: minutes(1440),
            instagram: minutes(1440),
            whatsapp: minutes(1440),
            email: minutes(4320),
            voice: minutes(10),
            other: minutes(30),
          } satisfies Record<Exclude<(typeof channels)[number], 'unknown'>, z.ZodType>,
          'A longer silence than this starts a new conversation. A fold setting.',
        ),
      },
      'How long things may take.',
    ),
    engaged: object(
      {
        min_visitor_turns: z.int().min(1).max(50).default(1),
        pages: z
          .union([z.literal('all'), z.array(name).max(500)])
          .default('all')
          .meta({ description: 'Pages where the bot is offered.' }),
      },
      'When a conversation counts as engaged.',
    ),
    fallback: object(
      { grain: z.enum(['turn', 'session']).default('turn') },
      'Whether the rate is per bot turn or per conversation.',
    ),
    trapped: object(
      {
        fallbacks: z
          .int()
          .min(1)
          .max(5)
          .default(2)
          .meta({ description: 'So many fallbacks and no way out is trapped.' }),
      },
      'When somebody is stuck.',
    ),
    surveys: object(
      {
        csat: object(
          {
            positive_from: z
              .record(z.string().regex(/^\d{1,3}$/, 'a scale like "5"'), z.number())
              .default({ '2': 2, '3': 3, '5': 4, '7': 6, '10': 8, '100': 80 })
              .meta({
                description:
                  'Scale → lowest score that is positive. A scale not listed is refused into the figure.',
              }),
          },
          'Satisfaction.',
        ),
      },
      'How ratings are read.',
    ),
    qualification: z
      .record(name, z.string().max(1000))
      .default({})
      .meta({ description: 'Flow → what makes its lead a qualified one.' }),
    attribution: object(
      {
        model: z
          .enum([
            'first_touch',
            'last_touch',
            'last_non_direct',
            'linear',
            'position_based',
            'time_decay',
            'markov',
            'shapley',
          ])
          .default('last_touch'),
        window_days: object(
          { order: days(7, ''), booking: days(30, ''), subscription: days(30, ''), deal: days(90, '') },
          'Outcome → how long before it a chat may count.',
        ),
        qualifying_touch: z
          .enum(['engaged_conversation', 'any_conversation'])
          .default('engaged_conversation'),
        qualifying_jobs: z
          .array(z.enum(['support', 'lead', 'sales', 'booking']))
          .default(['sales', 'lead', 'booking']),
        half_life_days: z.number().positive().max(3660).default(7),
        position: z.tuple([z.number().min(0), z.number().min(0), z.number().min(0)]).default([0.4, 0.2, 0.4]),
        other_touches: z.boolean().default(false),
        revenue_basis: z.enum(['net_of_tax_and_shipping', 'gross']).default('net_of_tax_and_shipping'),
        assisted_share: z
          .string()
          .regex(/^(0|1|0?\.\d{1,6}|0\.\d{1,6})$/, 'a share as a decimal string between "0" and "1"')
          .default('1'),
      },
      'Which chats get credit for an outcome.',
    ),
    costs: object(
      {
        manual_cost_per_conversation: money,
        bot_cost_per_conversation: money,
        loaded_cost_per_hour: money,
        gross_margin: z.number().min(0).max(1).nullable().default(null),
        uncertainty: z.number().min(0).max(1).default(0.2),
        avoidable_share: z.number().min(0).max(1).default(1),
        baseline_months: z.array(z.string().regex(/^\d{4}-\d{2}$/, 'a month like 2026-04')).default([]),
        by_intent: z.record(name, z.string()).default({}),
      },
      'What a person and the bot cost.',
    ),
    reporting: object(
      {
        zone: z.string().default('<workspace>').meta({ description: 'IANA time zone. A fold setting.' }),
        week_start: z.enum(['monday', 'sunday', 'saturday']).default('monday'),
        currency: z.string().default('<workspace>'),
        min_n: z
          .int()
          .min(1)
          .max(100_000)
          .default(30)
          .meta({ description: 'Under it a value has neither band nor arrow.' }),
        business_hours: z
          .record(
            z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']),
            z.tuple([z.string(), z.string()]),
          )
          .nullable()
          .default(null),
      },
      'Zone, weeks, currency, smallest sample.',
    ),
    test_traffic: object(
      {
        crawlers: z.boolean().default(true),
        email_domains: z.array(name).max(500).default([]),
        query_flag: z.string().max(100).default('botworth_test'),
      },
      'Traffic that is flagged and left out by default.',
    ),
  })
  .meta({ description: 'The measurement policy.' });

export type PolicyDocument = z.infer<typeof policySchema>;

export const defaultPolicy = (): PolicyDocument => policySchema.parse({});

import { z } from 'zod';
import { policySchema } from './policy.ts';

export const workspaceRequest = z.strictObject({
  name: z.string().trim().min(1).max(200),
  timezone: z.string().default('UTC').meta({ description: 'IANA zone, like Europe/Berlin.' }),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'three capital letters, like EUR')
    .default('EUR'),
});
export const workspaceSummary = z.object({
  id: z.string(),
  name: z.string(),
  timezone: z.string(),
  currency: z.string(),
  created_at: z.string(),
  demo: z.boolean().optional().meta({ description: 'True: simulated data, and nothing else.' }),
});
export type WorkspaceSummary = z.infer<typeof workspaceSummary>;
export const workspaceCreated = workspaceSummary.extend({
  write_key: z.string().meta({ description: 'Shown once; only its hash is kept.' }),
});

export const freshnessSchema = z.object({
  acknowledged: z.number().meta({ description: 'Events answered with 2xx.' }),
  folded: z.number().meta({ description: 'Of these, how many are in the figures.' }),
  lag_ms: z.number(),
});
export type Freshness = z.infer<typeof freshnessSchema>;

export const writeKeySummary = z.object({
  id: z.string(),
  name: z.string(),
  prefix: z.string(),
  created_at: z.string(),
  last_used_at: z.string().nullable(),
  revoked_at: z.string().nullable(),
});
export type WriteKeySummary = z.infer<typeof writeKeySummary>;

export const policyVersion = z.object({
  version: z.int(),
  author: z.string(),
  created_at: z.string(),
  reason: z.string(),
  document: policySchema,
});
export type PolicyVersion = z.infer<typeof policyVersion>;

/** A verdict on one conversation with the rule and the facts that led to it. */
export const verdictSchema = z.object({
  name: z.string(),
  value: z.union([z.string(), z.boolean(), z.null()]),
  because: z
    .string()
    .meta({ description: 'Code of the reason; the page has its sentence in five languages.' }),
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});
export type Verdict = z.infer<typeof verdictSchema>;

export const conversationRow = z.object({
  id: z.string(),
  thread_id: z.string(),
  person: z.string().meta({
    description: 'The same for all conversations of one person; text, the same in JSON and in CSV.',
  }),
  started_at: z.string(),
  ended_at: z.string(),
  duration_seconds: z.number(),
  channel: z.string(),
  bot: z.string(),
  flow: z.string(),
  job: z.string(),
  intent: z.string(),
  language: z.string(),
  country: z.string(),
  device: z.string(),
  handled_by: z.string(),
  state: z.string(),
  resolution: z.string().nullable(),
  outcome: z.string(),
  eligible: z.boolean(),
  deflected: z.boolean(),
  trapped: z.boolean(),
  matured: z.boolean(),
  visitor_turns: z.number(),
  bot_turns: z.number(),
  human_turns: z.number(),
  fallbacks: z.number(),
  first_answer_seconds: z.number().nullable().meta({
    description: 'Null: never. Counted up to 49.7 days (4,294,967 s); what took longer has that.',
  }),
  csat: z.object({ score: z.number(), scale: z.number() }).nullable(),
  test: z.boolean(),
  /** What this row adds to the figure's numerator; only in a drill. */
  contribution: z.number().optional(),
});
export type ConversationRow = z.infer<typeof conversationRow>;

export const conversationPage = z.object({
  total: z.number(),
  rows: z.array(conversationRow),
  next: z.string().nullable(),
});
export type ConversationPage = z.infer<typeof conversationPage>;
export const drillPage = conversationPage.extend({
  sum: z.number().meta({ description: 'Sum of the contributions: the numerator of the figure.' }),
});
export type DrillPage = z.infer<typeof drillPage>;

export const conversationEvent = z.object({
  event_id: z.string(),
  name: z.string(),
  occurred_at: z.string(),
  received_at: z.string(),
  actor: z.string(),
  kind: z.string(),
  text: z.string(),
  step: z.string(),
  intent: z.string(),
  properties: z.record(z.string(), z.unknown()),
  source: z.string(),
  joined: z.enum(['thread', 'person']).optional().meta({
    description:
      'How it came to this conversation: thread, its own; person, it names no thread that has one, and joined the latest of its person.',
  }),
});
export type ConversationEvent = z.infer<typeof conversationEvent>;
export const conversationDetail = z.object({
  conversation: conversationRow,
  verdicts: z.array(verdictSchema),
  events: z.array(conversationEvent),
  policy: z.int(),
});
export type ConversationDetail = z.infer<typeof conversationDetail>;

/** The answer of the collect door: what landed and what did not, event by event. */
export const collectAnswer = z.object({
  success: z.boolean(),
  accepted: z.number(),
  rejected: z.array(z.object({ index: z.number(), field: z.string(), reason: z.string() })),
});
export type CollectAnswer = z.infer<typeof collectAnswer>;

import type { MetricDeclaration } from '@botworth/contract/catalogue';
import { type CutName, cutKinds } from '@botworth/contract/query';
import { sources } from './sources.ts';

type Band = MetricDeclaration['bands'][number];

/** The same edges at every age of the bot. */
export const always = (
  ...bands: readonly (readonly [name: string, low: number | null, high: number | null])[]
): Band[] =>
  (['first_60_days', 'tuned'] as const).flatMap((stage) =>
    bands.map(([name, low, high]) => ({ stage, name, low, high })),
  );

export const inStage = (
  stage: Band['stage'],
  ...bands: readonly (readonly [name: string, low: number | null, high: number | null])[]
): Band[] => bands.map(([name, low, high]) => ({ stage, name, low, high }));

const conversationCuts = Object.keys(cutKinds) as CutName[];

/** What a person-day can be cut by: it is no conversation and has no intent, job or outcome. */
export const personDayCuts: readonly CutName[] = [
  'hour',
  'day',
  'week',
  'month',
  'channel',
  'bot',
  'page',
  'campaign',
  'source',
  'medium',
  'device',
  'language',
  'country',
];

export const needs = {
  turn: {
    event: 'message_sent',
    why: 'Without what visitors write or choose there is no contact to judge; option_selected and chat_engaged count as well.',
  },
  reply: { event: 'message_replied', why: "The bot's replies say what it did; send each with its kind." },
  fallback: {
    event: 'bot_fallback',
    why: 'A turn in which the bot could not go on; a reply of kind fallback counts as well.',
  },
} as const;

type Given = Omit<
  MetricDeclaration,
  'sources' | 'cuts' | 'status' | 'windowed' | 'grain' | 'unit' | 'shape'
> &
  Partial<Pick<MetricDeclaration, 'windowed' | 'grain' | 'unit' | 'shape' | 'cuts'>>;

export const declare = (given: Given): MetricDeclaration => ({
  unit: 'rate',
  shape: 'share',
  grain: 'conversation',
  windowed: false,
  cuts: conversationCuts,
  ...given,
  sources: [...(sources[given.id] ?? [])],
  status: 'measured',
});

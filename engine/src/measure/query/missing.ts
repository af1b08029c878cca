import type { Result } from '@botworth/contract/result';
import { type EventName, isEventName } from '@botworth/contract/vocabulary';
import { needs } from '../catalogue/declare.ts';
import type { Metric } from '../catalogue/figure.ts';
import type { Cell } from './cells.ts';
import type { Judged } from './judge.ts';

/** Which events ever arrived in the workspace. */
export interface Presence {
  has(event: EventName): boolean;
}

/** Of the conversations of a figure of ratings. */
export interface Asked {
  /** That were shown a survey. */
  readonly asked: number;
  /** Of those, that rated. */
  readonly rated: number;
}

/** What says the same as an event: a visitor's turn and an act of the bot have several names. */
const sameAs: Readonly<Partial<Record<string, readonly EventName[]>>> = {
  message_sent: ['option_selected', 'chat_engaged'],
};
/** Acts of the bot that are no replies: with them a conversation has reached the bot. */
const botActs: readonly EventName[] = [
  'bot_fallback',
  'knowledge_gap',
  'flow_started',
  'flow_step_reached',
  'bot_goal_completed',
  'bot_handoff_human',
];

const arrived = (event: string, presence: Presence): boolean =>
  !isEventName(event) ||
  presence.has(event) ||
  (sameAs[event]?.some((other) => presence.has(other)) ?? false);

/** What a unit of the metric is made of and never came; one act of the bot is as good as another. */
const missingOfUnit = ({ unit }: Metric, presence: Presence): Result['missing'] => {
  if (unit === undefined) return [];
  const acted = botActs.some((act) => presence.has(act));
  return [needs.turn, ...(acted ? [] : [needs.reply])].filter(({ event }) => !arrived(event, presence));
};

/**
 * Zero, nothing and unknown are three truths. Without units the figure is not measurable when the first event that
 * it needs or a part of its unit never came, and has no data otherwise; a numerator of zero means something only when what it counts could
 * have been sent.
 */
export const missingFor = (
  metric: Metric,
  judged: Pick<Judged, 'value' | 'numerator' | 'n' | 'reason'>,
  cell: Pick<Cell, 'withoutKind' | 'unlistedScales'>,
  presence: Presence,
  asked: Asked | null = null,
): { readonly unmeasurable: boolean; readonly list: Result['missing'] } => {
  const wanted = metric.declaration.needs;
  const [first] = wanted;
  const unit = missingOfUnit(metric, presence);
  const list: Result['missing'] = [];
  const emptyHanded =
    judged.reason === 'no_data' &&
    (unit.length > 0 || (first !== undefined && !arrived(first.event, presence)));
  const blind =
    judged.numerator === 0 &&
    judged.n > 0 &&
    metric.numeratorNeeds !== undefined &&
    !metric.numeratorNeeds.some((event) => arrived(event, presence));
  if (emptyHanded) list.push(...unit);
  if (emptyHanded || blind)
    list.push(
      ...wanted.filter(
        ({ event }) => !arrived(event, presence) && !list.some((listed) => listed.event === event),
      ),
    );
  if (cell.withoutKind > 0) list.push(...wanted.filter(({ event }) => event === 'kind'));
  const unasked = asked === null ? 0 : judged.n - asked.rated;
  if (unasked > 0 && asked?.asked === 0) list.push(...wanted.filter(({ event }) => event === 'survey_shown'));
  else if (unasked > 0)
    list.push({
      event: 'survey_shown',
      why: `${unasked} of ${judged.n} rated conversations came without it: nobody says who was asked there, so the response rate leaves them out.`,
    });
  if (metric.declaration.id === 'csat') {
    for (const [scale, count] of cell.unlistedScales) {
      const name = scale === 255 ? 'over 254' : String(scale);
      list.push({
        event: `csat_submitted on a scale of ${name}`,
        why: `${count} ${count === 1 ? 'rating has' : 'ratings have'} no threshold: add the scale to surveys.csat.positive_from in the policy.`,
      });
    }
  }
  return { unmeasurable: emptyHanded || blind, list };
};

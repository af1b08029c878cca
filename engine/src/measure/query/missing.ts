import type { Result } from '@botworth/contract/result';
import { type EventName, isEventName } from '@botworth/contract/vocabulary';
import type { Metric } from '../catalogue/figure.ts';
import type { Cell } from './cells.ts';
import type { Judged } from './judge.ts';

/** Which events ever arrived in the workspace. */
export interface Presence {
  has(event: EventName): boolean;
}

/** Any of these is a visitor's turn, whatever the source calls it. */
const turns: readonly EventName[] = ['message_sent', 'option_selected', 'chat_engaged'];

const arrived = (event: string, presence: Presence): boolean =>
  !isEventName(event) ||
  (event === 'message_sent' ? turns.some((turn) => presence.has(turn)) : presence.has(event));

/**
 * Zero, nothing and unknown are three truths. Without units the figure is not measurable when the first event that
 * it needs never came, and has no data otherwise; a numerator of zero means something only when what it counts could
 * have been sent.
 */
export const missingFor = (
  metric: Metric,
  judged: Pick<Judged, 'value' | 'numerator' | 'n' | 'reason'>,
  cell: Pick<Cell, 'withoutKind' | 'unlistedScales'>,
  presence: Presence,
): { readonly unmeasurable: boolean; readonly list: Result['missing'] } => {
  const { needs } = metric.declaration;
  const [first] = needs;
  const list: Result['missing'] = [];
  const emptyHanded = judged.reason === 'no_data' && first !== undefined && !arrived(first.event, presence);
  const blind =
    judged.numerator === 0 &&
    judged.n > 0 &&
    metric.numeratorNeeds !== undefined &&
    !metric.numeratorNeeds.some((event) => arrived(event, presence));
  if (emptyHanded || blind) list.push(...needs.filter(({ event }) => !arrived(event, presence)));
  if (cell.withoutKind > 0) list.push(...needs.filter(({ event }) => event === 'kind'));
  if (metric.declaration.id === 'csat' && judged.n > 0 && !presence.has('survey_shown'))
    list.push(...needs.filter(({ event }) => event === 'survey_shown'));
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

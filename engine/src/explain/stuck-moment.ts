import { eventMarks } from '../fold/facts/event-marks.ts';
import { mapIntent } from '../fold/settings.ts';
import type { Rules } from '../measure/policy/rules.ts';
import type { EpisodeEvent } from './conversation-events.ts';

const spoken: readonly string[] = eventMarks.asked_intent.names;

/** As the fold reads it: the platform says so, or an intent that was recognised does. */
const asksForPerson = (event: EpisodeEvent, rules: Rules): boolean => {
  if (event.name === 'human_requested') return true;
  if (!spoken.includes(event.name)) return false;
  if (event.confidence >= 0 && event.confidence < rules.minConfidence) return false;
  const meant = mapIntent(rules, event.intent);
  return meant === 'human_request' || (meant !== '' && event.wantsHuman);
};

/** The moment at which the visitor got stuck, found among the events that the page shows. */
export const stuckMoment = (
  events: readonly EpisodeEvent[],
  rules: Rules,
): { readonly because: string; readonly event: EpisodeEvent } | null => {
  let fallbacks = 0;
  let turn = 0;
  let lastFallbackTurn = -1;
  const said = new Set<string>();
  for (const event of events) {
    if (asksForPerson(event, rules)) return { because: 'asked_for_a_person', event };
    if (event.actor === 'visitor' && (event.name === 'message_sent' || event.name === 'option_selected'))
      turn += 1;
    // An option that is chosen twice is no message that is said twice.
    if (event.actor === 'visitor' && event.name === 'message_sent' && event.textHash !== '0') {
      if (said.has(event.textHash)) return { because: 'repeated_a_message', event };
      said.add(event.textHash);
    }
    const isFallback =
      event.name === 'bot_fallback' || (event.name === 'message_replied' && event.kind === 'fallback');
    if (isFallback && turn !== lastFallbackTurn) {
      lastFallbackTurn = turn;
      fallbacks += 1;
      if (fallbacks >= rules.trappedFallbacks) return { because: 'too_many_fallbacks', event };
    }
  }
  return null;
};

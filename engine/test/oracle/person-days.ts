import { vocabulary } from '@botworth/contract/vocabulary';
import { localDateOf } from '../../src/base/zone.ts';
import type { FoldSettings } from '../../src/fold/settings.ts';
import { type EventRow, eventFlags } from '../../src/store/schema/event-row.ts';
import type { OracleRow } from './fold-oracle.ts';
import { timeMs } from './order.ts';
import { peopleOf } from './people.ts';

export interface PersonDay {
  readonly day: string;
  readonly person: string;
  readonly bot: string;
  readonly impressions: number;
  readonly page_views: number;
  readonly engaged_turns: number;
  readonly test: number;
}

/** "An impression counts once per person, bot and local day": one row each, with the day's longest conversation. */
export const personDaysOf = (
  received: readonly EventRow[],
  conversations: readonly OracleRow[],
  settings: FoldSettings,
): PersonDay[] => {
  const first = new Map<string, EventRow>();
  for (const event of received) {
    const id = `${event.thread} ${event.eid}`;
    const other = first.get(id);
    if (other === undefined || BigInt(event.seq) < BigInt(other.seq)) first.set(id, event);
  }
  const events = [...first.values()];
  const personOf = peopleOf(events, settings.identityCap);
  const days = new Map<string, { day: string; person: string; bot: string; seen: EventRow[] }>();
  for (const event of events) {
    if (event.key === '0' || (event.name !== 'chat_impression' && event.name !== 'page_viewed')) continue;
    const day = localDateOf(settings.zone, timeMs(event));
    const person = personOf(event.key);
    const id = JSON.stringify([day, person, event.bot]);
    const known = days.get(id) ?? { day, person, bot: event.bot, seen: [] };
    known.seen.push(event);
    days.set(id, known);
  }
  const isImpression = (event: EventRow) => event.code === vocabulary.chat_impression.code;
  const isTest = (event: EventRow) => (event.flags & (eventFlags.test | eventFlags.crawler)) !== 0;
  return [...days.values()].map(({ day, person, bot, seen }) => {
    const impressions = seen.filter(isImpression);
    const turns = conversations
      .filter(
        (row) =>
          row.person === person &&
          row.facts.includes('meaningful_turn') &&
          !row.facts.includes('test') &&
          localDateOf(settings.zone, Number(row.columns.started_s) * 1000) === day &&
          (bot === '' || row.columns.bot === '' || row.columns.bot === bot),
      )
      .map((row) => Number(row.columns.n_user));
    const judged = impressions.length > 0 ? impressions : seen;
    return {
      day,
      person,
      bot,
      impressions: impressions.length,
      page_views: seen.length - impressions.length,
      engaged_turns: Math.max(0, ...turns),
      test: judged.every(isTest) ? 1 : 0,
    };
  });
};

import { actors, replyKinds } from '@botworth/contract/dimensions';
import { eventNames, vocabulary } from '@botworth/contract/vocabulary';
import type { EventRow } from '../../src/store/schema/event-row.ts';

const byCode = new Map(eventNames.map((name) => [vocabulary[name].code, vocabulary[name]]));

export const definitionOf = (event: EventRow) => byCode.get(event.code);

export const timeMs = (event: EventRow): number => Date.parse(`${event.ts.replace(' ', 'T')}Z`);

/** Of equal times: the opening, the visitor, the bot, a person, what follows, and last the end. */
const rank = (event: EventRow): number => {
  const definition = definitionOf(event);
  switch (definition?.role) {
    case 'opening':
    case 'exposure':
      return 0;
    case 'turn':
    case 'inside':
      return event.name === 'message_sent' || event.name === 'message_replied'
        ? event.actor
        : actors.indexOf(definition.actor);
    case 'feedback':
      return 4;
    case 'business':
      return 5;
    case 'session_end':
      return 7;
    default:
      return 6;
  }
};

/** Time, then rank, then the id: total, and the same whatever arrived first. */
export const inOrder = (a: EventRow, b: EventRow): number =>
  timeMs(a) - timeMs(b) || rank(a) - rank(b) || (a.eid < b.eid ? -1 : a.eid > b.eid ? 1 : 0);

export const flagged = (event: EventRow, flag: number): boolean => (event.flags & flag) !== 0;
export const is = (event: EventRow, ...names: readonly string[]): boolean => names.includes(event.name);
export const kindOf = (event: EventRow): string => replyKinds[event.kind] ?? 'unknown';

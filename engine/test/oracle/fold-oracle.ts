import { type FoldSettings, mapIntent } from '../../src/fold/settings.ts';
import { type EventRow, eventFlags } from '../../src/store/schema/event-row.ts';
import { type Judged, judge } from './conversation.ts';
import { episodesOf } from './episodes.ts';
import { definitionOf, inOrder, timeMs } from './order.ts';
import { peopleOf } from './people.ts';

/**
 * The fold once more, in plain TypeScript, from the written definitions alone: slow, obvious, and without a
 * statement. The engine's rows have to be these, fact for fact, in whatever order the events came.
 */
export interface OracleRow {
  readonly conversation_id: string;
  readonly thread: string;
  /** The person's key, or null where the thread is the person. */
  readonly person: string | null;
  readonly columns: Judged['columns'] & { readonly return_s: number };
  readonly facts: readonly string[];
}

interface Conversation {
  readonly id: string;
  readonly thread: string;
  readonly events: EventRow[];
  judged: Judged;
}

/** Of two copies of an event the one received first stays. */
const firstCopies = (events: readonly EventRow[]): EventRow[] => {
  const kept = new Map<string, EventRow>();
  for (const event of events) {
    const id = `${event.thread} ${event.eid}`;
    const other = kept.get(id);
    if (other === undefined || BigInt(event.seq) < BigInt(other.seq)) kept.set(id, event);
  }
  return [...kept.values()];
};

export const foldOracle = (received: readonly EventRow[], settings: FoldSettings): OracleRow[] => {
  const events = firstCopies(received).sort(inOrder);
  const personOf = peopleOf(events, settings.identityCap);
  const intentOf = (event: EventRow): string =>
    event.confidence < 0 || event.confidence >= settings.minConfidence
      ? mapIntent(settings, event.intent)
      : '';
  const isLoose = (event: EventRow) => (event.flags & eventFlags.loose) !== 0;
  const isLater = (event: EventRow) => ['feedback', 'business'].includes(definitionOf(event)?.role ?? '');

  const threads = new Map<string, EventRow[]>();
  for (const event of events) {
    if (isLoose(event) && isLater(event)) continue;
    threads.set(event.thread, [...(threads.get(event.thread) ?? []), event]);
  }

  const conversations: Conversation[] = [];
  for (const [thread, threadEvents] of threads) {
    const joins = threadEvents.filter(
      (event) => !['exposure', 'cost', 'identity', undefined].includes(definitionOf(event)?.role),
    );
    const channel = joins.find((event) => event.channel !== 0)?.channel ?? 0;
    const gapMs = settings.gapMs[channel] ?? 0;
    episodesOf(threadEvents, gapMs).forEach((episode, index) => {
      const base = threadEvents.find((event) => event.thread_id !== '')?.thread_id ?? '';
      const judged = judge(episode.events, intentOf, new Set());
      const id = index === 0 ? base : `${base}::${new Date(judged.startMs).toISOString()}`;
      conversations.push({ id, thread, events: episode.events, judged });
    });
  }
  const personOfConversation = (conversation: Conversation): string =>
    conversation.judged.key === '0' ? `thread ${conversation.thread}` : personOf(conversation.judged.key);

  // What names no thread joins the person's latest conversation that began at or before it.
  const adopted = new Set<EventRow>();
  for (const event of events) {
    if (!isLoose(event) || !isLater(event) || event.key === '0') continue;
    const host = conversations
      .filter(
        (one) => personOfConversation(one) === personOf(event.key) && one.judged.startMs <= timeMs(event),
      )
      .sort((a, b) => a.judged.startMs - b.judged.startMs)
      .at(-1);
    if (host === undefined) continue;
    // A ticket after the end is a return, not a handoff: only one made during the conversation belongs to it.
    if (event.name === 'ticket_created' && timeMs(event) > host.judged.endMs) continue;
    adopted.add(event);
    host.events.push(event);
  }
  for (const conversation of conversations)
    conversation.judged = judge(conversation.events, intentOf, adopted);

  interface Contact {
    readonly startMs: number;
    readonly intents: readonly string[];
    readonly source: Conversation | EventRow;
  }
  const contactsOf = new Map<string, Contact[]>();
  const note = (person: string, contact: Contact) =>
    contactsOf.set(person, [...(contactsOf.get(person) ?? []), contact]);
  for (const conversation of conversations) {
    const { facts, columns, startMs } = conversation.judged;
    if (!facts.has('meaningful_turn') && !facts.has('human_from_start')) continue;
    note(personOfConversation(conversation), {
      startMs,
      intents: columns.intents as readonly string[],
      source: conversation,
    });
  }
  for (const event of events) {
    if (event.name !== 'ticket_created' && event.name !== 'ticket_reopened') continue;
    const owner = conversations.find((one) => one.events.includes(event));
    const person =
      owner === undefined ? (event.key === '0' ? null : personOf(event.key)) : personOfConversation(owner);
    if (person === null) continue;
    const meant = intentOf(event);
    note(person, { startMs: timeMs(event), intents: meant === '' ? [] : [meant], source: event });
  }

  const topics = (intents: readonly string[]) =>
    intents.filter((intent) => intent !== 'smalltalk' && intent !== 'human_request');
  return conversations.map((conversation) => {
    const { judged } = conversation;
    const facts = new Set(judged.facts);
    const person = personOfConversation(conversation);
    const primary = judged.columns.intent as string;
    const returns = (contactsOf.get(person) ?? [])
      .filter((contact) => contact.source !== conversation && contact.startMs > judged.endMs)
      // The ticket that this conversation became is its handoff; opened again, it is a return.
      .filter(
        (contact) =>
          !(
            'eid' in contact.source &&
            contact.source.name === 'ticket_created' &&
            conversation.events.includes(contact.source)
          ),
      )
      .filter((contact) => topics(contact.intents).length === 0 || contact.intents.includes(primary))
      .sort((a, b) => a.startMs - b.startMs);
    const next = returns[0];
    if (next !== undefined && topics(next.intents).length === 0) facts.add('return_unknown');
    if (
      conversations.some(
        (one) =>
          one !== conversation && personOfConversation(one) === person && one.judged.startMs < judged.startMs,
      )
    ) {
      facts.add('returning');
    }
    return {
      conversation_id: conversation.id,
      thread: conversation.thread,
      person: judged.key === '0' ? null : person,
      columns: {
        ...judged.columns,
        return_s: next === undefined ? 0 : Math.max(1, Math.ceil((next.startMs - judged.endMs) / 1000)),
      },
      facts: [...facts].sort(),
    };
  });
};

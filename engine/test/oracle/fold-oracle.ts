import { goalOfFlow } from '@botworth/contract/flow-goals';
import { conversationHash, personKey } from '../../src/base/hash.ts';
import { type FoldSettings, mapIntent } from '../../src/fold/settings.ts';
import { type EventRow, eventFlags } from '../../src/store/schema/event-row.ts';
import { judge } from './conversation.ts';
import { episodesOf, isVisitorTurn } from './episodes.ts';
import type { Judged, Stuck } from './judged.ts';
import { definitionOf, inOrder, timeMs } from './order.ts';
import { peopleOf } from './people.ts';

/**
 * The fold once more, in plain TypeScript, from the written definitions alone: slow, obvious, and without a
 * statement. The engine's rows have to be these, fact for fact, in whatever order the events came.
 */
export interface OracleRow {
  readonly conversation_id: string;
  readonly thread: string;
  readonly person: string;
  readonly columns: Judged['columns'] & { readonly return_s: number };
  readonly facts: readonly string[];
  /** What its page has to show beside the row. */
  readonly page: {
    readonly events: readonly { readonly id: string; readonly joined: 'thread' | 'person' }[];
    readonly stuck: (fallbacks: number) => Stuck | null;
  };
}

interface Conversation {
  readonly id: string;
  readonly base: string;
  readonly thread: string;
  readonly channel: number;
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

/** Where a source sends no messages, "engaged" is the visitor's turn. */
const readEngaged = (threadEvents: readonly EventRow[]): EventRow[] =>
  threadEvents.some(isVisitorTurn)
    ? [...threadEvents]
    : threadEvents.map((event) =>
        event.name === 'chat_engaged'
          ? {
              ...event,
              name: 'option_selected',
              code: 13,
              actor: 1,
              flags: event.flags & (eventFlags.test | eventFlags.crawler | eventFlags.loose),
            }
          : event,
      );

/** What comes later and names no conversation joins through its person. */
const adoptable = new Set([
  'survey_shown',
  'csat_submitted',
  'answer_rated',
  'lead_captured_chat',
  'lead_qualified',
  'meeting_booked',
  'meeting_cancelled',
  'ticket_created',
  'ticket_reopened',
  'order_completed',
  'purchase_after_chat',
]);

/** Instants are equal more often than one thinks: then the hash decides, as long as it always does. */
interface Moment {
  readonly ms: number;
  readonly tie: bigint;
}
const sooner = (a: Moment, b: Moment): number => a.ms - b.ms || (a.tie < b.tie ? -1 : a.tie > b.tie ? 1 : 0);
const TIE = (1n << 22n) - 1n;

export const foldOracle = (received: readonly EventRow[], settings: FoldSettings): OracleRow[] => {
  const events = firstCopies(received).sort(inOrder);
  const personOf = peopleOf(events, settings.identityCap);
  const intentOf = (event: EventRow): string =>
    event.confidence < 0 || event.confidence >= settings.minConfidence
      ? mapIntent(settings, event.intent)
      : '';
  const goalOf = (flow: string) => goalOfFlow(flow, settings.flowGoals);
  const isLoose = (event: EventRow) => (event.flags & eventFlags.loose) !== 0;
  const isLater = (event: EventRow) => ['feedback', 'business'].includes(definitionOf(event)?.role ?? '');

  const threads = new Map<string, EventRow[]>();
  for (const event of events) {
    if (isLoose(event) && isLater(event)) continue;
    if (['exposure', 'cost', 'identity', undefined].includes(definitionOf(event)?.role)) continue;
    threads.set(event.thread, [...(threads.get(event.thread) ?? []), event]);
  }

  const conversations: Conversation[] = [];
  for (const [thread, sent] of threads) {
    const threadEvents = readEngaged(sent);
    const channel = threadEvents.find((event) => event.channel !== 0)?.channel ?? 0;
    const named = threadEvents.find((event) => event.thread_id !== '')?.thread_id;
    const base = named ?? `person-${BigInt(thread).toString(16).padStart(16, '0')}`;
    episodesOf(threadEvents, settings.gapMs[channel] ?? 0).forEach((episode, index) => {
      const judged = judge(episode.events, intentOf, new Set(), channel, goalOf);
      const id = index === 0 ? base : `${base}::${new Date(judged.startMs).toISOString()}`;
      conversations.push({ id, base, thread, channel, events: episode.events, judged });
    });
  }
  const workspace = events[0]?.workspace_id ?? 0;
  const personOfConversation = ({ judged, base }: Conversation): string =>
    judged.key === '0' ? personKey(workspace, 'thread', base).toString() : personOf(judged.key);
  const startOf = ({ id, judged }: Conversation): Moment => ({
    ms: judged.startMs,
    tie: conversationHash(workspace, id) & TIE,
  });

  // What no conversation of its own thread can take joins the person's latest that began at or before it.
  const adopted = new Set<EventRow>();
  const strays = events.filter(
    (event) =>
      adoptable.has(event.name) &&
      event.key !== '0' &&
      !conversations.some((one) => one.events.includes(event)),
  );
  const isTest = (event: EventRow) => (event.flags & (eventFlags.test | eventFlags.crawler)) !== 0;
  for (const event of strays) {
    const host = conversations
      .filter(
        (one) =>
          personOfConversation(one) === personOf(event.key) &&
          one.judged.facts.has('test') === isTest(event) &&
          one.judged.startMs <= timeMs(event),
      )
      .sort((a, b) => sooner(startOf(a), startOf(b)))
      .at(-1);
    if (host === undefined) continue;
    // A ticket after the end is a return, not a handoff: only one made during the conversation belongs to it.
    if (event.name === 'ticket_created' && timeMs(event) > host.judged.endMs) continue;
    adopted.add(event);
    host.events.push(event);
  }
  for (const conversation of conversations)
    conversation.judged = judge(conversation.events, intentOf, adopted, conversation.channel, goalOf);

  interface Contact {
    readonly at: Moment;
    readonly topics: readonly string[];
  }
  const topicsOf = (intents: readonly string[]) =>
    intents.filter((intent) => intent !== '' && intent !== 'smalltalk' && intent !== 'human_request');
  const contactsOf = new Map<string, Contact[]>();
  const note = (person: string, contact: Contact) =>
    contactsOf.set(person, [...(contactsOf.get(person) ?? []), contact]);
  for (const conversation of conversations) {
    const { facts, columns } = conversation.judged;
    if (!facts.has('meaningful_turn') && !facts.has('human_from_start')) continue;
    // What the bot itself continues elsewhere is the same issue, and test traffic is nobody's return.
    if (facts.has('continued') || facts.has('test')) continue;
    note(personOfConversation(conversation), {
      at: startOf(conversation),
      topics: topicsOf(columns.intents as readonly string[]),
    });
  }
  for (const event of strays) {
    if (isTest(event)) continue;
    if (event.name === 'ticket_reopened' || (event.name === 'ticket_created' && !adopted.has(event))) {
      note(personOf(event.key), {
        at: { ms: timeMs(event), tie: BigInt(`0x${event.eid.replaceAll('-', '').slice(0, 16)}`) >> 42n },
        topics: topicsOf([intentOf(event)]),
      });
    }
  }

  return conversations.map((conversation) => {
    const { judged } = conversation;
    const facts = new Set(judged.facts);
    const person = personOfConversation(conversation);
    const primary = judged.columns.intent as string;
    const secondsUntil = (ms: number) => Math.max(1, Math.ceil((ms - judged.endMs) / 1000));
    const next = (contactsOf.get(person) ?? [])
      .filter(({ at }) => at.ms > judged.endMs)
      .filter(({ topics }) => topics.length === 0 || topics.includes(primary))
      .sort((a, b) => sooner(a.at, b.at))[0];
    const reopened = conversation.events
      .filter((event) => event.name === 'ticket_reopened' && timeMs(event) > judged.endMs)
      .map((event) => secondsUntil(timeMs(event)));
    const reopenedS = reopened.length === 0 ? 0 : Math.min(...reopened);
    const contactS = next === undefined ? 0 : secondsUntil(next.at.ms);
    const isReopened = reopenedS > 0 && (contactS === 0 || reopenedS <= contactS);
    if (next !== undefined && next.topics.length === 0 && !isReopened) facts.add('return_unknown');
    const earlier = conversations.some(
      (one) =>
        one !== conversation && personOfConversation(one) === person && one.judged.startMs < judged.startMs,
    );
    if (earlier) facts.add('returning');
    return {
      conversation_id: conversation.id,
      thread: conversation.thread,
      person,
      columns: { ...judged.columns, return_s: isReopened ? reopenedS : contactS },
      facts: [...facts].sort(),
      page: {
        events: judged.events.map((event) => ({
          id: event.event_id,
          joined: adopted.has(event) ? ('person' as const) : ('thread' as const),
        })),
        stuck: judged.stuck,
      },
    };
  });
};

import { type Actor, actors, type ReplyKind } from '@botworth/contract/dimensions';
import { type EventName, vocabulary } from '@botworth/contract/vocabulary';
import { eventFlags } from '../../store/schema/event-row.ts';
import { bitSum } from './bit-sum.ts';

/**
 * What one event says, as yes/no marks: beside its time and the values that it carries, the fold reads nothing
 * else of an event. A mark holds where the event has one of the names and the condition is true. Conditions name
 * columns of `events` and `meant`, the mapped intent ('' = not recognised).
 */
export interface EventMark {
  readonly names: readonly EventName[];
  readonly when?: string;
  readonly meaning: string;
}

const byActor = (name: Actor): string => `actor = '${name}'`;
/** Compared name by name: what casts, the engine evaluates row by row behind an AND, at many times the price. */
const ofKind = (...kinds: readonly ReplyKind[]): string =>
  `(${kinds.map((name) => `kind = '${name}'`).join(' OR ')})`;
const flagged = (...names: readonly (keyof typeof eventFlags)[]): string =>
  `bitAnd(flags, ${names.reduce((mask, name) => mask | eventFlags[name], 0)}) != 0`;

const said = ['message_sent', 'message_replied'] as const;
const seen = `NOT ${flagged('private_note')}`;
const repliedByBot = `${byActor('bot')} AND ${seen}`;
/** The bot's own acts that are not replies, as far as the sender does not say that somebody else did them. */
const deeds = ['knowledge_gap', 'flow_step_reached', 'bot_goal_completed'] as const;
/** An intent on a rating or an order says nothing about what the visitor asked. */
const spoken = [
  ...said,
  'option_selected',
  'chat_engaged',
  'flow_started',
  'flow_step_reached',
  'bot_fallback',
  'knowledge_gap',
  'bot_handoff_human',
  'bot_goal_completed',
] as const;

const declareMarks = <const Name extends string>(marks: Readonly<Record<Name, EventMark>>) => marks;

export const eventMarks = declareMarks({
  visitor: {
    names: [...said, 'option_selected'],
    when: `${byActor('visitor')} AND ${seen}`,
    meaning: 'A visitor turn: a message or a chosen option.',
  },
  bot_reply: {
    names: said,
    when: repliedByBot,
    meaning: 'The bot said something that the visitor can see.',
  },
  human: {
    names: said,
    when: `${byActor('human')} AND ${seen}`,
    meaning: 'A person said something that the visitor can see.',
  },
  fallback_event: { names: ['bot_fallback'], meaning: 'The bot could not go on.' },
  fallback_reply: {
    names: said,
    when: `${repliedByBot} AND ${ofKind('fallback')}`,
    meaning: 'A reply by which the bot says that it could not go on.',
  },
  kind_known: {
    names: said,
    when: `${repliedByBot} AND NOT ${ofKind('unknown')}`,
    meaning: 'A reply whose kind was sent.',
  },
  clarification: {
    names: said,
    when: `${repliedByBot} AND ${ofKind('clarification')}`,
    meaning: 'A clarifying question.',
  },
  answer: {
    names: said,
    when: `${repliedByBot} AND ${ofKind('answer')}`,
    meaning: 'A reply of kind answer.',
  },
  handoff: { names: ['bot_handoff_human'], meaning: 'The conversation was given to a person.' },
  ticket: { names: ['ticket_created'], meaning: 'A ticket was made of it.' },
  handling_reply: {
    names: said,
    when: `${repliedByBot} AND NOT ${ofKind('greeting', 'handoff')}`,
    meaning: 'The bot said more than a greeting or that it hands off.',
  },
  handling_deed: {
    names: deeds,
    when: byActor('bot'),
    meaning: 'The bot did something that a reply would have said.',
  },
  bot_deed: {
    names: [...deeds, 'flow_started', 'bot_handoff_human'],
    when: byActor('bot'),
    meaning: 'The bot did anything but reply.',
  },
  asked_event: { names: ['human_requested'], meaning: 'The visitor asked for a person, says the platform.' },
  asked_intent: {
    names: spoken,
    when: `meant = 'human_request' OR (meant != '' AND ${flagged('wants_human')})`,
    meaning: 'The visitor asked for a person, says the intent.',
  },
  positive: {
    names: ['answer_rated', 'conversation_resolved'],
    when: flagged('positive'),
    meaning: 'A verdict that is positive by itself: thumbs up, or said resolved.',
  },
  negative: {
    names: ['answer_rated'],
    when: flagged('negative'),
    meaning: 'A verdict that is negative by itself: thumbs down.',
  },
  rating: { names: ['csat_submitted'], meaning: "A verdict that the policy's scale decides." },
  completed: {
    names: ['bot_goal_completed', 'conversation_resolved'],
    meaning: 'A goal was reached, or somebody marked it resolved.',
  },
  step: { names: ['flow_step_reached'], meaning: 'A flow went a step further.' },
  meaningful: {
    names: [...said, 'option_selected'],
    when: `${byActor('visitor')} AND ${seen} AND NOT ${flagged('smalltalk')} AND meant != 'smalltalk'`,
    meaning: 'A visitor turn that is not only a greeting, thanks or acknowledgement.',
  },
  repeatable: {
    names: ['message_sent'],
    when: `${byActor('visitor')} AND ${seen} AND text_hash != 0`,
    meaning: 'A visitor message long enough to be told from another.',
  },

  opening: {
    names: ['chat_opened'],
    when: `NOT ${flagged('self_opened')}`,
    meaning: 'The visitor opened the chat; a widget that opens itself is no start.',
  },
  claims_engaged: {
    names: ['chat_engaged'],
    meaning: 'A visitor turn, where the thread has no visitor message.',
  },
  session_end: { names: ['chat_closed'], meaning: 'The platform ended the session.' },
  closed: {
    names: ['chat_closed', 'conversation_resolved', 'conversation_abandoned'],
    meaning: 'The platform ended it, or it was resolved.',
  },
  resolved: { names: ['conversation_resolved'], meaning: 'Somebody or something marked it resolved.' },
  goal: { names: ['bot_goal_completed'], meaning: 'A goal was reached.' },
  gap_event: { names: ['knowledge_gap'], meaning: 'No approved answer existed.' },
  gap_fallback: {
    names: ['bot_fallback', ...said],
    when: `reason IN ('no_answer', 'no_route') AND (code = ${vocabulary.bot_fallback.code} OR (${repliedByBot} AND ${ofKind('fallback')}))`,
    meaning: 'A fallback for want of content; one that did not understand is no gap.',
  },
  survey: { names: ['survey_shown'], meaning: 'A survey was shown.' },
  lead: { names: ['lead_captured_chat'], meaning: 'A lead was captured.' },
  lead_stage: { names: ['lead_qualified'], meaning: 'A lead changed its stage.' },
  qualified: {
    names: ['lead_qualified'],
    when: "lower(step) IN ('mql', 'sql')",
    meaning: 'Its lead became MQL or SQL.',
  },
  booking: { names: ['meeting_booked'], meaning: 'A meeting was booked.' },
  booking_cancelled: { names: ['meeting_cancelled'], meaning: 'A booked meeting was cancelled.' },
  order: {
    names: ['order_completed', 'purchase_after_chat'],
    meaning: 'An order.',
  },
  reopened: {
    names: ['conversation_reopened', 'ticket_reopened'],
    meaning: 'It, or its ticket, was opened again.',
  },
  product_option: {
    names: ['option_selected'],
    when: `${byActor('visitor')} AND ${seen} AND lower(step) = 'product'`,
    meaning: 'The visitor chose a product.',
  },
  flow_start: { names: ['flow_started'], meaning: 'A flow began.' },
  ticket_reopened: { names: ['ticket_reopened'], meaning: 'Its ticket was opened again.' },
});

export type MarkName = keyof typeof eventMarks;

const places = new Map(Object.keys(eventMarks).map((name, place) => [name, place]));

export const markPlace = (name: MarkName): number => places.get(name) ?? 0;

export const markMask = (...names: readonly MarkName[]): bigint =>
  names.reduce((mask, name) => mask | (1n << BigInt(markPlace(name))), 0n);

const codesOf = (names: readonly EventName[]): string =>
  names.map((name) => vocabulary[name].code).join(', ');

const CODES = 256;

/**
 * All marks of an event as one UInt64: what the name alone decides is looked up by its code, the rest is added.
 */
export const marksExpression = (): string => {
  const byName = Array.from({ length: CODES }, () => 0n);
  const added: (readonly [condition: string, mask: bigint])[] = [];
  for (const name of Object.keys(eventMarks) as MarkName[]) {
    const { names, when }: EventMark = eventMarks[name];
    if (when === undefined)
      for (const event of names) {
        const { code } = vocabulary[event];
        byName[code] = (byName[code] ?? 0n) | markMask(name);
      }
    else added.push([`code IN (${codesOf(names)}) AND (${when})`, markMask(name)]);
  }
  const used = byName.findLastIndex((mask) => mask !== 0n);
  const table = `CAST('[${byName.slice(0, used + 1).join(',')}]', 'Array(UInt64)')`;
  return bitSum(added, [`${table}[least(code + 1, ${used + 2})]`]);
};

const rankOf = (name: EventName): number => {
  const { role, actor } = vocabulary[name];
  switch (role) {
    case 'opening':
    case 'exposure':
      return 0;
    case 'turn':
    case 'inside':
      return actors.indexOf(actor);
    case 'feedback':
      return 4;
    case 'business':
      return 5;
    case 'cost':
    case 'identity':
      return 6;
    case 'session_end':
      return 7;
  }
};

/**
 * Senders with clocks of whole seconds put a question and its answer at the same instant. Then the question comes
 * first: of equal times the opening, the visitor, the bot, a person, what follows, and last the end.
 */
export const rankExpression = (): string => {
  const names = Object.keys(vocabulary) as EventName[];
  const ranks = Array.from({ length: CODES }, () => 6);
  for (const name of names) ranks[vocabulary[name].code] = rankOf(name);
  const last = Math.max(...names.map((name) => vocabulary[name].code));
  return `if(code IN (${codesOf(said)}), toUInt64(actor), toUInt64([${ranks.slice(0, last + 1).join(', ')}][least(code, ${last}) + 1]))`;
};

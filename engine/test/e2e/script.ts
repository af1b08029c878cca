/** A small script language for conversations: what tests say instead of forty lines of JSON. */
export interface Spoken {
  readonly conversation: string;
  readonly person: string;
  /** The instant of the last turn; the turns before it lie a minute apart. */
  readonly ended: string;
  readonly acts: readonly Act[];
  readonly properties?: Readonly<Record<string, unknown>>;
}

export type Act =
  | 'opened'
  | 'visitor'
  | 'greeting'
  | 'answer'
  | 'fallback'
  | 'handoff'
  | 'human'
  | 'resolved by visitor'
  | 'asks for a person'
  | {
      readonly event: string;
      readonly properties?: Readonly<Record<string, unknown>>;
      readonly afterMs?: number;
    };

export interface Message {
  readonly type: 'track';
  readonly messageId: string;
  readonly event: string;
  readonly userId: string;
  readonly timestamp: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

const turns = new Set(['opened', 'visitor', 'greeting', 'answer', 'fallback', 'human']);

const eventOf = (act: Act): { event: string; properties: Readonly<Record<string, unknown>> } => {
  if (typeof act === 'object') return { event: act.event, properties: act.properties ?? {} };
  switch (act) {
    case 'opened':
      return { event: 'chat_opened', properties: { by: 'visitor' } };
    case 'visitor':
      return { event: 'message_sent', properties: { text: 'Where is my parcel?' } };
    case 'greeting':
      return { event: 'message_replied', properties: { actor: 'bot', kind: 'greeting' } };
    case 'answer':
      return { event: 'message_replied', properties: { actor: 'bot', kind: 'answer' } };
    case 'fallback':
      return { event: 'bot_fallback', properties: { reason: 'not_understood' } };
    case 'handoff':
      return { event: 'bot_handoff_human', properties: { reason: 'policy' } };
    case 'human':
      return { event: 'message_replied', properties: { actor: 'human' } };
    case 'resolved by visitor':
      return { event: 'conversation_resolved', properties: { by: 'visitor' } };
    case 'asks for a person':
      return { event: 'human_requested', properties: {} };
  }
};

const isTurn = (act: Act): boolean =>
  typeof act === 'string' ? turns.has(act) : act.event === 'message_sent' || act.event === 'message_replied';

/** Turns a minute apart so that the last one falls on `ended`; what is no turn follows its predecessor by a second. */
export const speak = (spoken: Spoken): Message[] => {
  const turnCount = spoken.acts.filter(isTurn).length;
  const endMs = Date.parse(spoken.ended);
  let turn = 0;
  let atMs = endMs - turnCount * 60_000;
  return spoken.acts.map((act, index) => {
    if (isTurn(act)) {
      turn += 1;
      atMs = endMs - (turnCount - turn) * 60_000;
    } else {
      atMs += typeof act === 'object' && act.afterMs !== undefined ? act.afterMs : 1000;
    }
    const { event, properties } = eventOf(act);
    return {
      type: 'track',
      messageId: `${spoken.conversation}-${index}`,
      event,
      userId: spoken.person,
      timestamp: new Date(atMs).toISOString(),
      properties: {
        conversation_id: spoken.conversation,
        channel: 'web_chat',
        ...spoken.properties,
        ...properties,
      },
    };
  });
};

/** A seeded shuffle, so that a failure can be run again. */
export const shuffled = <Item>(items: readonly Item[], seed: number): Item[] => {
  const result = [...items];
  let state = seed >>> 0;
  for (let index = result.length - 1; index > 0; index -= 1) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const other = state % (index + 1);
    [result[index], result[other]] = [result[other] as Item, result[index] as Item];
  }
  return result;
};

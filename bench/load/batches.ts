/**
 * Bodies for /v1/batch as a node client of Segment sends them, made once and then patched in place: the load generator
 * shares the machine with the server and must not be what is measured.
 */
const numberDigits = 10;
const numberMark = 'N'.repeat(numberDigits);
const timeMark = '0000-00-00T00:00:00.000Z';

/** A conversation is ten events; batch number k carries the k-th of each of a hundred conversations. */
export const eventsOfConversation = 10;

const turns: readonly (readonly [event: string, properties: object])[] = [
  ['chat_opened', { by: 'visitor' }],
  [
    'message_sent',
    {
      intent: 'order_status',
      intent_confidence: 0.93,
      text: 'Where is my order? It should have come yesterday.',
    },
  ],
  [
    'message_replied',
    {
      kind: 'answer',
      text: 'Your parcel left our warehouse and arrives within two working days.',
      sources: ['shipping/times'],
    },
  ],
  ['message_sent', { text: 'And can I still change the address?' }],
  [
    'message_replied',
    { kind: 'question', text: 'I can do that while it is not with the carrier. Which address?' },
  ],
  ['message_sent', { text: 'Mill Lane 4, please.' }],
  ['message_replied', { kind: 'answer', text: 'Done. You get a message when it is out for delivery.' }],
  ['bot_goal_completed', { goal: 'order_status_delivered' }],
  ['csat_submitted', { score: 5, scale: 5 }],
  ['chat_closed', {}],
];
export const botTurnAt = (position: number): boolean => turns[position]?.[0] === 'message_replied';

/** Every fifth person is signed in: two keys on each event, as the browser client sends them. */
const message = (run: string, position: number, place: number): object => {
  const [event, properties] = turns[position] ?? ['chat_closed', {}];
  return {
    type: 'track',
    event,
    ...(place % 5 === 0 ? { userId: `${run}-u-${numberMark}` } : {}),
    anonymousId: `${run}-a-${numberMark}`,
    messageId: `node-next-1795579200000-${run}-${position}-${numberMark}`,
    timestamp: timeMark,
    properties: {
      conversation_id: `${run}-${numberMark}`,
      channel: 'web_chat',
      bot: 'helper',
      bot_version: '2.4',
      flow: 'order_tracking',
      step: `step-${position}`,
      ...properties,
    },
    context: {
      library: { name: '@segment/analytics-node', version: '3.1.0' },
      page: {
        path: '/help/orders',
        referrer: 'https://search.example/',
        url: 'https://shop.example/help/orders',
      },
      campaign: { source: 'newsletter', medium: 'email', name: 'spring' },
      locale: 'en-GB',
    },
    integrations: {},
    _metadata: { nodeVersion: '20.20.2', jsRuntime: 'node' },
  };
};

interface Template {
  readonly body: Buffer;
  /** Offsets of each event's number, event by event. */
  readonly numbers: readonly (readonly number[])[];
  readonly times: readonly number[];
}

const offsetsOf = (body: Buffer, mark: string, from: number, to: number): number[] => {
  const found: number[] = [];
  for (let at = body.indexOf(mark, from); at >= 0 && at < to; at = body.indexOf(mark, at + mark.length))
    found.push(at);
  return found;
};

const makeTemplate = (run: string, position: number, events: number): Template => {
  const messages = Array.from({ length: events }, (_, place) =>
    JSON.stringify(message(run, position, place)),
  );
  const head = '{"batch":[';
  const body = Buffer.from(`${head}${messages.join(',')}],"sentAt":"${timeMark}"}`);
  const numbers: number[][] = [];
  let from = head.length;
  for (const text of messages) {
    const to = from + Buffer.byteLength(text);
    numbers.push(offsetsOf(body, numberMark, from, to));
    from = to + 1;
  }
  return { body, numbers, times: offsetsOf(body, timeMark, 0, body.length) };
};

/** The bodies of one connection: each is free again once its answer has come. */
export const createBatches = (run: string, events: number) => {
  const templates = Array.from({ length: eventsOfConversation }, (_, position) =>
    makeTemplate(run, position, events),
  );
  return {
    /** The `position`-th event of the conversations from `first` on. */
    body: (position: number, first: number, now: string): Buffer => {
      const template = templates[position];
      if (template === undefined) throw new Error(`A conversation has no event ${position}.`);
      template.numbers.forEach((offsets, place) => {
        const digits = String(first + place).padStart(numberDigits, '0');
        for (const offset of offsets) template.body.write(digits, offset, 'latin1');
      });
      for (const offset of template.times) template.body.write(now, offset, 'latin1');
      return template.body;
    },
  };
};

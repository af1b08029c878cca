/** What the collect door takes. Generous where official clients overshoot their own documented limits. */
export const limits = {
  /** Bytes of a request body after decompression. Official clients send more than their documented 500 KB. */
  bodyBytes: 4 * 1024 * 1024,
  /** Bytes of one event as JSON. */
  eventBytes: 1024 * 1024,
  eventsPerBatch: 2500,
  /** Characters of an id (event, thread, user). */
  idChars: 512,
  /** Characters of a dimension's value (bot, flow, intent …). */
  dimensionChars: 256,
  nameChars: 256,
  /** Levels of nesting in properties. */
  depth: 32,
  futureHours: 24,
  earliest: '2000-01-01T00:00:00.000Z',
  /** A sender's clock is corrected only beyond this difference, or a re-send would move its events. */
  skewToleranceMs: 120_000,
} as const;

/** How far rows and answers are worked out. Nothing is refused for being beyond; `beyond` says what it does not change. */
export const foldLimits = {
  keysOfOneEvent: {
    most: 32,
    what: 'person keys that one event ties together',
    beyond:
      'The strongest are tied (user ids, then e-mails, phones, CRM contacts, then the rest). Weaker ones are kept with the event and tie nobody by it.',
  },
  turnsInOrder: {
    most: 4000,
    what: 'visitor turns, bot turns, fallbacks and handoffs of one conversation that are read in their order',
    beyond:
      'Later messages count as turns, and handoffs and people among them are seen; they add no fallback (nor the bot turn that one without a reply is), no useful answer of a source that sends no kinds, and no moment of being stuck by fallbacks.',
  },
  countsOfPeople: {
    most: 64,
    what: 'different numerators and denominators of one question beside which people stand',
    beyond: 'Later figures have `people: null`. Ask for fewer metrics at once.',
  },
} as const;

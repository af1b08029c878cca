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

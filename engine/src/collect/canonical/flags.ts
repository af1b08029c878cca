import { eventFlags } from '../../store/schema/event-row.ts';

/** In the order of `eventFlags`; spelt out, because this runs for every event. */
export const flagsOf = (is: Readonly<Record<keyof typeof eventFlags, boolean>>): number =>
  (is.test ? eventFlags.test : 0) |
  (is.crawler ? eventFlags.crawler : 0) |
  (is.smalltalk ? eventFlags.smalltalk : 0) |
  (is.private_note ? eventFlags.private_note : 0) |
  (is.loose ? eventFlags.loose : 0) |
  (is.self_opened ? eventFlags.self_opened : 0) |
  (is.positive ? eventFlags.positive : 0) |
  (is.negative ? eventFlags.negative : 0) |
  (is.wants_human ? eventFlags.wants_human : 0);

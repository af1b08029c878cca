import { channels } from '@botworth/contract/dimensions';
import { bind, type Fragment, raw, sql } from '../sql/fragment.ts';
import { type MarkName, markMask } from './facts/event-marks.ts';
import { instantOf, spokenInstant } from './facts/order-key.ts';
import type { FoldSettings } from './settings.ts';

const has = (...names: readonly MarkName[]): string => `bitAnd(m, ${markMask(...names)}) != 0`;

/** After a handoff a conversation waits so long for a person. */
const HANDOFF_HOLD_MS = 7 * 86_400_000;

/** Bits of what an event does to the cutting. */
const MAKER = 1;
const LIVE = 2;
const END = 4;
const HANDOFF = 8;
const HUMAN = 16;

/** What an event does to the cutting. */
const cuttingEvents = (events: Fragment): Fragment => sql`
      SELECT thread, k, m, channel, ${raw(spokenInstant())} AS spoken, ${raw(has('claims_engaged'))} AS claim,
        toUInt8(${raw(
          [
            `${MAKER} * (${has('visitor', 'bot_reply', 'human', 'fallback_event', 'opening')})`,
            `${LIVE} * (${has('visitor', 'human', 'opening')})`,
            `${END} * (${has('session_end')})`,
            `${HANDOFF} * (${has('handoff')})`,
            `${HUMAN} * (${has('human')})`,
          ].join(' + '),
        )}) AS p
      FROM ${events}`;

const irregularities = `max(claim) AND NOT max(${has('visitor')}) AS claims,
      minIf(spoken, bitAnd(p, ${MAKER}) = 0) AS first_other,
      minIf(k, bitAnd(p, ${MAKER}) != 0) AS first_maker,
      maxIf(k, bitAnd(p, ${MAKER}) != 0) AS last_maker_key,
      minIf(k, bitAnd(p, ${END}) != 0) AS first_end`;

const isIrregular = (settings: FoldSettings): Fragment => sql`claims
      OR (${raw(instantOf('last_maker_key'))} - ${raw(instantOf('first_maker'))} > ${bind('Int64', Math.min(...settings.gapMs))})
      OR (first_end != 0 AND first_end < last_maker_key)
      OR (first_other != 0 AND first_other < ${raw(instantOf('first_maker'))})`;

/**
 * The events of those threads alone. To look for them first reads the events twice, and yet costs half as much
 * as to gather arrays for the many threads that need none.
 */
export const eventsOfIrregular = (events: Fragment, settings: FoldSettings): Fragment =>
  sql`(SELECT * FROM ${events} WHERE thread IN (
    SELECT thread FROM (SELECT thread, ${raw(irregularities)} FROM (${cuttingEvents(events)}) GROUP BY thread HAVING ${isIrregular(settings)})))`;

/**
 * The threads that are not simply one conversation from their first event on: where they are cut (`starts`, order
 * keys), which of the pieces are conversations (`live`: a visitor's act or a human turn), whether `chat_engaged`
 * stands for a turn, the thread's channel and its gap. All other threads do not appear.
 *
 * A turn or opening starts a new piece when the session ended since the one before, or when more than the gap
 * passed, unless a handoff within seven days still waits for a person: closing the chat does not answer it.
 */
export const irregularThreads = (events: Fragment, settings: FoldSettings): Fragment => {
  const gaps = bind('Array(Int64)', settings.gapMs);
  const bitOf = (p: string, ...bits: readonly number[]): string =>
    `bitAnd(${p}, ${bits.reduce((sum, bit) => sum + bit, 0)}) != 0`;
  return sql`
SELECT thread, thread_channel, starts, live, claims, gap FROM (
  SELECT thread, thread_channel, gap, claims,
    arraySort(all_k) AS ks,
    arraySort((p, k) -> k, if(claims, arrayMap(p -> if(p = 0, toUInt8(${raw(String(MAKER + LIVE))}), p), all_p), all_p), all_k) AS ps,
    arrayFill((t, p) -> ${raw(bitOf('p', MAKER, END))}, arrayMap((k, p) -> if(${raw(bitOf('p', MAKER))}, ${raw(instantOf('k'))}, -1), ks, ps), ps) AS last_maker,
    arrayFill((t, p) -> ${raw(bitOf('p', HANDOFF, HUMAN))}, arrayMap((k, p) -> if(${raw(bitOf('p', HANDOFF))}, ${raw(instantOf('k'))}, -1), ks, ps), ps) AS waiting,
    arrayFirst((k, p) -> ${raw(bitOf('p', MAKER))}, ks, ps) AS opener,
    arrayMap((k, p, before, held) -> ${raw(bitOf('p', MAKER))}
      AND (k = opener OR ((before < 0 OR ${raw(instantOf('k'))} - before > gap) AND NOT (held >= 0 AND ${raw(instantOf('k'))} - held <= ${raw(String(HANDOFF_HOLD_MS))}))),
      ks, ps,
      arrayPopBack(arrayPushFront(last_maker, -1)),
      arrayPopBack(arrayPushFront(waiting, -1))) AS cuts,
    arrayFilter((k, c) -> c, ks, cuts) AS starts,
    arrayCumSum(c -> toUInt32(c), cuts) AS piece,
    arrayFilter((n, p) -> ${raw(bitOf('p', LIVE))}, piece, ps) AS live_pieces,
    arrayMap(n -> has(live_pieces, n), arrayEnumerate(starts)) AS live
  FROM (
    SELECT thread,
      groupArrayIf(k, p != 0 OR claim) AS all_k,
      groupArrayIf(p, p != 0 OR claim) AS all_p,
      argMinIf(channel, k, channel != '${raw(channels[0])}') AS thread_channel,
      ${gaps}[toUInt8(thread_channel) + 1] AS gap,
      ${raw(irregularities)}
    FROM (${cuttingEvents(events)})
    GROUP BY thread
    HAVING ${isIrregular(settings)}
  )
)`;
};

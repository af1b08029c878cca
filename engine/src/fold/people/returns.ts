import { vocabulary } from '@botworth/contract/vocabulary';
import { bind, type Fragment, raw, sql } from '../../sql/fragment.ts';
import { eventFlags } from '../../store/schema/event-row.ts';
import { factMask } from '../facts/bits.ts';
import { type FoldRun, prepare } from '../fold-run.ts';

const is = (...names: readonly Parameters<typeof factMask>[0][]): Fragment =>
  sql`bitAnd(facts, ${bind(
    'UInt64',
    names.reduce((mask, name) => mask | factMask(name), 0n),
  )}) != 0`;

const ticketKey =
  'bitOr(bitShiftLeft(toUInt64(toUnixTimestamp64Milli(ts)), 22), bitShiftRight(reinterpretAsUInt64(eid), 42))';
const endKey = 'bitOr(bitShiftLeft(toUInt64(ended_ms), 22), 4194303)';
/** Nobody else returns: a conversation begins before it ends, so that no one's only conversation follows itself. */
const oftenHere = sql`(SELECT person FROM fold_people GROUP BY person HAVING count() > 1)`;
const msOf = (key: string): string => `toInt64(bitShiftRight(${key}, 22))`;

/**
 * The second pass: what only a person's other conversations can say. A return is the first contact or ticket of
 * the same person after the end whose intents hold the primary one or are unknown. What the bot itself continues
 * on another channel is the same issue, and test traffic is nobody's return.
 */
export const findReturns = (run: FoldRun): Promise<void> => {
  const ticketIntent = sql`if(confidence < 0 OR confidence >= toFloat32(${bind('Float64', run.settings.minConfidence)}), transform(intent, ${bind('Array(String)', run.intents.from)}, ${bind('Array(String)', run.intents.to)}, intent), '')`;
  const contacts = sql`SELECT person, arrayJoin(if(empty(topics), [''], topics)) AS topic, start_key FROM fold_people WHERE ${is('meaningful_turn', 'human_from_start')} AND NOT ${is('continued', 'test')} AND person IN ${oftenHere}`;
  const tickets = sql`SELECT person, if(${ticketIntent} IN ('smalltalk', 'human_request'), '', ${ticketIntent}) AS topic, ${raw(ticketKey)} AS start_key FROM fold_adopted WHERE ((code = ${raw(String(vocabulary.ticket_created.code))} AND NOT adopted) OR code = ${raw(String(vocabulary.ticket_reopened.code))}) AND bitAnd(flags, ${raw(String(eventFlags.test | eventFlags.crawler))}) = 0`;
  const candidates = sql`(${contacts} UNION ALL ${tickets})`;
  const concerned = sql`(SELECT person FROM fold_people GROUP BY person HAVING count() > 1 UNION ALL SELECT person FROM fold_adopted)`;
  return prepare(
    run,
    'returns',
    sql`INSERT INTO fold_verdicts
SELECT conv, person,
  if(next_key = 0, 0, toUInt32(least(intDiv(${raw(msOf('next_key'))} - ended_ms + 999, 1000), 4294967295))) AS return_s,
  bitOr(
    if(next_key != 0 AND next_key = unknown_key, ${bind('UInt64', factMask('return_unknown'))}, 0),
    if(first_ms < started_ms, ${bind('UInt64', factMask('returning'))}, 0)) AS facts
FROM (
  SELECT p.conv AS conv, p.person AS person, p.started_ms AS started_ms, p.ended_ms AS ended_ms, f.first_ms AS first_ms, u.start_key AS unknown_key,
    least(if(n.start_key = 0, 18446744073709551615, n.start_key), if(u.start_key = 0, 18446744073709551615, u.start_key)) AS nearest,
    if(nearest = 18446744073709551615, 0, nearest) AS next_key
  FROM (SELECT *, ${raw(endKey)} AS end_key FROM fold_people WHERE person IN ${concerned}) AS p
  INNER JOIN (SELECT person, min(started_ms) AS first_ms FROM fold_people GROUP BY person) AS f ON p.person = f.person
  ASOF LEFT JOIN (SELECT * FROM ${candidates} WHERE topic != '') AS n ON p.person = n.person AND p.intent = n.topic AND p.end_key < n.start_key
  ASOF LEFT JOIN (SELECT * FROM ${candidates} WHERE topic = '') AS u ON p.person = u.person AND p.end_key < u.start_key
)
UNION ALL SELECT conv, person, toUInt32(0), toUInt64(0) FROM fold_people WHERE person NOT IN ${concerned}`,
  );
};

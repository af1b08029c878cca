import { codesWithRole, type EventRole } from '@botworth/contract/vocabulary';
import { bind, type Fragment, raw, sql } from '../sql/fragment.ts';
import { eventFlags } from '../store/schema/event-row.ts';
import { rowColumns, rowMakers } from './facts/columns.ts';
import { markMask, marksExpression } from './facts/event-marks.ts';
import { gathered } from './facts/gathered.ts';
import { namesRead, selectedLayers, withAllRead } from './facts/layers.ts';
import { moments } from './facts/moments.ts';
import { endOfInstant, instantOf, orderKeyExpression, spokenInstant } from './facts/order-key.ts';
import type { FlowSigns } from './flow-signs.ts';
import type { FoldSettings } from './settings.ts';

/** Names as they were sent → ours, '' = not recognised; a name that is not listed stands for itself. */
export interface IntentNames {
  readonly from: readonly string[];
  readonly to: readonly string[];
}

const codes = (...roles: readonly EventRole[]): string => codesWithRole(...roles).join(', ');
const talkRoles = ['turn', 'opening', 'inside', 'session_end'] as const;
const laterRoles = ['feedback', 'business'] as const;

/** Columns of `events` from which the fold's own are computed. */
const readColumns = ['eid', 'ts', 'code', 'kind', 'step', 'intent', 'confidence'] as const;
/** Columns that are carried on as they are. */
const carriedColumns = [
  'workspace_id',
  'thread',
  'thread_id',
  'episode_ms',
  'actor',
  'channel',
  'job',
  'flags',
  'key',
  'bot',
  'bot_version',
  'flow',
  'goal',
  'reason',
  'by',
  'language',
  'device',
  'country',
  'page',
  'source',
  'medium',
  'campaign',
  'variant',
  'continued_from',
  'score',
  'scale',
  'text_hash',
] as const;

/** All that the fold reads of `events`. */
export const sourceColumns: readonly string[] = [...carriedColumns, ...readColumns];

const list = (names: readonly string[]): Fragment => raw(names.map((name) => `\`${name}\``).join(', '));

/** One copy of every event of the threads, with `adopted` = 0. */
export const ownEvents = (workspaceNumber: number, threads: Fragment): Fragment =>
  sql`(SELECT ${list(sourceColumns)}, 0 AS adopted FROM events FINAL PREWHERE workspace_id = ${bind('UInt32', workspaceNumber)} AND ${threads})`;

/** What the fold makes rows of; all else of a thread only lies beside them. */
export const foldedCodes = codes(...talkRoles, ...laterRoles);

/**
 * What the fold reads of each event. `source` is a table or subquery with one copy of every event and `adopted`:
 * 1 for those that join this thread through their person; without that, an event that names no thread and speaks
 * of what came later is left to its person.
 */
export const readEvents = (source: Fragment, settings: FoldSettings, intents: IntentNames): Fragment => sql`
SELECT ${list(carriedColumns)}, adopted, k, ${raw(marksExpression())} AS m,
  if(code IN (${raw(codes(...talkRoles))}), meant, '') AS meant, code IN (${raw(codes(...talkRoles))}) AS talk
FROM (
  SELECT *, ${raw(orderKeyExpression())} AS k,
    if(confidence < 0 OR confidence >= toFloat32(${bind('Float64', settings.minConfidence)}),
      transform(intent, ${bind('Array(String)', intents.from)}, ${bind('Array(String)', intents.to)}, intent), '') AS meant
  FROM (SELECT ${list(sourceColumns)}, adopted FROM ${source}
    WHERE code IN (${raw(foldedCodes)})
      AND (adopted OR code IN (${raw(codes(...talkRoles))}) OR bitAnd(flags, ${raw(String(eventFlags.loose))}) = 0))
)`;

/** `SELECT … FROM inner`, once for each layer of names. */
const layered = (
  inner: Fragment,
  base: readonly string[],
  items: Readonly<Record<string, { readonly sql: string }>>,
  wanted: readonly string[],
): Fragment =>
  selectedLayers(base, items, wanted).reduce<Fragment>(
    (below, layer) =>
      sql`SELECT ${raw(layer.map((one) => (one.sql === undefined ? `\`${one.name}\`` : `${one.sql} AS \`${one.name}\``)).join(',\n  '))}\nFROM (\n${below}\n)`,
    inner,
  );

const own = ['workspace_id', 'thread', 'thread_id', 'is_first'];
const gatheredNames = Object.keys(gathered);
/** What the moments are found from stands in columns; the rest travels past them in one, `kept`. */
const openNames = namesRead(gatheredNames, moments);
const keptNames = namesRead(gatheredNames, rowMakers).filter((name) => !openNames.includes(name));
const foundNames = [...own, 'kept', ...openNames];
/** What the rows are made of. */
const momentNames = [...own, 'kept', ...namesRead([...openNames, ...Object.keys(moments)], rowMakers)];
const rowNames = ['workspace_id', 'thread', 'thread_id', ...Object.keys(rowColumns)];

const gatheredOf = (name: string): string =>
  Object.entries(gathered).find(([other]) => other === name)?.[1].sql ?? '';

/** Each is taken out of `kept` once: a look into a tuple of sixty costs the engine's planner more than a column. */
const unpacked = keptNames.map((name, place) => `kept.${place + 1} AS \`${name}\``);
const rowBase = [...momentNames.filter((name) => name !== 'kept'), ...keptNames];

const makers = markMask('visitor', 'bot_reply', 'human', 'fallback_event', 'opening');

/**
 * Which piece of its thread an event belongs to; 0 = none. A turn belongs where it lies. What happens inside joins
 * the piece that holds, or last began before, its time (or the episode that it names), and before the first piece
 * the first, when that began within the gap. What comes later joins conversations only.
 */
const pieceExpression = (): string => {
  // "Engaged" that stands for a turn makes its piece like one, whatever episode it names.
  const makes = `bitAnd(m, ${makers}) != 0 OR (claims AND bitAnd(m, ${markMask('claims_engaged')}) != 0)`;
  const at = `if(${makes}, k, ${endOfInstant(spokenInstant())})`;
  return `multiIf(
    empty(starts), 1,
    NOT talk, arrayLastIndex((s, l) -> s <= ${at} AND l, starts, live),
    starts[1] <= ${at}, arrayCount(s -> s <= ${at}, starts),
    ${instantOf('starts[1]')} - ${instantOf('k')} <= gap, 1,
    0)`;
};

/** A piece is a conversation where the visitor did something, or a person spoke. */
const liveMarks = markMask('visitor', 'human', 'opening');

/** Events with the piece that each belongs to, where it belongs to one. The events are of one workspace. */
const inPieces = (events: Fragment, cuts: Fragment): Fragment => sql`(
  SELECT * REPLACE (
      if(claims AND bitAnd(m, ${raw(String(markMask('claims_engaged')))}) != 0, bitOr(m, ${raw(String(markMask('visitor', 'meaningful')))}), m) AS m,
      if(thread_id = '', concat('person-', leftPad(lower(hex(thread)), 16, '0')), thread_id) AS thread_id,
      toString(flow) AS flow, toString(meant) AS meant),
    ${raw(pieceExpression())} AS piece,
    empty(starts) OR piece = indexOf(live, 1) AS first_piece
  FROM ${events} AS e
  LEFT JOIN ${cuts} AS c USING (thread)
)`;

/**
 * One row per piece that is a conversation. What several aggregates read is turned into text once, not by each. The
 * events are of one workspace, which need not be in the group's key.
 */
export const gatherConversations = (events: Fragment, cuts: Fragment): Fragment =>
  sql`SELECT max(workspace_id) AS workspace_id, thread, max(thread_id) AS thread_id, max(first_piece) AS is_first,
  tuple(${raw(keptNames.map((name) => gatheredOf(name)).join(',\n    '))}) AS kept,
  ${raw(openNames.map((name) => `${gatheredOf(name)} AS \`${name}\``).join(',\n  '))}
FROM ${inPieces(events, cuts)}
WHERE piece != 0
GROUP BY thread, piece
HAVING bitAnd(all_marks, ${raw(String(liveMarks))}) != 0`;

/**
 * For one reader of one conversation: the order keys of its events, and some of its moments, by the same
 * declarations that its row is made of.
 */
export const findEpisode = (
  events: Fragment,
  cuts: Fragment,
  startedMs: number,
  wanted: readonly (keyof typeof gathered | keyof typeof moments)[],
): Fragment => {
  const needed = withAllRead(wanted, { ...gathered, ...moments });
  const base = ['keys', ...gatheredNames.filter((name) => needed.has(name))];
  const gathering = base.map(
    (name) => `${name === 'keys' ? 'groupArray(k)' : gatheredOf(name)} AS \`${name}\``,
  );
  return layered(
    sql`SELECT ${raw(gathering.join(',\n  '))}
FROM ${inPieces(events, cuts)}
WHERE piece != 0
GROUP BY thread, piece
HAVING bitAnd(groupBitOr(m), ${raw(String(liveMarks))}) != 0 AND ${raw(instantOf(gathered.first_maker.sql))} = ${bind('Int64', startedMs)}`,
    base,
    moments,
    ['keys', ...wanted],
  );
};

/** The moments of each. A statement of its own, as the next one: the engine reads three small ones in half the time. */
export const findMoments = (conversations: Fragment, { flows, signs }: FlowSigns): Fragment =>
  layered(
    sql`SELECT ${list(foundNames)}, arrayMap(f -> transform(f, ${bind('Array(String)', flows)}, ${bind('Array(UInt8)', signs)}, toUInt8(0)), flow_names) AS flow_kinds FROM ${conversations}`,
    [...foundNames, 'flow_kinds'],
    moments,
    momentNames,
  );

/** The rows, without what only the person's other conversations can say. */
export const rowsOf = (conversations: Fragment): Fragment =>
  layered(
    sql`SELECT ${list(momentNames.filter((name) => name !== 'kept'))}, ${raw(unpacked.join(', '))} FROM ${conversations}`,
    rowBase,
    rowMakers,
    rowNames,
  );

import { type Fragment, identifier, raw, sql } from '../sql/fragment.ts';
import type { EventStore } from '../store/port.ts';
import { tables } from '../store/schema/tables.ts';
import { irregularThreads } from './episodes.ts';
import { flowSigns } from './flow-signs.ts';
import type { FoldSettings } from './settings.ts';
import { findMoments, gatherConversations, readEvents, sourceColumns } from './statement.ts';

/** Tables in memory in which one fold prepares its rows; nothing in them outlives it. */
const names = [
  'fold_batch',
  'fold_threads',
  'fold_events',
  'fold_cuts',
  'fold_gathered',
  'fold_moments',
  'fold_rows',
  'fold_again',
  'fold_rows_again',
  'fold_old',
  'fold_persons',
  'fold_keys',
  'fold_people',
  'fold_adopted',
  'fold_verdicts',
  'fold_pairs',
  'fold_seen',
  'fold_talks',
] as const;

export type WorkTable = (typeof names)[number];

/** Name → type of a stored table's columns. */
export const columnTypesOf = (table: string): ReadonlyMap<string, string> => {
  const template = tables.find(({ name }) => name === table);
  if (template === undefined) throw new Error(`No table is called ${table}.`);
  return new Map(
    template.columns.map((column) => {
      const [name = '', ...rest] = column.split(' ');
      return [name.replaceAll('`', ''), rest.join(' ').replace(/ (CODEC|TTL|DEFAULT) ?.*$/, '')];
    }),
  );
};

export const columnsOf = (table: string): readonly string[] => [...columnTypesOf(table).keys()];

/** A deletion needs its key and nothing else: reading the rest of a million rows would take seconds. */
export const deletionOf = (table: string, key: readonly string[]): Fragment =>
  raw(
    [...columnTypesOf(table)]
      .map(([name, type]) => {
        if (key.includes(name)) return name;
        if (name === 'is_deleted') return '1 AS is_deleted';
        if (name === 'version') return 'new_version AS version';
        return `defaultValueOfTypeName('${type.replaceAll("'", "\\'")}') AS \`${name}\``;
      })
      .join(', '),
  );

export const columnList = (columns: readonly string[]): Fragment =>
  raw(columns.map((name) => `\`${name}\``).join(', '));

const UTC: FoldSettings = {
  zone: 'UTC',
  gapMs: [1],
  minConfidence: 0,
  intentMap: {},
  flowGoals: {},
  identityCap: 1,
};

const shapes: Readonly<Record<WorkTable, Fragment>> = {
  fold_batch: sql`SELECT thread, eid, code, flags, key, intent, flow, ties FROM events`,
  fold_threads: sql`SELECT thread FROM events`,
  fold_events: readEvents(sql`(SELECT ${columnList(sourceColumns)}, 0 AS adopted FROM events)`, UTC, {
    from: [],
    to: [],
  }),
  fold_cuts: irregularThreads(raw('fold_events'), UTC),
  fold_gathered: gatherConversations(raw('fold_events'), raw('fold_cuts')),
  fold_moments: findMoments(raw('fold_gathered'), flowSigns([], UTC)),
  fold_rows: sql`SELECT * FROM conversations`,
  fold_again: sql`SELECT thread FROM events`,
  fold_rows_again: sql`SELECT * FROM conversations`,
  fold_old: sql`SELECT * FROM conversations`,
  fold_persons: sql`SELECT person FROM conversations`,
  fold_keys: sql`SELECT key, person FROM identities`,
  fold_people: sql`SELECT conv, day, thread, thread_id, person, started_ms, ended_ms, conv AS start_key, intent, intents AS topics, facts FROM conversations`,
  fold_adopted: sql`SELECT s.*, c.conv AS host, c.thread AS host_thread, c.thread_id AS host_thread_id, c.started_ms AS host_started_ms, c.person AS person, is_deleted AS adopted FROM strays AS s, (SELECT conv, thread, thread_id, started_ms, person FROM conversations) AS c`,
  fold_pairs: sql`SELECT low, high, eid, ts, tied, version, tied AS known, tied AS was_tied, version AS was_version FROM links`,
  fold_seen: sql`SELECT person, day, hour, is_deleted AS is_impression, test AS is_test, person AS t, bot, channel, page, source, medium, campaign, device, language, country FROM person_days`,
  fold_talks: sql`SELECT person, day, bot, n_user FROM conversations`,
  fold_verdicts: sql`SELECT conv, person, return_s, facts FROM conversations`,
};

const options = { tag: 'fold work tables', lane: 'fold' } as const;

/** Made anew by each process: an older version's may have another shape. */
export const makeWorkTables = async (store: EventStore): Promise<void> => {
  // One after the other: the shape of one is read from the one before.
  for (const name of names) {
    await store.run(sql`DROP TABLE IF EXISTS ${identifier(name)} SYNC`, options);
    await store.run(sql`CREATE TABLE ${identifier(name)} ENGINE = Memory EMPTY AS ${shapes[name]}`, options);
  }
};

export const emptyWorkTables = async (store: EventStore, ...which: readonly WorkTable[]): Promise<void> => {
  await Promise.all(
    (which.length === 0 ? names : which).map((name) =>
      store.run(sql`TRUNCATE TABLE ${identifier(name)}`, options),
    ),
  );
};

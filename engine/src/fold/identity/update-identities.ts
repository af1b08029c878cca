import { bind, type Fragment, raw, sql } from '../../sql/fragment.ts';
import { type FoldRun, options, step, versionOf, workspaceIs } from '../fold-run.ts';
import { createBreath } from './breathe.ts';
import { findPeople, type Pair, type People } from './components.ts';

interface StoredIdentity {
  readonly person: bigint;
  readonly capped: boolean;
}

interface Surroundings {
  readonly keys: Set<bigint>;
  readonly pairs: Pair[];
  readonly stored: Map<bigint, StoredIdentity>;
  /** Capped before and untouched: their many ties are not even read. */
  readonly stillCapped: Set<bigint>;
}

const isOneOf = (column: Fragment, keys: Iterable<bigint>): Fragment =>
  sql`${column} IN (SELECT arrayJoin(${bind('Array(UInt64)', [...keys])}))`;

const readIdentities = async (
  run: FoldRun,
  column: Fragment,
  keys: ReadonlySet<bigint>,
  into: Map<bigint, StoredIdentity>,
): Promise<void> => {
  const rows = await run.store.rows<{ key: string; person: string; capped: number }>(
    sql`SELECT key, person, capped FROM identities FINAL WHERE ${workspaceIs(run)} AND ${isOneOf(column, keys)}`,
    options(run, 'identities'),
  );
  for (const row of rows) into.set(BigInt(row.key), { person: BigInt(row.person), capped: row.capped === 1 });
};

/** Everything that a change of these keys' ties can change: the old persons, what is tied now, and so on outward. */
const readSurroundings = async (run: FoldRun, touched: readonly bigint[]): Promise<Surroundings> => {
  const keys = new Set<bigint>();
  const pairs: Pair[] = [];
  const stored = new Map<bigint, StoredIdentity>();
  const stillCapped = new Set<bigint>();
  const loosened = await run.store.rows<{ key: string }>(
    sql`SELECT DISTINCT arrayJoin([low, high]) AS key FROM fold_pairs WHERE NOT tied`,
    options(run, 'untied keys'),
  );
  const untied = new Set(loosened.map(({ key }) => BigInt(key)));
  let frontier = new Set(touched);
  while (frontier.size > 0) {
    await readIdentities(run, sql`key`, frontier, stored);
    const persons = new Set([...frontier].flatMap((key) => stored.get(key)?.person ?? []));
    if (persons.size > 0) {
      const members = new Map<bigint, StoredIdentity>();
      await readIdentities(run, sql`person`, persons, members);
      for (const [key, identity] of members) {
        stored.set(key, identity);
        frontier.add(key);
      }
    }
    const asked = new Set<bigint>();
    for (const key of frontier) {
      if (keys.has(key)) continue;
      keys.add(key);
      if (stored.get(key)?.capped === true && !untied.has(key)) stillCapped.add(key);
      else asked.add(key);
    }
    frontier = new Set();
    if (asked.size === 0) continue;
    const links = await run.store.rows<{ low: string; high: string }>(
      sql`SELECT low, high FROM (
        SELECT low, high, tied FROM links FINAL WHERE ${workspaceIs(run)} AND ${isOneOf(sql`low`, asked)}
        UNION DISTINCT
        SELECT low, high, tied FROM links FINAL WHERE ${workspaceIs(run)} AND ${isOneOf(sql`high`, asked)}
      ) WHERE tied`,
      options(run, 'ties'),
    );
    for (const link of links) {
      const pair: Pair = [BigInt(link.low), BigInt(link.high)];
      pairs.push(pair);
      for (const key of pair) if (!keys.has(key)) frontier.add(key);
    }
  }
  return { keys, pairs, stored, stillCapped };
};

/** A power of two. */
const PARTS = 16;
const LINES_AT_ONCE = 10_000;

const insertIdentities = async (run: FoldRun, rows: readonly object[]): Promise<void> => {
  for (let start = 0; start < rows.length; start += LINES_AT_ONCE) {
    const lines = rows.slice(start, start + LINES_AT_ONCE).map((row) => JSON.stringify(row));
    await run.store.insert('identities', `${lines.join('\n')}\n`, options(run, 'identities'));
  }
};

const identityRow = (
  run: FoldRun,
  key: bigint,
  person: bigint,
  capped: boolean,
  deleted: boolean,
): object => ({
  workspace_id: run.workspaceNumber,
  key: key.toString(),
  person: person.toString(),
  capped: capped ? 1 : 0,
  version: run.version.toString(),
  is_deleted: deleted ? 1 : 0,
});

/** A key alone is its own person and needs no row, unless it is capped, which somebody may want to know. */
const rowsOfPeople = async (run: FoldRun, keys: Iterable<bigint>, people: People) => {
  const breath = createBreath();
  const sizes = new Map<bigint, number>();
  for (const person of people.personOf.values()) {
    sizes.set(person, (sizes.get(person) ?? 0) + 1);
    if (breath.due()) await breath.take();
  }
  const rows = new Map<bigint, object>();
  for (const key of keys) {
    if (breath.due()) await breath.take();
    const person = people.personOf.get(key) ?? key;
    const capped = people.capped.has(key);
    if (capped || (sizes.get(person) ?? 0) > 1) rows.set(key, identityRow(run, key, person, capped, false));
  }
  return rows;
};

/** Who is whom, around the keys whose ties changed. Gives every key that this may concern. */
export const updateIdentities = async (run: FoldRun, touched: readonly bigint[]): Promise<bigint[]> => {
  if (touched.length === 0) return [];
  const { keys, pairs, stored, stillCapped } = await readSurroundings(run, touched);
  const people = await findPeople(pairs, run.settings.identityCap, stillCapped);
  const wanted = await rowsOfPeople(run, keys, people);
  const changes: object[] = [];
  for (const key of keys) {
    if (stillCapped.has(key)) continue;
    const before = stored.get(key);
    const row = wanted.get(key);
    if (row === undefined) {
      if (before !== undefined) changes.push(identityRow(run, key, key, false, true));
    } else if (
      before === undefined ||
      before.person !== (people.personOf.get(key) ?? key) ||
      before.capped !== people.capped.has(key)
    ) {
      changes.push(row);
    }
  }
  await insertIdentities(run, changes);
  return [...keys];
};

/** Who is whom, from all ties. */
export const rebuildIdentities = async (run: FoldRun): Promise<void> => {
  const pairs: Pair[] = [];
  // Part by part: read at once, the text of a million ties would hold up whoever sends an event for seconds.
  for (let part = 0; part < PARTS; part += 1) {
    const links = await run.store.rows<{ low: string; high: string }>(
      sql`SELECT low, high FROM links FINAL WHERE ${workspaceIs(run)} AND tied AND bitAnd(bitShiftRight(low, 32), ${raw(String(PARTS - 1))}) = ${bind('UInt64', BigInt(part))}`,
      options(run, 'all ties'),
    );
    for (const link of links) pairs.push([BigInt(link.low), BigInt(link.high)]);
  }
  const people = await findPeople(pairs, run.settings.identityCap);
  const rows = await rowsOfPeople(run, people.personOf.keys(), people);
  await insertIdentities(run, [...rows.values()]);
  await step(
    run,
    'identities that are gone',
    sql`INSERT INTO identities (workspace_id, key, person, capped, version, is_deleted)
SELECT workspace_id, key, person, capped, ${versionOf(run)}, 1 FROM identities FINAL WHERE ${workspaceIs(run)} AND version < ${versionOf(run)}`,
  );
};

import { bind, raw, sql } from '../../sql/fragment.ts';
import type { EventStore, QueryOptions } from '../../store/port.ts';
import { adoptionOf, startKey } from './gather-people.ts';

export interface Host {
  readonly workspace: number;
  readonly conv: string;
  readonly person: string;
}

/** Ratings and the like that joined this conversation through its person: where they lie among the events. */
export const readAdopted = async (
  store: EventStore,
  { workspace, conv, person }: Host,
  options: QueryOptions,
): Promise<readonly { readonly thread: string; readonly eid: string }[]> => {
  const ours = sql`workspace_id = ${bind('UInt32', workspace)}`;
  const whose = bind('UInt64', BigInt(person));
  const keys = sql`(SELECT ${whose} AS key, ${whose} AS person UNION DISTINCT SELECT key, person FROM identities FINAL WHERE ${ours} AND person = ${whose})`;
  // The greatest version of a row may belong to another person by now: FINAL over whole keys decides.
  const people = sql`(
    SELECT conv, thread, thread_id, person, started_ms, ended_ms, facts, ${raw(startKey)} AS start_key FROM conversations FINAL
    WHERE ${ours} AND person = ${whose} AND (day, conv) IN (SELECT day, conv FROM conversations WHERE ${ours} AND person = ${whose}))`;
  const strays = sql`(SELECT * FROM strays FINAL WHERE ${ours} AND key IN (SELECT key FROM ${keys}))`;
  return store.rows(
    sql`SELECT toString(thread) AS thread, toString(eid) AS eid FROM (${adoptionOf(strays, keys, people)}) WHERE adopted AND host = ${bind('UInt64', BigInt(conv))}`,
    options,
  );
};

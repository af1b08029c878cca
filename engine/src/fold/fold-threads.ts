import { bind, type Fragment, identifier, raw, sql } from '../sql/fragment.ts';
import { eventsOfIrregular, irregularThreads } from './episodes.ts';
import { rowColumns } from './facts/columns.ts';
import { type FoldRun, prepare, prepareEvents, versionOf } from './fold-run.ts';
import {
  findMoments,
  gatherConversations,
  ownEvents,
  readEvents,
  rowsOf,
  sourceColumns,
} from './statement.ts';
import { columnList, columnsOf, columnTypesOf, emptyWorkTables, type WorkTable } from './work-tables.ts';

/** Threads by the upper bits of their hash: so much of a large store is folded at once as memory holds easily. */
interface Slice {
  readonly from: bigint;
  readonly to: bigint;
}

const SLICE_EVENTS = 3_000_000;
const HASHES = 1n << 64n;

const slicesFor = (events: number): readonly Slice[] => {
  const count = BigInt(Math.max(1, Math.ceil(events / SLICE_EVENTS)));
  return Array.from({ length: Number(count) }, (_, index) => ({
    from: (HASHES * BigInt(index)) / count,
    to: (HASHES * BigInt(index + 1)) / count - 1n,
  }));
};

const eventTypes = columnTypesOf('events');
const ofHost: Readonly<Record<string, string>> = {
  episode_ms: 'host_started_ms',
  thread: 'host_thread',
  thread_id: 'host_thread_id',
};
const carriedByStrays = new Set(columnsOf('strays'));
/** Its own person key says nothing about the conversation, and neither does its intent. */
const leftOut = new Set(['key', 'intent']);

/** What joins through its person comes as an event of the host's thread that names the host's episode. */
const adoptedEvents = sql`(SELECT ${raw(
  sourceColumns
    .map((name) => {
      const value = carriedByStrays.has(name) && !leftOut.has(name) ? `s.\`${name}\`` : undefined;
      const type = (eventTypes.get(name) ?? '').replaceAll("'", "\\'");
      return `${ofHost[name] ?? value ?? `defaultValueOfTypeName('${type}')`} AS \`${name}\``;
    })
    .join(', '),
)}, 1 AS adopted FROM fold_adopted AS s WHERE s.adopted)`;

const rowsInto = async (run: FoldRun, target: WorkTable): Promise<void> => {
  const events = raw('fold_events');
  const cut = run.whole ? eventsOfIrregular(events, run.settings) : events;
  await prepare(run, 'cuts', sql`INSERT INTO fold_cuts ${irregularThreads(cut, run.settings)}`);
  await prepare(
    run,
    'conversations',
    sql`INSERT INTO fold_gathered ${gatherConversations(events, raw('fold_cuts'))}`,
  );
  await prepare(
    run,
    'moments',
    sql`INSERT INTO fold_moments ${findMoments(raw('fold_gathered'), run.flows)}`,
  );
  const columns = ['workspace_id', 'thread', 'thread_id', ...Object.keys(rowColumns)];
  await prepare(
    run,
    'rows',
    sql`INSERT INTO ${identifier(target)} (${columnList([...columns, 'version'])}) SELECT ${columnList(columns)}, ${versionOf(run)} FROM (${rowsOf(raw('fold_moments'))})`,
  );
};

const takeEvents = (run: FoldRun, name: string, threads: Fragment): Promise<void> =>
  prepareEvents(
    run,
    name,
    sql`INSERT INTO fold_events ${readEvents(ownEvents(run.workspaceNumber, threads), run.settings, run.intents)}`,
  );

const emptyForRows = (run: FoldRun): Promise<void> =>
  emptyWorkTables(run.store, 'fold_events', 'fold_cuts', 'fold_gathered', 'fold_moments');

/** The events of the dirty threads → `fold_events`. */
export const gatherEvents = (run: FoldRun): Promise<void> =>
  takeEvents(run, 'events', sql`thread IN (SELECT thread FROM fold_threads)`);

/** `fold_events` → `fold_rows`. */
export const makeRows = (run: FoldRun): Promise<void> => rowsInto(run, 'fold_rows');

/** All events → `fold_rows`, slice by slice. */
export const foldAllThreads = async (run: FoldRun, storedEvents: number): Promise<void> => {
  for (const { from, to } of slicesFor(storedEvents)) {
    await emptyForRows(run);
    await takeEvents(run, 'events', sql`thread BETWEEN ${bind('UInt64', from)} AND ${bind('UInt64', to)}`);
    await makeRows(run);
  }
};

/** The threads that take something in through their persons (or did), once more with it → `fold_rows_again`. */
export const foldAgain = async (run: FoldRun): Promise<void> => {
  await emptyForRows(run);
  await takeEvents(run, 'events again', sql`thread IN (SELECT thread FROM fold_again)`);
  await prepareEvents(
    run,
    'adopted events',
    sql`INSERT INTO fold_events ${readEvents(adoptedEvents, run.settings, run.intents)}`,
  );
  await rowsInto(run, 'fold_rows_again');
};

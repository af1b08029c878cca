import type { Freshness } from '@botworth/contract/api';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import { bind, raw, sql } from '../sql/fragment.ts';
import type { EventStore } from '../store/port.ts';
import { compactRows } from './compact-rows.ts';
import type { FoldRun } from './fold-run.ts';
import { createIntentBook, type IntentBook } from './intent-names.ts';
import { type FoldMark, readMarks, writeMark } from './marks.ts';
import { runFold, storedEventsOf } from './run-fold.ts';
import { type FoldSettings, settingsText } from './settings.ts';
import { emptyWorkTables, makeWorkTables } from './work-tables.ts';

export interface FolderParts {
  readonly store: EventStore;
  /** Of the newest policy; null for a workspace that does not exist (any more). */
  readonly settingsOf: (workspaceNumber: number) => Promise<FoldSettings | null> | FoldSettings | null;
  readonly clock: Clock;
  readonly log: Log;
  /** Events answered with 2xx; without it, the stored ones are counted. */
  readonly acknowledged?: (workspaceNumber: number) => number;
  /** Events that arrived so far, of all workspaces: the fold gives way to a flood. */
  readonly arrived?: () => number;
  readonly later?: (run: () => void, ms: number) => void;
  readonly pace?: Partial<FoldPace>;
}

export interface FoldPace {
  /** Most events of one slice of a backlog. */
  readonly sliceEvents: number;
  /** A larger backlog, if it is also a twentieth of all events, is folded from scratch. */
  readonly rebuildEvents: number;
  readonly idleMs: number;
  readonly busyMs: number;
  /** After so long without work the rows are merged. */
  readonly compactMs: number;
}

const standardPace: FoldPace = {
  sliceEvents: 40_000,
  rebuildEvents: 300_000,
  idleMs: 200,
  busyMs: 20,
  compactMs: 60_000,
};

export interface TickReport {
  /** Events that were folded. */
  readonly events: number;
  readonly rebuilt: readonly number[];
  /** More is waiting. */
  readonly behind: boolean;
}

export interface Folder {
  /** Folds what came since the last time, at most a slice of it for each workspace. */
  tick(): Promise<TickReport>;
  start(): void;
  stop(): Promise<void>;
  /** All rows of the workspace from its events, as a new generation. */
  rebuild(workspaceNumber: number): Promise<void>;
  /** The policy may have changed what the rows are folded with: looked at by the next tick. */
  settingsChanged(workspaceNumber: number): void;
  freshness(workspaceNumber: number): Promise<Freshness>;
}

interface Pending {
  readonly workspaceNumber: number;
  readonly last: bigint;
}

const noMark: FoldMark = { seq: 0n, generation: 0, settings: '', version: 0n };

export const createFolder = (parts: FolderParts): Folder => {
  const { store, clock, log } = parts;
  const pace = { ...standardPace, ...parts.pace };
  const later = parts.later ?? ((run, ms) => void setTimeout(run, ms).unref());
  const books = new Map<number, { readonly text: string; readonly book: IntentBook }>();
  /** What the last attempt did with a change is not known: after a start, and after a failure. */
  const healing = new Map<number, boolean>();
  const stale = new Set<number>();
  let marks: Map<number, FoldMark> | null = null;
  /** Nothing at or below is waiting, in any workspace. */
  let scanned = 0n;
  let queue: Promise<unknown> = Promise.resolve();
  let running = false;
  let lastWorkMs = clock.nowMs();
  let compacted = true;

  /** One fold at a time: they share their work tables. */
  const alone = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const result = queue.then(work, work);
    queue = result.catch(() => undefined);
    return result;
  };

  const prepare = async (): Promise<Map<number, FoldMark>> => {
    if (marks !== null) return marks;
    await makeWorkTables(store);
    const read = await readMarks(store);
    for (const workspaceNumber of read.keys()) stale.add(workspaceNumber);
    marks = read;
    return read;
  };

  const bookOf = async (workspaceNumber: number, settings: FoldSettings): Promise<IntentBook> => {
    const text = settingsText(settings);
    const known = books.get(workspaceNumber);
    if (known?.text === text) return known.book;
    const book = createIntentBook(settings);
    const rows = await store.rows<{ intent: string }>(
      sql`SELECT DISTINCT intent FROM events WHERE workspace_id = ${bind('UInt32', workspaceNumber)}`,
      { tag: 'fold intents', lane: 'fold' },
    );
    book.learn(rows.map(({ intent }) => intent));
    books.set(workspaceNumber, { text, book });
    return book;
  };

  const fold = async (
    workspaceNumber: number,
    settings: FoldSettings,
    upTo: bigint,
    whole: boolean,
  ): Promise<void> => {
    const known = await prepare();
    const mark = known.get(workspaceNumber) ?? noMark;
    const now = BigInt(clock.nowMs());
    const version = now > mark.version ? now : mark.version + 1n;
    await emptyWorkTables(store);
    const book = await bookOf(workspaceNumber, settings);
    const wasHealing = healing.get(workspaceNumber) ?? true;
    healing.set(workspaceNumber, true);
    if (!whole) {
      await store.run(
        sql`INSERT INTO fold_batch SELECT thread, eid, code, flags, key, intent, notEmpty(ties) FROM events WHERE workspace_id = ${bind('UInt32', workspaceNumber)} AND seq > ${bind('UInt64', mark.seq)} AND seq <= ${bind('UInt64', upTo)}`,
        { tag: 'fold batch', lane: 'fold' },
      );
      const sent = await store.rows<{ intent: string }>(raw('SELECT DISTINCT intent FROM fold_batch'), {
        tag: 'fold intents',
        lane: 'fold',
      });
      book.learn(sent.map(({ intent }) => intent));
    }
    const run: FoldRun = { store, workspaceNumber, settings, intents: book.names(), whole, version };
    await runFold(run, { storedEvents: whole ? await storedEventsOf(run) : 0, healing: wasHealing });
    const next: FoldMark = {
      seq: upTo,
      generation: mark.generation + (whole ? 1 : 0),
      settings: settingsText(settings),
      version,
    };
    await writeMark(store, workspaceNumber, next, clock.nowMs());
    known.set(workspaceNumber, next);
    healing.set(workspaceNumber, false);
    lastWorkMs = clock.nowMs();
    compacted = false;
  };

  const readPending = async (): Promise<Pending[]> => {
    const rows = await store.rows<{ workspace_id: number; last: string }>(
      sql`SELECT workspace_id, max(seq) AS last FROM events WHERE seq > ${bind('UInt64', scanned)} GROUP BY workspace_id`,
      { tag: 'fold pending', lane: 'fold' },
    );
    return rows.map((row) => ({ workspaceNumber: row.workspace_id, last: BigInt(row.last) }));
  };

  /** Where this slice ends, and how many events it has. */
  const sliceOf = async (workspaceNumber: number, after: bigint) => {
    const above = sql`workspace_id = ${bind('UInt32', workspaceNumber)} AND seq > ${bind('UInt64', after)}`;
    const [row] = await store.rows<{ waiting: string; last: string }>(
      sql`SELECT count() AS waiting, max(seq) AS last FROM events WHERE ${above}`,
      { tag: 'fold slice', lane: 'fold' },
    );
    const waiting = Number(row?.waiting ?? 0);
    if (waiting <= pace.sliceEvents) return { waiting, upTo: BigInt(row?.last ?? 0), events: waiting };
    const [cut] = await store.rows<{ last: string }>(
      sql`SELECT max(seq) AS last FROM (SELECT seq FROM events WHERE ${above} ORDER BY seq LIMIT ${bind('UInt32', pace.sliceEvents)})`,
      { tag: 'fold slice', lane: 'fold' },
    );
    return { waiting, upTo: BigInt(cut?.last ?? 0), events: pace.sliceEvents };
  };

  const foldPending = async (workspaceNumber: number, last: bigint | null) => {
    const known = await prepare();
    const settings = await parts.settingsOf(workspaceNumber);
    if (settings === null) return { events: 0, rebuilt: false, behind: false };
    const mark = known.get(workspaceNumber);
    const changed = mark !== undefined && mark.settings !== settingsText(settings);
    if (!changed && (last === null || last <= (mark?.seq ?? 0n)))
      return { events: 0, rebuilt: false, behind: false };
    const slice = await sliceOf(workspaceNumber, mark?.seq ?? 0n);
    const upTo = slice.upTo > (mark?.seq ?? 0n) ? slice.upTo : (mark?.seq ?? 0n);
    const whole =
      changed ||
      mark === undefined ||
      (slice.waiting > pace.rebuildEvents &&
        slice.waiting * 20 > (await storedEventsOf({ store, workspaceNumber } as FoldRun)));
    const end = whole && last !== null && last > upTo ? last : upTo;
    await fold(workspaceNumber, settings, end, whole);
    return {
      events: whole ? slice.waiting : slice.events,
      rebuilt: whole,
      behind: !whole && slice.waiting > slice.events,
    };
  };

  const tick = (): Promise<TickReport> =>
    alone(async () => {
      await prepare();
      const pending = await readPending();
      const lasts = new Map(pending.map(({ workspaceNumber, last }) => [workspaceNumber, last]));
      let events = 0;
      let behind = false;
      const rebuilt: number[] = [];
      for (const workspaceNumber of new Set([...lasts.keys(), ...stale])) {
        const done = await foldPending(workspaceNumber, lasts.get(workspaceNumber) ?? null);
        stale.delete(workspaceNumber);
        events += done.events;
        behind ||= done.behind;
        if (done.rebuilt) rebuilt.push(workspaceNumber);
      }
      // A slice that is left keeps the look-out where it is, so that the next tick finds it again.
      if (!behind) for (const { last } of pending) if (last > scanned) scanned = last;
      return { events, rebuilt, behind };
    });

  const compactWhenIdle = async (): Promise<void> => {
    if (compacted || clock.nowMs() - lastWorkMs < pace.compactMs) return;
    compacted = true;
    await alone(() => compactRows(store));
  };

  let lookedMs = clock.nowMs();
  let seen = 0;
  /**
   * How much longer than the fold took it waits before the next one. Both want the same cores: in a flood figures
   * may be some seconds late, but nobody who sends should be turned away. Up to 3,000 events a second it never waits.
   */
  const givingWay = (): number => {
    const now = clock.nowMs();
    const arrived = parts.arrived?.() ?? 0;
    const perSecond = ((arrived - seen) * 1000) / Math.max(1, now - lookedMs);
    lookedMs = now;
    seen = arrived;
    return Math.min(8, Math.max(0, (perSecond - 3000) / 1000));
  };

  let failures = 0;
  const loop = async (): Promise<void> => {
    if (!running) return;
    let waitMs = pace.idleMs;
    try {
      const startedMs = clock.nowMs();
      const report = await tick();
      failures = 0;
      if (report.events > 0) {
        waitMs = Math.max(pace.busyMs, Math.min(10_000, (clock.nowMs() - startedMs) * givingWay()));
      } else await compactWhenIdle();
    } catch (error) {
      failures += 1;
      waitMs = Math.min(10_000, 500 * 2 ** Math.min(failures, 5));
      log.error(
        { err: error, waitMs },
        'The fold failed; what it was about stays stored and is tried again.',
      );
    }
    if (running) later(() => void loop(), waitMs);
  };

  return {
    tick,
    start: () => {
      if (running) return;
      running = true;
      void loop();
    },
    stop: async () => {
      running = false;
      await queue;
    },
    rebuild: (workspaceNumber) =>
      alone(async () => {
        const known = await prepare();
        const settings = await parts.settingsOf(workspaceNumber);
        if (settings === null) return;
        const { last } = (await readLast(store, workspaceNumber)) ?? {
          last: known.get(workspaceNumber)?.seq ?? 0n,
        };
        await fold(workspaceNumber, settings, last, true);
      }),
    settingsChanged: (workspaceNumber) => void stale.add(workspaceNumber),
    freshness: async (workspaceNumber) => {
      // In this order: what comes in between makes it look less fresh, never fresher than it is.
      const counted = parts.acknowledged?.(workspaceNumber);
      const seq = (marks ?? (await readMarks(store))).get(workspaceNumber)?.seq ?? 0n;
      const [row] = await store.rows<{ waiting: string; stored: string; oldest_ms: string }>(
        sql`SELECT countIf(seq > ${bind('UInt64', seq)}) AS waiting, count() AS stored, toUnixTimestamp64Milli(minIf(received_at, seq > ${bind('UInt64', seq)})) AS oldest_ms FROM events WHERE workspace_id = ${bind('UInt32', workspaceNumber)}${counted === undefined ? sql`` : sql` AND seq > ${bind('UInt64', seq)}`}`,
        { tag: 'freshness' },
      );
      const waiting = Number(row?.waiting ?? 0);
      const acknowledged = counted ?? Number(row?.stored ?? 0);
      return {
        acknowledged,
        folded: Math.max(0, acknowledged - waiting),
        lag_ms: waiting === 0 ? 0 : Math.max(0, clock.nowMs() - Number(row?.oldest_ms ?? 0)),
      };
    },
  };
};

const readLast = async (
  store: EventStore,
  workspaceNumber: number,
): Promise<{ last: bigint } | undefined> => {
  const [row] = await store.rows<{ last: string }>(
    sql`SELECT max(seq) AS last FROM events WHERE workspace_id = ${bind('UInt32', workspaceNumber)}`,
    { tag: 'fold last', lane: 'fold' },
  );
  return row === undefined ? undefined : { last: BigInt(row.last) };
};

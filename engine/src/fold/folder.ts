import type { Freshness } from '@botworth/contract/api';
import { codesWithRole } from '@botworth/contract/vocabulary';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import { bind, raw, sql } from '../sql/fragment.ts';
import type { EventStore } from '../store/port.ts';
import { countStored, createBacklog, endOfSlice, lastStored } from './backlog.ts';
import { compactRows } from './compact-rows.ts';
import { createFailures, type StuckFold } from './failures.ts';
import { flowSigns } from './flow-signs.ts';
import type { FoldRun } from './fold-run.ts';
import { type Acknowledged, readFreshness } from './freshness.ts';
import { createIntentBook, type IntentBook } from './intent-names.ts';
import { type FoldMark, readMarks, writeMark } from './marks.ts';
import { runFold } from './run-fold.ts';
import { type FoldSettings, settingsText } from './settings.ts';
import { emptyWorkTables, makeWorkTables } from './work-tables.ts';

export interface FolderParts {
  readonly store: EventStore;
  /** Of the newest policy; null for a workspace that does not exist (any more). */
  readonly settingsOf: (workspaceNumber: number) => Promise<FoldSettings | null> | FoldSettings | null;
  readonly clock: Clock;
  readonly log: Log;
  /** What was answered with 2xx; without it, what is stored is counted. */
  readonly acknowledged?: (workspaceNumber: number) => Acknowledged;
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
  /** Workspaces that could not be folded; they are left alone for a while. */
  readonly failed: readonly { readonly workspaceNumber: number; readonly error: unknown }[];
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
  /** What could not be folded for some minutes, each try of which failed: its rows stay as they are. */
  stuck(): readonly StuckFold[];
}

/** What was ever sent as an intent or a flow, as these settings read it. */
interface Names {
  readonly text: string;
  readonly book: IntentBook;
  readonly flows: Set<string>;
}

const exposureCodes = codesWithRole('exposure').join(', ');
const SHARED_SLICE = 4;
const NOT_FOLDED = 'The fold failed; what it was about stays stored and is tried again.';
const backOffMs = (failures: number): number => Math.min(10_000, 500 * 2 ** Math.min(failures, 5));
const noMark: FoldMark = { seq: 0n, generation: 0, settings: '', version: 0n };

export const createFolder = (parts: FolderParts): Folder => {
  const { store, clock, log } = parts;
  const pace = { ...standardPace, ...parts.pace };
  const later = parts.later ?? ((run, ms) => void setTimeout(run, ms).unref());
  const books = new Map<number, Names>();
  /** What the last attempt did with a change is not known: after a start, and after a failure. */
  const healing = new Map<number, boolean>();
  const stale = new Set<number>();
  const failing = createFailures(clock);
  const paused = new Map<number, { readonly failures: number; readonly untilMs: number }>();
  let marks: Map<number, FoldMark> | null = null;
  const backlog = createBacklog(store);
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

  const namesOf = async (workspaceNumber: number, settings: FoldSettings): Promise<Names> => {
    const text = settingsText(settings);
    const known = books.get(workspaceNumber);
    if (known?.text === text) return known;
    const book = createIntentBook(settings);
    const [sent] = await store.rows<{ intents: string[]; flows: string[] }>(
      sql`SELECT groupUniqArray(intent) AS intents, groupUniqArray(flow) AS flows FROM events WHERE workspace_id = ${bind('UInt32', workspaceNumber)}`,
      { tag: 'fold names', lane: 'fold' },
    );
    book.learn(sent?.intents ?? []);
    const names: Names = { text, book, flows: new Set(sent?.flows) };
    books.set(workspaceNumber, names);
    return names;
  };

  /** The new events → `fold_batch`, and what is in them at all. */
  const readBatch = async (
    workspaceNumber: number,
    after: bigint,
    upTo: bigint,
    { book, flows }: Names,
  ): Promise<FoldRun['holds']> => {
    await store.run(
      sql`INSERT INTO fold_batch SELECT thread, eid, code, flags, key, intent, flow, ties FROM events WHERE workspace_id = ${bind('UInt32', workspaceNumber)} AND seq > ${bind('UInt64', after)} AND seq <= ${bind('UInt64', upTo)}`,
      { tag: 'fold batch', lane: 'fold', maxThreads: 1 },
    );
    const [found] = await store.rows<{ intents: string[]; flows: string[]; ties: number; exposures: number }>(
      sql`SELECT groupUniqArray(intent) AS intents, groupUniqArray(flow) AS flows, max(notEmpty(ties)) AS ties, max(code IN (${raw(exposureCodes)})) AS exposures FROM fold_batch`,
      { tag: 'fold batch', lane: 'fold', maxThreads: 1 },
    );
    book.learn(found?.intents ?? []);
    for (const flow of found?.flows ?? []) flows.add(flow);
    return { ties: found?.ties === 1, exposures: found?.exposures === 1 };
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
    // A whole fold reads no batch that would name what is new.
    if (whole) books.delete(workspaceNumber);
    const names = await namesOf(workspaceNumber, settings);
    const wasHealing = healing.get(workspaceNumber) ?? true;
    healing.set(workspaceNumber, true);
    const holds = whole
      ? { ties: true, exposures: true }
      : await readBatch(workspaceNumber, mark.seq, upTo, names);
    const run: FoldRun = {
      store,
      workspaceNumber,
      settings,
      intents: names.book.names(),
      flows: flowSigns([...names.flows], settings),
      whole,
      version,
      holds,
    };
    await runFold(run, {
      storedEvents: whole ? await countStored(store, workspaceNumber) : 0,
      healing: wasHealing,
    });
    if (whole) await emptyWorkTables(store);
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

  const nothing = { events: 0, rebuilt: false, behind: false };

  /** A slice of what is owed, or everything anew where the settings changed or most of it is waiting. */
  const foldOwed = async (workspaceNumber: number, sliceEvents: number) => {
    const known = await prepare();
    const settings = await parts.settingsOf(workspaceNumber);
    if (settings === null) return nothing;
    const mark = known.get(workspaceNumber);
    const done = mark?.seq ?? 0n;
    const { last, waiting } = backlog.of(workspaceNumber) ?? { last: done, waiting: 0 };
    const changed = mark !== undefined && mark.settings !== settingsText(settings);
    if (!changed && last <= done) {
      backlog.settle(workspaceNumber);
      return nothing;
    }
    const whole =
      changed ||
      mark === undefined ||
      (waiting > pace.rebuildEvents && waiting * 20 > (await countStored(store, workspaceNumber)));
    const sliced = !whole && waiting > sliceEvents;
    const end = sliced ? await endOfSlice(store, workspaceNumber, done, sliceEvents) : last;
    await fold(workspaceNumber, settings, end, whole);
    backlog.settle(workspaceNumber, sliced ? sliceEvents : undefined);
    return { events: sliced ? sliceEvents : waiting, rebuilt: whole, behind: sliced };
  };

  /** What one workspace sent, or how its policy reads, must not keep the others waiting. */
  const pause = (workspaceNumber: number): void => {
    const failures = (paused.get(workspaceNumber)?.failures ?? 0) + 1;
    paused.set(workspaceNumber, { failures, untilMs: clock.nowMs() + backOffMs(failures) });
  };

  const lookOut = async (): Promise<void> => {
    try {
      await backlog.lookOut(await prepare());
      failing.settle(null);
    } catch (error) {
      failing.note(null);
      throw error;
    }
  };

  const tick = (): Promise<TickReport> =>
    alone(async () => {
      await lookOut();
      let events = 0;
      let behind = false;
      const rebuilt: number[] = [];
      const failed: { workspaceNumber: number; error: unknown }[] = [];
      // The least first, and less at once where others wait: a flood in one workspace is not felt in the next.
      const waitingOf = (workspaceNumber: number): number => backlog.of(workspaceNumber)?.waiting ?? 0;
      const owed = [...new Set([...backlog.workspaces(), ...stale])].sort(
        (left, right) => waitingOf(left) - waitingOf(right),
      );
      failing.keepOnly(owed);
      const sliceEvents = owed.length > 1 ? pace.sliceEvents / SHARED_SLICE : pace.sliceEvents;
      for (const workspaceNumber of owed) {
        if (clock.nowMs() < (paused.get(workspaceNumber)?.untilMs ?? 0)) continue;
        try {
          const done = await foldOwed(workspaceNumber, sliceEvents);
          stale.delete(workspaceNumber);
          paused.delete(workspaceNumber);
          failing.settle(workspaceNumber);
          events += done.events;
          behind ||= done.behind;
          if (done.rebuilt) rebuilt.push(workspaceNumber);
        } catch (error) {
          pause(workspaceNumber);
          failing.note(workspaceNumber);
          failed.push({ workspaceNumber, error });
        }
      }
      return { events, rebuilt, behind, failed };
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
   * The step is steep: a fold that waits a little slows the door to a rate at which it need not wait.
   */
  const givingWay = (): number => {
    const now = clock.nowMs();
    const arrived = parts.arrived?.() ?? 0;
    const perSecond = ((arrived - seen) * 1000) / Math.max(1, now - lookedMs);
    lookedMs = now;
    seen = arrived;
    return Math.min(8, Math.max(0, (perSecond - 3000) / 250));
  };

  let failures = 0;
  const loop = async (): Promise<void> => {
    if (!running) return;
    let waitMs = pace.idleMs;
    try {
      const startedMs = clock.nowMs();
      const report = await tick();
      failures = 0;
      for (const { workspaceNumber, error } of report.failed)
        log.error({ err: error, workspaceNumber }, NOT_FOLDED);
      if (report.events > 0) {
        waitMs = Math.max(pace.busyMs, Math.min(10_000, (clock.nowMs() - startedMs) * givingWay()));
      } else await compactWhenIdle();
    } catch (error) {
      failures += 1;
      waitMs = backOffMs(failures);
      log.error({ err: error, waitMs }, NOT_FOLDED);
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
        const done = (await prepare()).get(workspaceNumber)?.seq ?? 0n;
        const settings = await parts.settingsOf(workspaceNumber);
        if (settings === null) return;
        const last = await lastStored(store, workspaceNumber);
        await fold(workspaceNumber, settings, last > done ? last : done, true);
      }),
    stuck: () => failing.stuck(),
    settingsChanged: (workspaceNumber) => void stale.add(workspaceNumber),
    freshness: async (workspaceNumber) => {
      const acknowledged = parts.acknowledged?.(workspaceNumber);
      const settings = await parts.settingsOf(workspaceNumber);
      const mark = (marks ?? (await readMarks(store))).get(workspaceNumber);
      // Rows that were folded under other settings are not the figures of today's policy.
      const isCurrent = settings === null || mark?.settings === settingsText(settings);
      return readFreshness(store, workspaceNumber, {
        upTo: isCurrent ? (mark?.seq ?? 0n) : 0n,
        acknowledged,
        nowMs: clock.nowMs(),
      });
    },
  };
};

import { defaultPolicy, type PolicyDocument } from '@botworth/contract/policy';
import type { Hono } from 'hono';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import { sql } from '../sql/fragment.ts';
import type { EventStore, StateStore } from '../store/port.ts';
import { createContactHasher } from './canonical/contact-hash.ts';
import { type CommitLimits, createGroupCommit } from './commit/group-commit.ts';
import { createRecentEvents } from './commit/recent-events.ts';
import { createSequence, type Sequence } from './commit/sequence.ts';
import { createCounters, type WorkspaceCounts } from './counters.ts';
import { createCollectRoutes } from './http/routes.ts';

export interface CollectorParts {
  readonly store: EventStore;
  readonly state: Pick<StateStore, 'matchWriteKey'>;
  readonly clock: Clock;
  readonly log: Log;
  /** Keys the hashes of e-mail addresses and phone numbers. */
  readonly secret: string;
  /** The newest policy's rules for test traffic; the defaults where nobody says. */
  readonly testTrafficOf?: (workspaceNumber: number) => PolicyDocument['test_traffic'];
  readonly later?: (run: () => void, ms: number) => void;
  readonly limits?: CommitLimits;
  readonly windowEvents?: number;
}

export interface CollectorStats {
  readonly workspaces: ReadonlyMap<number, Readonly<WorkspaceCounts>>;
  readonly queued: { readonly rows: number; readonly bytes: number };
  /** Events written since the start, of all workspaces. */
  readonly arrived: number;
  readonly lastSeq: bigint;
}

export interface Collector {
  /** All addresses of the collect door; to be mounted at `/`. */
  readonly routes: Hono;
  /** Reads from the store where it left off. Until then the door answers 503. */
  start(): Promise<void>;
  stats(): CollectorStats;
  /** Of one workspace: all that was answered with 2xx, and what of it the store cannot read yet. */
  acknowledged(workspaceNumber: number): { events: number; onTheWay: number; sinceMs?: number };
  /** Takes nothing new; resolves when all that was taken is durable and answered. */
  drain(): Promise<void>;
}

/** Ids remembered to count duplicates: some 40 MB. */
const WINDOW_EVENTS = 200_000;

const readStored = (
  store: EventStore,
): Promise<{ workspace_id: number; events: string; last_seq: string }[]> =>
  store.rows(
    sql`SELECT workspace_id, count() AS events, max(seq) AS last_seq FROM events GROUP BY workspace_id`,
    { tag: 'collect start' },
  );

export const createCollector = (parts: CollectorParts): Collector => {
  const { store, clock, log } = parts;
  const standard = defaultPolicy().test_traffic;
  const counters = createCounters();
  const recent = createRecentEvents(parts.windowEvents ?? WINDOW_EVENTS);
  let sequence: Sequence = createSequence(0n, clock.nowMs);
  let state: 'new' | 'open' | 'draining' = 'new';

  const commit = createGroupCommit({
    append: (lines) => store.append(lines),
    sequence: { take: (count) => sequence.take(count), last: () => sequence.last() },
    recent,
    nowMs: clock.nowMs,
    later: parts.later ?? ((run, ms) => void setTimeout(run, ms)),
    ...(parts.limits === undefined ? {} : { limits: parts.limits }),
  });

  const routes = createCollectRoutes({
    state: parts.state,
    clock,
    log,
    hasher: createContactHasher(parts.secret),
    testTrafficOf: parts.testTrafficOf ?? (() => standard),
    isOpen: () => state === 'open',
    commit,
    counters,
  });

  return {
    routes,
    start: async () => {
      let greatest = 0n;
      for (const { workspace_id, events, last_seq } of await readStored(store)) {
        const counts = counters.of(workspace_id);
        counts.acknowledged = Number(events);
        counts.lastSeq = BigInt(last_seq);
        if (counts.lastSeq > greatest) greatest = counts.lastSeq;
      }
      sequence = createSequence(greatest, clock.nowMs);
      if (state === 'new') state = 'open';
    },
    stats: () => ({
      workspaces: counters.all(),
      queued: commit.queued(),
      arrived: commit.written(),
      lastSeq: sequence.last(),
    }),
    acknowledged: (workspaceNumber) => {
      const { acknowledged: events, onTheWay } = counters.of(workspaceNumber);
      const [oldest] = onTheWay;
      let waiting = 0;
      for (const one of onTheWay) waiting += one.events;
      return {
        events,
        onTheWay: waiting,
        ...(oldest === undefined ? {} : { sinceMs: oldest.sinceMs }),
      };
    },
    drain: async () => {
      state = 'draining';
      await commit.idle();
    },
  };
};

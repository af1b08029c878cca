import { AppError } from '../base/app-error.ts';
import { type Clock, systemClock } from '../base/clock.ts';
import { silentLog } from '../base/log.ts';
import { insertApart } from '../store/insert-apart.ts';
import type { EventStore, StateStore, Workspace } from '../store/port.ts';
import { type Collector, type CollectorParts, createCollector } from './collector.ts';

export type StoredEvent = Readonly<Record<string, unknown>>;

/** An event store that only records what is written, and fails when told to. */
export interface RecordingStore extends EventStore {
  readonly inserts: StoredEvent[][];
  /** By event id, the first copy. */
  events(): ReadonlyMap<string, StoredEvent>;
  /** Thrown by the next inserts, one each; `undefined` lets one pass. */
  readonly failures: (Error | undefined)[];
  /** While set, inserts wait for it. */
  gate: Promise<void> | undefined;
  /** Event ids that no insert may hold. */
  readonly poison: Set<string>;
  stored: { workspace_id: number; events: string; last_seq: string }[];
}

const recordingStore = (): RecordingStore => {
  const inserts: StoredEvent[][] = [];
  const store: RecordingStore = {
    kind: 'chdb',
    inserts,
    failures: [],
    gate: undefined,
    poison: new Set(),
    stored: [],
    events: () => {
      const first = new Map<string, StoredEvent>();
      for (const event of inserts.flat())
        if (!first.has(String(event.event_id))) first.set(String(event.event_id), event);
      return first;
    },
    rows: async <Row>() => store.stored as Row[],
    run: async () => undefined,
    append: async (lines) => ({
      refused: await insertApart((piece) => store.insert('events', piece, { tag: 'test' }), lines),
    }),
    settle: async () => undefined,
    insert: async (_table, lines) => {
      const text = typeof lines === 'string' ? lines : Buffer.from(lines).toString('utf8');
      await store.gate;
      const failure = store.failures.shift();
      if (failure !== undefined) throw failure;
      const rows: StoredEvent[] = text
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line));
      if (rows.some(({ event_id }) => store.poison.has(String(event_id))))
        throw new Error('Code: 27. DB::Exception: Cannot parse input');
      inserts.push(rows);
    },
    ping: async () => undefined,
    close: async () => undefined,
  };
  return store;
};

const workspaceOf = (number: number): Workspace => ({
  id: `w_${number}`,
  number,
  name: 'Shop',
  timezone: 'UTC',
  currency: 'EUR',
  created_at: '2026-01-01T00:00:00.000Z',
  demo: false,
});

/** Two workspaces with the keys `wk` and `wk2`; `down` fails as an unreachable state store does. */
export const keysOnly: Pick<StateStore, 'matchWriteKey'> = {
  matchWriteKey: async (secret) => {
    if (secret === 'down') throw new AppError('storage_unavailable', 'The state store does not answer.');
    if (secret === 'wk') return { keyId: 'k_1', workspace: workspaceOf(1) };
    if (secret === 'wk2') return { keyId: 'k_2', workspace: workspaceOf(2) };
    return null;
  },
};

export const startCollector = async (
  changes: Partial<CollectorParts> & { readonly clock?: Clock } = {},
): Promise<{ collector: Collector; store: RecordingStore }> => {
  const store = recordingStore();
  const collector = createCollector({
    store,
    state: keysOnly,
    clock: systemClock,
    log: silentLog,
    secret: 'secret',
    ...changes,
  });
  await collector.start();
  return { collector, store };
};

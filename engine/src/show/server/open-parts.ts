import { randomBytes } from 'node:crypto';
import type { Clock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import { createCollector } from '../../collect/collector.ts';
import type { Config } from '../../config/read-config.ts';
import { createExplain } from '../../explain/explain.ts';
import { createFolder, type Folder } from '../../fold/folder.ts';
import { foldSettings } from '../../fold/settings.ts';
import { createMeasure } from '../../measure/measure.ts';
import type { DataFolder } from '../../store/data-folder.ts';
import { openEventStore, openStateStore } from '../../store/open-stores.ts';
import type { StateStore } from '../../store/port.ts';
import { createEntryKeys } from '../auth/entry-keys.ts';
import { createWrongTokens } from '../auth/wrong-tokens.ts';
import type { DemoPart, Parts } from '../parts.ts';
import { createInstruments } from '../telemetry/instruments.ts';
import { createPolicyCache } from './policy-cache.ts';
import { stuckFolds } from './stuck-folds.ts';

export interface OpenParts {
  readonly parts: Parts;
  /** From now on the answer is "not ready". */
  readonly beginStop: () => void;
  /** Everything that was taken becomes durable and, as far as the time allows, visible; then the stores close. */
  readonly close: () => Promise<void>;
}

export interface Surroundings {
  readonly clock: Clock;
  readonly log: Log;
  readonly version: string;
  readonly pagesDir: string;
  /** Makes the demo for a server at this address; absent where the composition has none. */
  readonly demo?: (server: {
    readonly url: string;
    readonly token: string;
    readonly state: StateStore;
  }) => DemoPart;
}

/** A stop must not wait for a backlog: the fold goes on where it was at the next start. */
const LAST_FOLD_MS = 10_000;
/** Policies are also read now and then, for what another process changed. */
const POLICY_REFRESH_MS = 30_000;

/** Until nothing waits any more, or the time is over. */
const foldAll = async (fold: Folder, { clock, log }: Surroundings, untilMs: number): Promise<void> => {
  for (;;) {
    const { events, behind, failed } = await fold.tick();
    for (const { workspaceNumber, error } of failed)
      log.error({ err: error, workspaceNumber }, 'the rows of this workspace are not up to date');
    if ((events === 0 && !behind) || clock.nowMs() >= untilMs) return;
  }
};

/** All parts in one process, in the order in which they stand on each other. Closing them releases the folder. */
export const openParts = async (
  config: Config,
  folder: DataFolder,
  around: Surroundings,
  url: string | null,
): Promise<OpenParts> => {
  const { clock, log, version, pagesDir, demo } = around;
  const opened = await Promise.allSettled([
    openEventStore(folder, config, log),
    openStateStore(folder, config, log),
  ]);
  const [events, states] = opened;
  if (events.status === 'rejected' || states.status === 'rejected') {
    for (const one of opened) if (one.status === 'fulfilled') await one.value.close();
    throw events.status === 'rejected' ? events.reason : (states as PromiseRejectedResult).reason;
  }
  const [store, state] = [events.value, states.value];

  const policies = createPolicyCache(state);
  await policies.refresh();
  const collector = createCollector({
    store,
    state,
    clock,
    log,
    secret: folder.secret,
    testTrafficOf: (number) => policies.newest(number).document.test_traffic,
  });
  const fold: Folder = createFolder({
    store,
    clock,
    log,
    settingsOf: async (number) => {
      const known = await policies.find(number);
      return known === null ? null : foldSettings(known.policy.document, known.workspace.timezone);
    },
    acknowledged: (number) => collector.acknowledged(number),
    arrived: () => collector.stats().arrived,
  });
  const refreshPolicies = async (): Promise<void> => {
    for (const number of await policies.refresh()) fold.settingsChanged(number);
  };
  await collector.start();
  // Nobody sends to a command line: one catch-up makes its figures whole.
  if (url === null) await foldAll(fold, around, Number.POSITIVE_INFINITY);
  else fold.start();
  const refreshing = setInterval(() => {
    refreshPolicies().catch((error: unknown) => log.warn({ err: error }, 'the policies could not be read'));
  }, POLICY_REFRESH_MS);
  refreshing.unref();

  const measure = createMeasure({ store, clock });
  let isServing = true;
  const localToken = randomBytes(24).toString('base64url');
  const instruments = createInstruments({
    ingest: () => {
      const { workspaces, queued } = collector.stats();
      const refused = new Map<string, number>();
      const sums = { acknowledged: 0, duplicates: 0, conflicts: 0 };
      for (const counts of workspaces.values()) {
        sums.acknowledged += counts.acknowledged;
        sums.duplicates += counts.duplicates;
        sums.conflicts += counts.conflicts;
        for (const [reason, count] of counts.refused) refused.set(reason, (refused.get(reason) ?? 0) + count);
      }
      return { ...sums, queued: queued.rows, refused };
    },
    foldLagSeconds: async () => {
      const all = await Promise.all(policies.workspaces().map(({ number }) => fold.freshness(number)));
      return Math.max(0, ...all.map(({ lag_ms }) => lag_ms)) / 1000;
    },
  });

  const parts: Parts = {
    state,
    store,
    clock,
    log,
    version,
    pagesDir,
    instruments,
    measure,
    explain: createExplain({ store, clock, measure }),
    freshness: (number) => fold.freshness(number),
    policyChanged: refreshPolicies,
    adminToken: config.adminToken ?? null,
    localToken,
    secret: folder.secret,
    host: config.host,
    allowedHosts: config.allowedHosts,
    isServing: () => isServing,
    stuckFolds: () => stuckFolds(fold.stuck(), policies.workspaces()),
    collectRoutes: collector.routes,
    entryKeys: createEntryKeys(clock),
    wrongTokens: createWrongTokens((run, ms) => void setTimeout(run, ms)),
    demo: demo === undefined || url === null ? null : demo({ url, token: localToken, state }),
  };
  return {
    parts,
    beginStop: () => {
      isServing = false;
      parts.demo?.stop();
    },
    close: async () => {
      clearInterval(refreshing);
      await collector.drain();
      await store
        .settle()
        .catch((error: unknown) =>
          log.error(
            { err: error },
            'the journal keeps what the store did not take; the next start brings it in',
          ),
        );
      await fold.stop();
      await foldAll(fold, around, clock.nowMs() + LAST_FOLD_MS).catch((error: unknown) =>
        log.error({ err: error }, 'the last fold failed; the next start does it again'),
      );
      await Promise.allSettled([store.close(), state.close()]);
      folder.release();
    },
  };
};

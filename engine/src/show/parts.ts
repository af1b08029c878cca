import type { Freshness } from '@botworth/contract/api';
import type { DemoRequest, DemoStatus } from '@botworth/contract/demo';
import type { Hono } from 'hono';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { Explain } from '../explain/explain.ts';
import type { Measure } from '../measure/measure.ts';
import type { EventStore, StateStore } from '../store/port.ts';
import type { EntryKeys } from './auth/entry-keys.ts';
import type { WrongTokens } from './auth/wrong-tokens.ts';
import type { Instruments } from './telemetry/instruments.ts';

/** Fills a workspace with a simulated shop, through the front door of this server. */
export interface DemoPart {
  start(request: DemoRequest): Promise<{ readonly workspace_id: string }>;
  status(): Promise<DemoStatus>;
  stop(): void;
}

/** What the routes stand on. Tests hand in fakes. */
export interface Parts {
  readonly state: StateStore;
  readonly store: Pick<EventStore, 'kind' | 'ping'>;
  readonly measure: Pick<Measure, 'catalogue' | 'ask'>;
  readonly explain: Explain;
  readonly freshness: (workspaceNumber: number) => Promise<Freshness>;
  /** A workspace or a policy is new: resolves when all parts know its rules. */
  readonly policyChanged: () => Promise<void>;
  readonly clock: Clock;
  readonly log: Log;
  /** Null: nobody holds one, the browser enters by a one-time link. */
  readonly adminToken: string | null;
  /** For the command line on this machine: changes with every start. */
  readonly localToken: string;
  readonly secret: string;
  /** The address that the server is bound to, which decides whose Host header it believes. */
  readonly host: string;
  readonly allowedHosts: readonly string[];
  /** False from the first moment of a stop. */
  readonly isServing: () => boolean;
  /** Workspaces whose events could not be folded for some minutes, once none is served; a null id is the fold as a whole. */
  readonly stuckFolds: () => readonly { readonly workspaceId: string | null; readonly sinceMs: number }[];
  readonly collectRoutes: Hono;
  /** Where the built pages lie. */
  readonly pagesDir: string;
  readonly instruments: Instruments;
  /** Null where the composition has none. */
  readonly demo: DemoPart | null;
  readonly entryKeys: EntryKeys;
  readonly wrongTokens: WrongTokens;
  /** Adds to the log and to the trail that accounts can read. */
  readonly version: string;
}

import type { PolicyVersion, WorkspaceSummary, WriteKeySummary } from '@botworth/contract/api';
import type { PolicyDocument } from '@botworth/contract/policy';
import type { Fragment } from '../sql/fragment.ts';

/** What every statement carries: who asked, for the engine's own log, and how much it may take. */
export interface QueryOptions {
  /** Route, metric ids, workspace: written to the engine's log with the statement. */
  readonly tag: string;
  readonly maxSeconds?: number;
  readonly maxMemoryBytes?: number;
  /** `read` runs beside others of its kind; `fold` and `write` have a lane of their own. Default `read`. */
  readonly lane?: 'read' | 'write' | 'fold';
  readonly maxThreads?: number;
}

/** Events, conversations and all that is computed from them. Both adapters speak the same dialect. */
export interface EventStore {
  readonly kind: 'chdb' | 'clickhouse';
  /** Rows come back as parsed JSON; 64-bit integers and decimals as strings. */
  rows<Row>(statement: Fragment, options: QueryOptions): Promise<Row[]>;
  /** DDL, INSERT … SELECT, SET-like statements without an answer. */
  run(statement: Fragment, options: QueryOptions): Promise<void>;
  /** JSONEachRow lines, durable (fsynced) when the promise resolves, all or nothing. */
  insert(table: string, lines: Uint8Array | string, options: QueryOptions): Promise<void>;
  /** Event lines, durable when the promise resolves, in rising order of their sequence. Readable at once or soon after. */
  append(lines: Uint8Array): Promise<Appended>;
  /** All that was appended so far is readable; rejects while the table takes nothing. */
  settle(): Promise<void>;
  /** Cheap sign of life for readiness. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

export interface Appended {
  /** Places of lines that the table refused for what is in them; all others are kept. */
  readonly refused: readonly number[];
  /** Where they are readable only later: resolves then, with the places that were refused after all. */
  readonly landed?: Promise<readonly number[]>;
}

export interface Workspace extends WorkspaceSummary {
  /** The number that rows in the event store carry. */
  readonly number: number;
  /** True for a workspace that `botworth demo` filled. */
  readonly demo: boolean;
}

export interface PolicySave {
  readonly basedOn: number;
  readonly document: PolicyDocument;
  readonly author: string;
  readonly reason: string;
  readonly at: Date;
}

export type PolicySaved =
  | { readonly saved: PolicyVersion }
  | { readonly conflict: { readonly newest: number } };

/** A key that may send events. Only a keyed hash is kept; `secret` exists once, in the answer that made it. */
export interface WriteKeyMade {
  readonly summary: WriteKeySummary;
  readonly secret: string;
}

export interface WriteKeyMatch {
  readonly keyId: string;
  readonly workspace: Workspace;
}

/** Accounts, keys, policies: everything that people own. */
export interface StateStore {
  readonly kind: 'pglite' | 'postgres';
  createWorkspace(input: {
    name: string;
    timezone: string;
    currency: string;
    demo: boolean;
    at: Date;
  }): Promise<{ workspace: Workspace; writeKey: WriteKeyMade }>;
  listWorkspaces(): Promise<Workspace[]>;
  findWorkspace(id: string): Promise<Workspace | null>;

  makeWriteKey(workspaceId: string, input: { name: string; at: Date }): Promise<WriteKeyMade>;
  listWriteKeys(workspaceId: string): Promise<WriteKeySummary[]>;
  /** After `until` the key is refused; rotation gives the old one some time. False where it is refused by then anyway. */
  revokeWriteKey(workspaceId: string, keyId: string, until: Date): Promise<boolean>;
  /** Null for unknown and revoked keys alike. `at` also marks the last use (coarsely). */
  matchWriteKey(secret: string, at: Date): Promise<WriteKeyMatch | null>;

  makeToken(input: {
    name: string;
    workspaceId: string | null;
    scopes: readonly string[];
    at: Date;
  }): Promise<{ id: string; secret: string }>;
  matchToken(
    secret: string,
    at: Date,
  ): Promise<{ id: string; workspaceId: string | null; scopes: readonly string[] } | null>;
  revokeToken(id: string, at: Date): Promise<boolean>;
  /** By its id: false for a token that was revoked or never made. */
  isTokenLive(id: string, at: Date): Promise<boolean>;

  newestPolicy(workspaceId: string): Promise<PolicyVersion>;
  policyVersion(workspaceId: string, version: number): Promise<PolicyVersion | null>;
  listPolicies(workspaceId: string): Promise<PolicyVersion[]>;
  savePolicy(workspaceId: string, save: PolicySave): Promise<PolicySaved>;

  /** Small facts of the installation itself, like the first-run choice. */
  readSetting(name: string): Promise<string | null>;
  writeSetting(name: string, value: string): Promise<void>;

  audit(entry: {
    at: Date;
    workspaceId: string | null;
    actor: string;
    action: string;
    details: Record<string, unknown>;
  }): Promise<void>;

  ping(): Promise<void>;
  close(): Promise<void>;
}

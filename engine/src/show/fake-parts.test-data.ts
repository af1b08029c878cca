import type { PolicyVersion, WriteKeySummary } from '@botworth/contract/api';
import type { MetricDeclaration } from '@botworth/contract/catalogue';
import { defaultPolicy } from '@botworth/contract/policy';
import type { Result } from '@botworth/contract/result';
import { Hono } from 'hono';
import { fail } from '../base/app-error.ts';
import { type Clock, fixedClock } from '../base/clock.ts';
import { type Log, silentLog } from '../base/log.ts';
import type { StateStore, Workspace } from '../store/port.ts';
import { createEntryKeys } from './auth/entry-keys.ts';
import { createWrongTokens } from './auth/wrong-tokens.ts';
import type { Parts } from './parts.ts';
import { createInstruments } from './telemetry/instruments.ts';

/** What the routes stand on, in memory: the routes' own behaviour is tested, not the stores'. */
export const startMs = Date.UTC(2026, 3, 10, 12);

const fakeState = (): StateStore => {
  const workspaces: Workspace[] = [];
  const keys = new Map<string, (WriteKeySummary & { workspaceId: string })[]>();
  const tokens = new Map<
    string,
    { id: string; workspaceId: string | null; scopes: readonly string[]; revoked: boolean }
  >();
  const policies = new Map<string, PolicyVersion[]>();
  const settings = new Map<string, string>();
  let count = 0;
  const nextId = (kind: string) => {
    count += 1;
    return `${kind}_${count}`;
  };
  const makeWriteKey: StateStore['makeWriteKey'] = async (workspaceId, { name, at }) => {
    const id = nextId('k');
    const summary = {
      id,
      name,
      prefix: 'bw_abc',
      created_at: at.toISOString(),
      last_used_at: null,
      revoked_at: null,
    };
    keys.set(workspaceId, [...(keys.get(workspaceId) ?? []), { ...summary, workspaceId }]);
    return { summary, secret: `bw_secret_${id}` };
  };
  const policiesOf = (id: string) => policies.get(id) ?? fail('workspace_not_found', 'No such workspace.');
  return {
    kind: 'pglite',
    createWorkspace: async ({ name, timezone, currency, demo, at }) => {
      const workspace = {
        id: nextId('w'),
        number: workspaces.length + 1,
        name,
        timezone,
        currency,
        demo,
        created_at: at.toISOString(),
      };
      workspaces.push(workspace);
      policies.set(workspace.id, [
        {
          version: 1,
          author: 'system',
          created_at: at.toISOString(),
          reason: 'defaults',
          document: defaultPolicy(),
        },
      ]);
      return { workspace, writeKey: await makeWriteKey(workspace.id, { name: 'first', at }) };
    },
    listWorkspaces: async () => workspaces,
    findWorkspace: async (id) => workspaces.find((workspace) => workspace.id === id) ?? null,
    makeWriteKey,
    listWriteKeys: async (id) => (keys.get(id) ?? []).map(({ workspaceId: _, ...summary }) => summary),
    revokeWriteKey: async (id, keyId, until) => {
      const list = keys.get(id) ?? [];
      const found = list.find((key) => key.id === keyId && key.revoked_at === null);
      keys.set(
        id,
        list.map((key) => (key === found ? { ...key, revoked_at: until.toISOString() } : key)),
      );
      return found !== undefined;
    },
    matchWriteKey: async () => null,
    makeToken: async ({ workspaceId, scopes }) => {
      const id = nextId('t');
      const secret = `bwt_${id.replace(/[^0-9A-Za-z]/g, '').padEnd(40, '0')}`;
      tokens.set(secret, { id, workspaceId, scopes, revoked: false });
      return { id, secret };
    },
    matchToken: async (secret) => {
      const found = tokens.get(secret);
      return found === undefined || found.revoked ? null : found;
    },
    revokeToken: async (id) => {
      const found = [...tokens.values()].find((token) => token.id === id && !token.revoked);
      if (found !== undefined) found.revoked = true;
      return found !== undefined;
    },
    isTokenLive: async (id) => [...tokens.values()].some((token) => token.id === id && !token.revoked),
    newestPolicy: async (id) => policiesOf(id).at(-1) ?? fail('internal', 'No policy.'),
    policyVersion: async (id, version) => policiesOf(id).find((one) => one.version === version) ?? null,
    listPolicies: async (id) => policiesOf(id),
    savePolicy: async (id, { basedOn, document, author, reason, at }) => {
      const all = policiesOf(id);
      if (basedOn !== all.length) return { conflict: { newest: all.length } };
      const saved = {
        version: all.length + 1,
        author,
        reason,
        created_at: at.toISOString(),
        document: { ...document, version: all.length + 1 },
      };
      policies.set(id, [...all, saved]);
      return { saved };
    },
    readSetting: async (name) => settings.get(name) ?? null,
    writeSetting: async (name, value) => void settings.set(name, value),
    audit: async () => undefined,
    ping: async () => undefined,
    close: async () => undefined,
  };
};

const plainResult = (metric: string): Result => ({
  metric,
  value: 0.45,
  unit: 'rate',
  numerator: 540,
  denominator: 1200,
  n: 1200,
  interval: [0.42, 0.48],
  band: null,
  target: null,
  change: null,
  maturity: null,
  missing: [],
  people: null,
  beside: {},
  policy: 1,
  drill: '/drill',
});

const declaration: MetricDeclaration = {
  id: 'deflection_rate',
  question: 'How many does it settle?',
  jobs: ['support'],
  numerator: 'deflected',
  denominator: 'eligible',
  unit: 'rate',
  shape: 'share',
  grain: 'conversation',
  direction: 'up',
  windowed: true,
  bands: [],
  sources: [],
  beside: [],
  needs: [],
  cuts: ['channel'],
  says: '',
  misleads: '',
  do: '',
  status: 'measured',
};

export interface Fakes extends Parts {
  /** What the measure and the drill were asked. */
  readonly asked: unknown[];
}

export const fakeParts = (changes: Partial<Parts> = {}): Fakes => {
  const asked: unknown[] = [];
  const clock: Clock = changes.clock ?? fixedClock(startMs);
  const log: Log = changes.log ?? silentLog;
  return {
    asked,
    state: fakeState(),
    store: { kind: 'chdb', ping: async () => undefined },
    measure: {
      catalogue: () => [declaration],
      ask: async (_workspace, policy, query) => {
        asked.push(query);
        const { metrics } = query as { metrics: string[] };
        const [metric = ''] = metrics;
        if (metric !== 'deflection_rate')
          return fail('unknown_metric', `There is no metric "${metric}".`, { nearest: ['deflection_rate'] });
        return {
          query: query as Record<string, unknown>,
          policy: policy.version,
          results: { [metric]: { result: plainResult(metric), rows: [] } },
        };
      },
    },
    explain: {
      drill: async (_workspace, _policy, metric, query, wish) => {
        asked.push({ metric, query, wish });
        return { total: 0, sum: 0, rows: [], next: null };
      },
      conversations: async (_workspace, _policy, query, wish) => {
        asked.push({ query, wish });
        return { total: 0, rows: [], next: null };
      },
      conversation: async (_workspace, _policy, id) => {
        asked.push(id);
        return fail('conversation_not_found', `There is no conversation "${id}".`);
      },
    },
    freshness: async () => ({ acknowledged: 3, folded: 2, lag_ms: 40 }),
    policyChanged: async () => undefined,
    clock,
    log,
    adminToken: 'admin-token',
    localToken: 'local-token',
    secret: 'a secret of the tests',
    host: '127.0.0.1',
    allowedHosts: [],
    isServing: () => true,
    stuckFolds: () => [],
    collectRoutes: new Hono(),
    pagesDir: '/nonexistent',
    demo: {
      start: async () => ({ workspace_id: 'w_demo' }),
      status: async () => ({ state: 'running', progress: 0.5, workspace_id: 'w_demo' }),
      stop: () => undefined,
    },
    instruments: createInstruments({
      ingest: () => ({
        queued: 0,
        acknowledged: 7,
        duplicates: 1,
        conflicts: 0,
        refused: new Map([['timestamp', 2]]),
      }),
      foldLagSeconds: async () => 0.5,
    }),
    entryKeys: createEntryKeys(clock),
    wrongTokens: createWrongTokens((run) => run()),
    version: '0.0.0-test',
    ...changes,
  };
};

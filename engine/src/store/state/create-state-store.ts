import type { PolicyVersion, WriteKeySummary } from '@botworth/contract/api';
import { defaultPolicy, policySchema } from '@botworth/contract/policy';
import { and, asc, desc, eq, gt, isNull, or, sql } from 'drizzle-orm';
import type { StateStore, Workspace, WriteKeyMade, WriteKeyMatch } from '../port.ts';
import { auditLog, policies, settings, tokens, workspaces, writeKeys } from '../schema/state.ts';
import { KeyCache } from './key-cache.ts';
import { hashOf, isMadeToken, makeTokenText, randomText } from './secrets.ts';
import type { StateDatabase } from './state-database.ts';
import { sqlStateOf, withStateErrors } from './state-error.ts';

type WorkspaceRow = typeof workspaces.$inferSelect;
type WriteKeyRow = typeof writeKeys.$inferSelect;
type PolicyRow = typeof policies.$inferSelect;

const workspaceOf = (row: WorkspaceRow): Workspace => ({
  id: row.id,
  number: row.number,
  name: row.name,
  timezone: row.timezone,
  currency: row.currency,
  demo: row.demo,
  created_at: row.createdAt.toISOString(),
});

const summaryOf = (row: WriteKeyRow): WriteKeySummary => ({
  id: row.id,
  name: row.name,
  prefix: row.prefix,
  created_at: row.createdAt.toISOString(),
  last_used_at: row.lastUsedAt?.toISOString() ?? null,
  revoked_at: row.revokedAt?.toISOString() ?? null,
});

const policyOf = (row: PolicyRow): PolicyVersion => ({
  version: row.version,
  author: row.author,
  created_at: row.createdAt.toISOString(),
  reason: row.reason,
  document: policySchema.parse({ ...(row.document as object), version: row.version }),
});

/** A revoked key is refused at latest this long after; a use is noted at most this often. */
const cacheMs = 2_000;
const lastUseStepMs = 60_000;
const uniqueViolation = '23505';

export interface StateStoreParts {
  readonly kind: StateStore['kind'];
  readonly database: StateDatabase;
  /** The installation's secret: keys and tokens are stored as hashes under it. */
  readonly secret: string;
  readonly close: () => Promise<void>;
}

export const createStateStore = ({ kind, database, secret, close }: StateStoreParts): StateStore => {
  const matches = new KeyCache<WriteKeyMatch | null>(cacheMs, 10_000);

  const insertKey = async (
    into: StateDatabase,
    workspaceNumber: number,
    input: { name: string; at: Date },
  ): Promise<WriteKeyMade> => {
    const key = `bw_${randomText(32)}`;
    const row = {
      id: `k_${randomText(10)}`,
      workspaceNumber,
      name: input.name,
      hash: hashOf(secret, key),
      prefix: key.slice(0, 7),
      createdAt: input.at,
      lastUsedAt: null,
      revokedAt: null,
    };
    await into.insert(writeKeys).values(row);
    return { summary: summaryOf(row), secret: key };
  };

  const findWorkspace = async (id: string): Promise<Workspace | null> => {
    const [row] = await database.select().from(workspaces).where(eq(workspaces.id, id)).limit(1);
    return row === undefined ? null : workspaceOf(row);
  };

  const numberOf = async (id: string): Promise<number> => {
    const workspace = await findWorkspace(id);
    if (workspace === null) throw new Error(`There is no workspace ${id}.`);
    return workspace.number;
  };

  const policiesOf = (number: number) =>
    database
      .select()
      .from(policies)
      .where(eq(policies.workspaceNumber, number))
      .orderBy(desc(policies.version));

  return withStateErrors<StateStore>({
    kind,
    createWorkspace: ({ name, timezone, currency, demo, at }) =>
      database.transaction(async (transaction) => {
        const [row] = await transaction
          .insert(workspaces)
          .values({ id: `w_${randomText(10)}`, name, timezone, currency, demo, createdAt: at })
          .returning();
        if (row === undefined) throw new Error('The state store returned no row for a new workspace.');
        await transaction.insert(policies).values({
          workspaceNumber: row.number,
          version: 1,
          author: 'system',
          reason: 'defaults',
          createdAt: at,
          document: defaultPolicy(),
        });
        return {
          workspace: workspaceOf(row),
          writeKey: await insertKey(transaction, row.number, { name: 'first', at }),
        };
      }),
    listWorkspaces: async () =>
      (await database.select().from(workspaces).orderBy(asc(workspaces.number))).map(workspaceOf),
    findWorkspace,

    makeWriteKey: async (workspaceId, input) => insertKey(database, await numberOf(workspaceId), input),
    listWriteKeys: async (workspaceId) => {
      const number = await numberOf(workspaceId);
      const rows = await database
        .select()
        .from(writeKeys)
        .where(eq(writeKeys.workspaceNumber, number))
        .orderBy(asc(writeKeys.createdAt), asc(writeKeys.id));
      return rows.map(summaryOf);
    },
    revokeWriteKey: async (workspaceId, keyId, until) => {
      const number = await numberOf(workspaceId);
      const changed = await database
        .update(writeKeys)
        .set({ revokedAt: until })
        .where(
          and(
            eq(writeKeys.id, keyId),
            eq(writeKeys.workspaceNumber, number),
            // One that was revoked before keeps the moment of it.
            or(isNull(writeKeys.revokedAt), gt(writeKeys.revokedAt, until)),
          ),
        )
        .returning({ id: writeKeys.id });
      matches.clear();
      return changed.length > 0;
    },
    matchWriteKey: async (key, at) => {
      const hash = hashOf(secret, key);
      const known = matches.get(hash, at.getTime());
      if (known !== undefined) return known;
      const [row] = await database
        .select({ key: writeKeys, workspace: workspaces })
        .from(writeKeys)
        .innerJoin(workspaces, eq(workspaces.number, writeKeys.workspaceNumber))
        .where(and(eq(writeKeys.hash, hash), or(isNull(writeKeys.revokedAt), gt(writeKeys.revokedAt, at))))
        .limit(1);
      const match = row === undefined ? null : { keyId: row.key.id, workspace: workspaceOf(row.workspace) };
      if (
        row !== undefined &&
        (row.key.lastUsedAt === null || at.getTime() - row.key.lastUsedAt.getTime() > lastUseStepMs)
      ) {
        await database.update(writeKeys).set({ lastUsedAt: at }).where(eq(writeKeys.id, row.key.id));
      }
      matches.set(hash, match, at.getTime());
      return match;
    },

    makeToken: async ({ name, workspaceId, scopes, at }) => {
      const token = makeTokenText();
      const id = `t_${randomText(10)}`;
      await database
        .insert(tokens)
        .values({ id, name, workspaceId, scopes: [...scopes], hash: hashOf(secret, token), createdAt: at });
      return { id, secret: token };
    },
    matchToken: async (token, at) => {
      if (!isMadeToken(token)) return null;
      const [row] = await database
        .select()
        .from(tokens)
        .where(
          and(eq(tokens.hash, hashOf(secret, token)), or(isNull(tokens.revokedAt), gt(tokens.revokedAt, at))),
        )
        .limit(1);
      return row === undefined ? null : { id: row.id, workspaceId: row.workspaceId, scopes: row.scopes };
    },
    revokeToken: async (id, at) => {
      const changed = await database
        .update(tokens)
        .set({ revokedAt: at })
        .where(and(eq(tokens.id, id), or(isNull(tokens.revokedAt), gt(tokens.revokedAt, at))))
        .returning({ id: tokens.id });
      return changed.length > 0;
    },
    isTokenLive: async (id, at) => {
      const rows = await database
        .select({ id: tokens.id })
        .from(tokens)
        .where(and(eq(tokens.id, id), or(isNull(tokens.revokedAt), gt(tokens.revokedAt, at))))
        .limit(1);
      return rows.length > 0;
    },

    newestPolicy: async (workspaceId) => {
      const [row] = await policiesOf(await numberOf(workspaceId)).limit(1);
      if (row === undefined) throw new Error(`Workspace ${workspaceId} has no policy.`);
      return policyOf(row);
    },
    policyVersion: async (workspaceId, version) => {
      const number = await numberOf(workspaceId);
      const [row] = await database
        .select()
        .from(policies)
        .where(and(eq(policies.workspaceNumber, number), eq(policies.version, version)))
        .limit(1);
      return row === undefined ? null : policyOf(row);
    },
    listPolicies: async (workspaceId) => (await policiesOf(await numberOf(workspaceId))).map(policyOf),
    savePolicy: async (workspaceId, { basedOn, document, author, reason, at }) => {
      const number = await numberOf(workspaceId);
      const newestVersion = async () => (await policiesOf(number).limit(1))[0]?.version ?? 0;
      const newest = await newestVersion();
      if (newest !== basedOn) return { conflict: { newest } };
      try {
        const [row] = await database
          .insert(policies)
          .values({ workspaceNumber: number, version: newest + 1, author, reason, createdAt: at, document })
          .returning();
        if (row === undefined) throw new Error('The state store returned no row for a new policy version.');
        return { saved: policyOf(row) };
      } catch (cause) {
        // Two saved at the same moment: the primary key lets one through.
        if (sqlStateOf(cause) === uniqueViolation) return { conflict: { newest: await newestVersion() } };
        throw cause;
      }
    },

    readSetting: async (name) => {
      const [row] = await database.select().from(settings).where(eq(settings.name, name)).limit(1);
      return row?.value ?? null;
    },
    writeSetting: async (name, value) => {
      await database
        .insert(settings)
        .values({ name, value })
        .onConflictDoUpdate({ target: settings.name, set: { value } });
    },
    audit: async ({ at, workspaceId, actor, action, details }) => {
      await database.insert(auditLog).values({ at, workspaceId, actor, action, details });
    },
    ping: async () => {
      await database.execute(sql`SELECT 1`);
    },
    close,
  });
};

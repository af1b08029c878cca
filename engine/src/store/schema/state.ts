import {
  bigint,
  boolean,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  serial,
  text,
  timestamp,
} from 'drizzle-orm/pg-core';

/** What people own. One schema for PGlite and PostgreSQL; `state-migrations.ts` holds the statements that make it. */
const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

export const workspaces = pgTable('workspaces', {
  /** The number that rows in the event store carry. */
  number: serial('number').primaryKey(),
  id: text('id').notNull().unique(),
  name: text('name').notNull(),
  timezone: text('timezone').notNull(),
  currency: text('currency').notNull(),
  demo: boolean('demo').notNull(),
  createdAt: at('created_at').notNull(),
});

export const writeKeys = pgTable('write_keys', {
  id: text('id').primaryKey(),
  workspaceNumber: integer('workspace_number')
    .notNull()
    .references(() => workspaces.number),
  name: text('name').notNull(),
  /** Keyed hash; the key itself is shown once and kept nowhere. */
  hash: text('hash').notNull().unique(),
  prefix: text('prefix').notNull(),
  createdAt: at('created_at').notNull(),
  lastUsedAt: at('last_used_at'),
  /** From this moment on it is refused; it may lie ahead, so that a rotation leaves time. */
  revokedAt: at('revoked_at'),
});

export const tokens = pgTable('tokens', {
  id: text('id').primaryKey(),
  /** Null: all workspaces. */
  workspaceId: text('workspace_id'),
  name: text('name').notNull(),
  hash: text('hash').notNull().unique(),
  scopes: jsonb('scopes').$type<string[]>().notNull(),
  createdAt: at('created_at').notNull(),
  revokedAt: at('revoked_at'),
});

export const policies = pgTable(
  'policies',
  {
    workspaceNumber: integer('workspace_number')
      .notNull()
      .references(() => workspaces.number),
    version: integer('version').notNull(),
    author: text('author').notNull(),
    reason: text('reason').notNull(),
    createdAt: at('created_at').notNull(),
    document: jsonb('document').$type<unknown>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.workspaceNumber, table.version] })],
);

export const settings = pgTable('settings', {
  name: text('name').primaryKey(),
  value: text('value').notNull(),
});

export const auditLog = pgTable('audit_log', {
  number: bigint('number', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  at: at('at').notNull(),
  workspaceId: text('workspace_id'),
  actor: text('actor').notNull(),
  action: text('action').notNull(),
  details: jsonb('details').$type<Record<string, unknown>>().notNull(),
});

export const stateSchema = { workspaces, writeKeys, tokens, policies, settings, auditLog };

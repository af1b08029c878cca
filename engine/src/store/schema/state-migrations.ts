/** Statements by version. Each may run again after a crash in the middle, and each version is recorded once. */
export interface StateMigration {
  readonly version: number;
  readonly statements: readonly string[];
}

export const stateMigrations: readonly StateMigration[] = [
  {
    version: 1,
    statements: [
      `CREATE TABLE IF NOT EXISTS workspaces (
        number serial PRIMARY KEY, id text NOT NULL UNIQUE, name text NOT NULL, timezone text NOT NULL,
        currency text NOT NULL, demo boolean NOT NULL, created_at timestamptz NOT NULL)`,
      `CREATE TABLE IF NOT EXISTS write_keys (
        id text PRIMARY KEY, workspace_number integer NOT NULL REFERENCES workspaces (number), name text NOT NULL,
        hash text NOT NULL UNIQUE, prefix text NOT NULL, created_at timestamptz NOT NULL, last_used_at timestamptz,
        revoked_at timestamptz)`,
      `CREATE TABLE IF NOT EXISTS tokens (
        id text PRIMARY KEY, workspace_id text, name text NOT NULL, hash text NOT NULL UNIQUE, scopes jsonb NOT NULL,
        created_at timestamptz NOT NULL, revoked_at timestamptz)`,
      `CREATE TABLE IF NOT EXISTS policies (
        workspace_number integer NOT NULL REFERENCES workspaces (number), version integer NOT NULL, author text NOT NULL,
        reason text NOT NULL, created_at timestamptz NOT NULL, document jsonb NOT NULL,
        PRIMARY KEY (workspace_number, version))`,
      'CREATE TABLE IF NOT EXISTS settings (name text PRIMARY KEY, value text NOT NULL)',
      `CREATE TABLE IF NOT EXISTS audit_log (
        number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, at timestamptz NOT NULL, workspace_id text,
        actor text NOT NULL, action text NOT NULL, details jsonb NOT NULL)`,
    ],
  },
];

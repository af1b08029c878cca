import { type Fragment, identifier, raw, sql } from '../../sql/fragment.ts';
import type { TableTemplate } from './tables.ts';

/** Where the tables live: one node, or a cluster of that name. One template, rendered for either. */
export type Target = (
  | { readonly kind: 'single' }
  | { readonly kind: 'cluster'; readonly cluster: string }
) & {
  /** Table settings that this engine knows; an unknown one would be an error. */
  readonly knows?: ReadonlySet<string>;
};

/** On a cluster the rows lie in a local table of each node, and the plain name spreads over all of them. */
const localName = (table: string, target: Target): string =>
  target.kind === 'single' ? table : `${table}_local`;

const engineClause = (table: TableTemplate, target: Target): string => {
  const { engine } = table;
  const path = `'/clickhouse/tables/{shard}/{database}/${table.name}', '{replica}'`;
  if (engine.kind === 'plain') return target.kind === 'single' ? 'MergeTree' : `ReplicatedMergeTree(${path})`;
  const versions = [engine.version, ...(engine.deleted === undefined ? [] : [engine.deleted])].join(', ');
  return target.kind === 'single'
    ? `ReplacingMergeTree(${versions})`
    : `ReplicatedReplacingMergeTree(${path}, ${versions})`;
};

/** fsync before the answer: an acknowledged event survives a power cut. */
const durable = 'fsync_after_insert = 1, fsync_part_directory = 1, old_parts_lifetime = 30';

/**
 * Newer engines keep statistics of every column with every part by themselves: a fifth of the price of a small
 * insert, for plans that our statements do not need.
 */
const quietSettings: Readonly<Record<string, string>> = { auto_statistics_types: "''" };

export const quietSettingNames = Object.keys(quietSettings);

export const renderTable = (table: TableTemplate, target: Target): Fragment[] => {
  const onCluster = target.kind === 'single' ? raw('') : sql` ON CLUSTER ${identifier(target.cluster)}`;
  const body = raw([...table.columns, ...(table.indexes ?? [])].join(',\n  '));
  const quiet = Object.entries(quietSettings)
    .filter(([name]) => target.knows?.has(name))
    .map(([name, value]) => `${name} = ${value}`);
  const settings = [durable, ...quiet, ...(table.settings === undefined ? [] : [table.settings])].join(', ');
  const local = sql`CREATE TABLE IF NOT EXISTS ${identifier(localName(table.name, target))}${onCluster} (
  ${body}
) ENGINE = ${raw(engineClause(table, target))}
ORDER BY ${raw(table.orderBy)}
SETTINGS ${raw(settings)}`;
  if (target.kind === 'single') return [local];
  const spread = sql`CREATE TABLE IF NOT EXISTS ${identifier(table.name)}${onCluster} AS ${identifier(localName(table.name, target))}
ENGINE = Distributed(${identifier(target.cluster)}, currentDatabase(), ${identifier(localName(table.name, target))}, ${raw(table.shardBy)})`;
  return [local, spread];
};

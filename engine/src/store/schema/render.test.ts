import { expect, test } from 'vitest';
import { print } from '../../sql/fragment.ts';
import { renderTable } from './render.ts';
import { type TableTemplate, tables } from './tables.ts';

const texts = (target: Parameters<typeof renderTable>[1]) =>
  tables.flatMap((table) => renderTable(table, target)).map((fragment) => print(fragment).text);

test('one template gives a single node plain tables that fsync before they answer', () => {
  for (const text of texts({ kind: 'single' })) {
    expect(text).not.toMatch(/ON CLUSTER|Replicated|Distributed/);
    expect(text).toContain('fsync_after_insert = 1');
  }
});

test('the same template gives a cluster replicated tables and one that spreads them by thread or person', () => {
  const rendered = texts({ kind: 'cluster', cluster: 'main' });
  expect(rendered).toHaveLength(tables.length * 2);
  const events = rendered.filter((text) => text.includes('`events'));
  expect(events[0]).toContain('CREATE TABLE IF NOT EXISTS `events_local` ON CLUSTER `main`');
  expect(events[0]).toContain(
    "ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/{database}/events', '{replica}', first)",
  );
  expect(events[1]).toContain('Distributed(`main`, currentDatabase(), `events_local`, thread)');
});

const example: TableTemplate = {
  name: 'notes',
  engine: { kind: 'replacing', version: 'version', deleted: 'is_deleted' },
  columns: ['workspace_id UInt32', 'person UInt64', 'note String', 'version UInt64', 'is_deleted UInt8'],
  indexes: ['INDEX ix_person person TYPE bloom_filter(0.01) GRANULARITY 1'],
  orderBy: '(workspace_id, person)',
  shardBy: 'person',
  settings: 'index_granularity = 1024',
};
const printed = (target: Parameters<typeof renderTable>[1]) =>
  renderTable(example, target)
    .map((fragment) => print(fragment).text)
    .join(';\n');

test('the statements for a single node, word for word', () => {
  expect(printed({ kind: 'single' })).toMatchInlineSnapshot(`
    "CREATE TABLE IF NOT EXISTS \`notes\` (
      workspace_id UInt32,
      person UInt64,
      note String,
      version UInt64,
      is_deleted UInt8,
      INDEX ix_person person TYPE bloom_filter(0.01) GRANULARITY 1
    ) ENGINE = ReplacingMergeTree(version, is_deleted)
    ORDER BY (workspace_id, person)
    SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, old_parts_lifetime = 30, index_granularity = 1024"
  `);
});

test('the statements for a cluster, word for word; a hostile name of a cluster is only a name', () => {
  expect(printed({ kind: 'cluster', cluster: 'eu`west' })).toMatchInlineSnapshot(`
    "CREATE TABLE IF NOT EXISTS \`notes_local\` ON CLUSTER \`eu\\\`west\` (
      workspace_id UInt32,
      person UInt64,
      note String,
      version UInt64,
      is_deleted UInt8,
      INDEX ix_person person TYPE bloom_filter(0.01) GRANULARITY 1
    ) ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/{database}/notes', '{replica}', version, is_deleted)
    ORDER BY (workspace_id, person)
    SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, old_parts_lifetime = 30, index_granularity = 1024;
    CREATE TABLE IF NOT EXISTS \`notes\` ON CLUSTER \`eu\\\`west\` AS \`notes_local\`
    ENGINE = Distributed(\`eu\\\`west\`, currentDatabase(), \`notes_local\`, person)"
  `);
});

test('whatever ends by itself ends for a whole week at once: each end costs the engine a whole part', () => {
  const ends = tables.flatMap(({ columns }) => columns.filter((column) => column.includes(' TTL ')));
  expect(ends).toHaveLength(1);
  for (const column of ends) expect(column).toMatch(/ TTL toStartOfWeek\(\w+\) \+ INTERVAL \d+ DAY/);
});

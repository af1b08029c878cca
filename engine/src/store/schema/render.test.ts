import { expect, test } from 'vitest';
import { print } from '../../sql/fragment.ts';
import { renderTable } from './render.ts';
import { tables } from './tables.ts';

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

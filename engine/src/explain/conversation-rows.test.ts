import { expect, test } from 'vitest';
import { readRow } from './conversation-rows.ts';

test('a conversation lasts from its start to its end, however long that is', () => {
  const startedMs = Date.UTC(2026, 0, 1);
  const row = readRow({ started_ms: String(startedMs), ended_ms: String(startedMs + 60 * 86_400_000) });
  expect(row.duration_seconds).toBe(60 * 86_400);
});

import { expect, test } from 'vitest';
import { gateFaults, lastLine, suiteFaults } from './tally.js';

const clean = { passed: 3, failed: 0, skipped: [], faults: [] };

test('a gate that looked at nothing fails', () => {
  expect(gateFaults({ seen: { files: 2, imports: 1 }, faults: [] })).toEqual([]);
  expect(gateFaults({ seen: { files: 2, imports: 0 }, faults: [] })).toHaveLength(1);
  expect(gateFaults({ seen: { files: Number.NaN }, faults: [] })).toHaveLength(1);
  expect(gateFaults({ seen: {}, faults: ['a'] })).toHaveLength(2);
});

test('a clean suite has no faults, and failed tests are not counted twice', () => {
  expect(suiteFaults(clean, 0)).toEqual([]);
  expect(suiteFaults({ ...clean, failed: 1 }, 1)).toEqual([]);
});

test('a suite fails when it is empty, dies, or ends badly for no reason it gives', () => {
  expect(suiteFaults({ ...clean, passed: 0 }, 0)).toHaveLength(1);
  expect(suiteFaults(undefined, 137)).toHaveLength(1);
  expect(suiteFaults(clean, 1)).toHaveLength(1);
});

test('a skipped test needs a reason', () => {
  expect(suiteFaults({ ...clean, skipped: [{ name: 'a', reason: 'no browser' }] }, 0)).toEqual([]);
  expect(suiteFaults({ ...clean, skipped: [{ name: 'a', reason: undefined }] }, 0)).toHaveLength(1);
});

test('the last line names skips only when there are any', () => {
  expect(lastLine({ passed: 12, failed: 0, skipped: 0 })).toBe('12 passed, 0 failed');
  expect(lastLine({ passed: 12, failed: 1, skipped: 2 })).toBe('12 passed, 1 failed, 2 skipped');
});

import { expect, test } from 'vitest';
import { stuckFolds } from './stuck-folds.ts';

const workspaces = [
  { number: 1, id: 'w_1' },
  { number: 2, id: 'w_2' },
];
const stuck = (...numbers: (number | null)[]) =>
  numbers.map((workspaceNumber) => ({ workspaceNumber, sinceMs: 5 }));

test('one stuck workspace of several does not shut the door, all of them do', () => {
  expect(stuckFolds(stuck(2), workspaces)).toEqual([]);
  expect(stuckFolds(stuck(1, 2), workspaces)).toEqual([
    { workspaceId: 'w_1', sinceMs: 5 },
    { workspaceId: 'w_2', sinceMs: 5 },
  ]);
});

test('a fold that is stuck as a whole shuts the door', () => {
  expect(stuckFolds(stuck(null), workspaces)).toEqual([{ workspaceId: null, sinceMs: 5 }]);
});

test('a workspace that does not exist (any more) shuts nothing', () => {
  expect(stuckFolds(stuck(2, 7), workspaces)).toEqual([]);
  expect(stuckFolds(stuck(7), [])).toEqual([]);
});

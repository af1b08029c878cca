import { expect, test } from 'vitest';
import { textTable } from './write-table.ts';

test('a table shows control characters and obeys none: what a sender wrote moves no cursor', () => {
  const table = textTable(
    ['bot', 'n'],
    [
      ['\u001b[2J\u001b]0;title\u0007', '1'],
      ['a\r\nb\t\u007f\u009b', '2'],
      ['\u202eevil\u2028', '3'],
      ['größe 🙂', '4'],
    ],
  );
  expect(table.split('\n').map((line) => line.trimEnd())).toEqual([
    'bot                               n',
    '────────────────────────────────  ─',
    '\\u001b[2J\\u001b]0;title\\u0007     1',
    'a\\u000d\\u000ab\\u0009\\u007f\\u009b  2',
    '\\u202eevil\\u2028                  3',
    'größe 🙂                          4',
    '',
  ]);
});

import { expect, test } from 'vitest';
import { plainCsv, spreadsheetCsv } from './write-csv.ts';

const id = '12345678901234567890';

test('the plain form has an id of digits as it is, for programs', () => {
  expect(plainCsv.line([id, '007', 12.5, null, true])).toBe(`${id},007,12.5,,true\r\n`);
  expect(plainCsv.start).toBe('');
});

test('for a spreadsheet every text that it would read as a number, a date or a formula stays that text', () => {
  for (const text of [id, '007', '12e5', '+4915112345678', '1-2', '3/4/26', '1.5', '=1+1', '@x'])
    expect(spreadsheetCsv.line([text])).toBe(`"=""${text}"""\r\n`);
  expect(spreadsheetCsv.line(['=HYPERLINK("x")'])).toBe('"=""=HYPERLINK(""""x"""")"""\r\n');
});

test('numbers, whole dates and plain texts are for a spreadsheet what they are', () => {
  expect(
    spreadsheetCsv.line([12.5, '2026-04-01', '2026-04-01T10:00:00.000Z', 'order 12', 'p_12', null]),
  ).toBe('12.5,2026-04-01,2026-04-01T10:00:00.000Z,order 12,p_12,\r\n');
});

test('what no formula may hold is kept from being one all the same', () => {
  expect(spreadsheetCsv.line([`=${'1'.repeat(300)}`])).toBe(`'=${'1'.repeat(300)}\r\n`);
});

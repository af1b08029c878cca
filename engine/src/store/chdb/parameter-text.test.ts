import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bind, sql } from '../../sql/fragment.ts';
import type { EventStore } from '../port.ts';
import { openTestEventStore } from '../test-store.ts';

let store: EventStore;
beforeAll(async () => {
  store = await openTestEventStore();
});
afterAll(() => store.close());

const echo = async (text: string) => {
  const [row] = await store.rows<{ hex: string }>(sql`SELECT hex(${bind('String', text)}) AS hex`, {
    tag: 'test',
  });
  return Buffer.from(row?.hex ?? '', 'hex').toString('utf8');
};

const hostile = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({
    unit: fc.constantFrom(
      "'",
      '\\',
      '"',
      '`',
      '{',
      '}',
      '\0',
      '\n',
      '\t',
      '\b',
      '\f',
      '\r',
      ';',
      '-',
      ',',
      '[',
      ']',
      'x',
      '😀',
    ),
  }),
);

test('a bound text comes back as it went in, whatever it holds', async () => {
  await fc.assert(
    fc.asyncProperty(hostile, async (text) => {
      const wellFormed = Buffer.from(text, 'utf8').toString('utf8');
      expect(await echo(wellFormed)).toBe(wellFormed);
    }),
    { numRuns: 200 },
  );
});

test('so does every element of a bound list', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(hostile, { maxLength: 5 }), async (texts) => {
      const wellFormed = texts.map((text) => Buffer.from(text, 'utf8').toString('utf8'));
      const rows = await store.rows<{ hex: string }>(
        sql`SELECT hex(arrayJoin(${bind('Array(String)', wellFormed)})) AS hex`,
        { tag: 'test' },
      );
      expect(rows.map((row) => Buffer.from(row.hex, 'hex').toString('utf8'))).toEqual(wellFormed);
    }),
    { numRuns: 150 },
  );
});

test('a megabyte is a value like any other, and the tables are still there', async () => {
  const large = `');DROP TABLE events;--`.repeat(45_000);
  expect(await echo(large)).toBe(large);
  expect(
    await store.rows(sql`SELECT count() AS n FROM events`, { tag: `it's; DROP TABLE events\\` }),
  ).toEqual([{ n: '0' }]);
});

test('values of statements that run side by side do not mix', async () => {
  const answers = await Promise.all(Array.from({ length: 60 }, (_, index) => echo(`value ${index}`)));
  expect(answers).toEqual(Array.from({ length: 60 }, (_, index) => `value ${index}`));
});

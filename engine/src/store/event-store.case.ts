import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bind, identifier, raw, sql } from '../sql/fragment.ts';
import type { EventStore } from './port.ts';
import { migrate, migrations, readSchemaVersion } from './schema/migrate.ts';

const options = { tag: 'test' };

/** The smallest line that `events` takes; every column not named gets its default. */
export const eventLine = (fields: Readonly<Record<string, unknown>>): string =>
  `${JSON.stringify({
    workspace_id: 1,
    thread: '1',
    eid: '00000000-0000-0000-0000-000000000001',
    seq: '1',
    first: '18446744073709551614',
    ts: '2026-04-10 10:00:00.123',
    received_at: '2026-04-10 10:00:01.456',
    ...fields,
  })}\n`;

const hostileTexts = [
  `it's "quoted" \\ back\\slash \`tick\``,
  '{p1:String} {{}} {x} %s',
  'a\u0000b',
  '😀 مرحبا 注文 \u202e rtl',
  '\n\t\r\b\f',
  `'); DROP TABLE events; --`,
  'x'.repeat(1_000_000),
];

/** What every event store promises; each adapter runs it. */
export const eventStoreCases = (name: string, open: () => Promise<EventStore>): void => {
  describe(name, () => {
    let store: EventStore;
    beforeAll(async () => {
      store = await open();
      await migrate(store, { kind: 'single' });
    }, 60_000);
    afterAll(() => store?.close());
    const clear = () => store.run(raw('TRUNCATE TABLE events'), { ...options, lane: 'write' });

    test('texts are stored exactly, whatever is in them, and the tables are still there', async () => {
      await clear();
      const lines = hostileTexts.map((text, index) =>
        eventLine({
          eid: `00000000-0000-0000-0000-${String(index).padStart(12, '0')}`,
          text,
          bot: text.slice(0, 100),
        }),
      );
      await store.insert('events', lines.join(''), options);
      const rows = await store.rows<{ text: string; bot: string }>(
        raw('SELECT text, bot FROM events ORDER BY eid'),
        options,
      );
      const byText = new Map(rows.map((row) => [row.text, row.bot]));
      for (const text of hostileTexts) expect(byText.get(text)).toBe(text.slice(0, 100));
    });

    test('a filter with a hostile value finds exactly its row', async () => {
      for (const text of hostileTexts.slice(0, 6)) {
        const rows = await store.rows<{ n: string }>(
          sql`SELECT count() AS n FROM events WHERE text = ${bind('String', text)} AND text IN ${bind('Array(String)', [text, 'other'])}`,
          options,
        );
        expect(rows).toEqual([{ n: '1' }]);
      }
    });

    test('a long list is bound like a short one', async () => {
      // Past some 128 KiB a ClickHouse server takes no value over HTTP.
      const list = Array.from({ length: 5_000 }, (_, place) => `it's ${place} \\`);
      const rows = await store.rows(
        sql`SELECT length(${bind('Array(String)', list)}) AS n, ${bind('Array(String)', list)}[5000] AS last`,
        options,
      );
      expect(rows).toEqual([{ n: '5000', last: `it's 4999 \\` }]);
    });

    test('a hostile name is only a name that does not exist', async () => {
      await expect(
        store.rows(sql`SELECT ${identifier('x`; DROP TABLE events')} FROM events`, options),
      ).rejects.toThrow();
      expect(await store.rows(raw('SELECT count() > 0 AS there FROM events'), options)).toEqual([
        { there: 1 },
      ]);
    });

    test('of two copies of an event the one received first stays', async () => {
      await clear();
      const copy = (seq: number, text: string) =>
        eventLine({
          seq: String(seq),
          first: String(18446744073709551615n - BigInt(seq)),
          text,
          ts: `2026-0${seq}-10 10:00:00.000`,
        });
      await store.insert('events', copy(5, 'later'), options);
      await store.insert('events', copy(2, 'first'), options);
      await store.insert('events', copy(7, 'last'), options);
      expect(await store.rows(raw('SELECT text FROM events FINAL'), options)).toEqual([{ text: 'first' }]);
    });

    test('numbers of 64 bits come back as text, and milliseconds are kept', async () => {
      await clear();
      await store.insert(
        'events',
        eventLine({ thread: '18446744073709551615', seq: '9007199254740993' }),
        options,
      );
      expect(await store.rows(raw('SELECT thread, seq, ts FROM events'), options)).toEqual([
        { thread: '18446744073709551615', seq: '9007199254740993', ts: '2026-04-10 10:00:00.123' },
      ]);
    });

    test('an insert with one bad line stores none of its lines', async () => {
      await clear();
      await expect(
        store.insert('events', `${eventLine({})}{"workspace_id": "no number"}\n`, options),
      ).rejects.toThrow();
      await expect(store.insert('events', eventLine({ no_such_column: 1 }), options)).rejects.toThrow();
      const many = Array.from({ length: 3_000 }, (_, place) =>
        eventLine({ eid: `00000000-0000-0000-0000-${String(place).padStart(12, '0')}` }),
      );
      await expect(
        store.insert('events', `${many.join('')}${eventLine({ ts: 'yesterday' })}`, options),
      ).rejects.toThrow();
      expect(await store.rows(raw('SELECT count() AS n FROM events'), options)).toEqual([{ n: '0' }]);
    });

    test('bytes that lie inside a larger buffer are inserted alone', async () => {
      await clear();
      const around = Buffer.from(`no line${eventLine({ text: 'inside' })}no line`);
      await store.insert('events', around.subarray(7, around.length - 7), options);
      expect(await store.rows(raw('SELECT text FROM events'), options)).toEqual([{ text: 'inside' }]);
    });

    test('an answer that breaks off in the middle is an error, never a short answer', async () => {
      const broken = store.rows(raw('SELECT throwIf(number = 900000) AS x FROM numbers(1000000)'), options);
      await expect(broken).rejects.toThrow(/throwIf/);
    });

    test('nothing of an answer that broke off is in the next ones', async () => {
      for (let round = 0; round < 4; round += 1) {
        const broken = store.rows(raw('SELECT throwIf(number = 900000) AS x FROM numbers(1000000)'), options);
        await expect(broken).rejects.toThrow(/throwIf/);
        expect(await store.rows(raw('SELECT 1 AS one'), options)).toEqual([{ one: 1 }]);
      }
    });

    test('statements that run side by side get their own answers', async () => {
      const answers = await Promise.all(
        Array.from({ length: 40 }, (_, index) =>
          store.rows<{ v: string }>(sql`SELECT ${bind('String', `value ${index}`)} AS v`, options),
        ),
      );
      expect(answers.map(([row]) => row?.v)).toEqual(
        Array.from({ length: 40 }, (_, index) => `value ${index}`),
      );
    });

    test('a question that takes too long ends with a sentence, and the next one is answered', async () => {
      const heavy = store.rows(
        raw('SELECT count() FROM numbers(100000000000) WHERE sipHash64(number) % 7 = 1'),
        {
          ...options,
          maxSeconds: 1,
        },
      );
      await expect(heavy).rejects.toMatchObject({ code: 'query_too_heavy' });
      const large = store.rows(raw('SELECT length(groupArray(number)) FROM numbers(100000000)'), {
        ...options,
        maxMemoryBytes: 10_000_000,
      });
      await expect(large).rejects.toMatchObject({ code: 'query_too_heavy' });
      await store.ping();
    });

    test('values that are no numbers are bound as what they are', async () => {
      const rows = await store.rows(
        sql`SELECT isNaN(${bind('Float64', Number.NaN)}) AS nan, ${bind('Float64', -Infinity)} AS least,
          ${bind('UInt64', 18446744073709551615n)} AS most, ${bind('Int64', -9007199254740993n)} AS negative,
          ${bind('Array(UInt64)', [1n, 2n])} AS list, ${bind('Array(Int64)', [-1, 0])} AS signed,
          ${bind('Array(String)', [])} AS none, ${bind("DateTime64(3, 'UTC')", '2026-04-10 10:00:00.123')} AS at`,
        options,
      );
      expect(rows).toEqual([
        {
          nan: 1,
          least: '-inf',
          most: '18446744073709551615',
          negative: '-9007199254740993',
          list: ['1', '2'],
          signed: ['-1', '0'],
          none: [],
          at: '2026-04-10 10:00:00.123',
        },
      ]);
    });

    test('migrations go on where a crash stopped them, and run once', async () => {
      let broken = true;
      const steps = [
        ...migrations,
        {
          version: 2,
          says: 'a step that fails half way',
          statements: () => [
            raw('CREATE TABLE IF NOT EXISTS half (n UInt8) ENGINE = MergeTree ORDER BY n'),
            raw(broken ? 'SELECT throwIf(1)' : 'ALTER TABLE half ADD COLUMN IF NOT EXISTS m UInt8'),
          ],
        },
      ];
      await expect(migrate(store, { kind: 'single' }, steps)).rejects.toThrow();
      broken = false;
      expect(await migrate(store, { kind: 'single' }, steps)).toEqual({ from: 1, to: 2 });
      expect(await migrate(store, { kind: 'single' }, steps)).toEqual({ from: 2, to: 2 });
      await expect(migrate(store, { kind: 'single' })).rejects.toThrow(/schema version 2.*newer release/s);
      expect(await readSchemaVersion(store, options, steps)).toEqual({ found: 2, known: 2 });
      await expect(readSchemaVersion(store, options)).rejects.toThrow(/schema version 2.*newer release/s);
    });
  });
};

/** The statements are written once: an adapter's folder holds no dialect of its own. */
export const expectNoStatementsIn = (file: URL): void => {
  expect(readFileSync(file, 'utf8')).not.toMatch(/CREATE TABLE|GROUP BY|SELECT [^']* FROM/);
};

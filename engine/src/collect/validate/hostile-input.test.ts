import { limits } from '@botworth/contract/limits';
import { segmentMessage } from '@botworth/contract/message';
import { eventNames } from '@botworth/contract/vocabulary';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readMessage } from '../canonical/read-message.ts';
import { lineTail, MAY_BE_MALFORMED } from '../commit/row-line.ts';
import { deliveryOf, read, refusalOf, rowOf, track } from '../delivery.test-data.ts';
import { parseExactly, unmark } from './exact-json.ts';

const nasty = fc.oneof(
  fc.constantFrom(
    "'",
    '"',
    '\\',
    '{',
    '}',
    '\u0000',
    '😀',
    '\ud800',
    '\udc00',
    '`',
    '%',
    '--',
    ';',
    '\\u0000',
    '\u2028',
    '{p1:String}',
    "'; DROP TABLE events; --",
    '__proto__',
    'constructor',
    'toString',
  ),
  fc.string({ unit: 'binary' }),
);
const nastyText = fc.array(nasty, { maxLength: 4 }).map((parts) => parts.join(''));

/** What ends up in the store, read back as the engine reads it. */
const storedLine = (row: ReturnType<typeof rowOf>, text: string): Record<string, unknown> =>
  JSON.parse(`{"seq":1,"first":1,${lineTail(row, MAY_BE_MALFORMED.test(text))}`);

describe('hostile input', () => {
  it('names, property keys and values come back exactly as they were sent', () => {
    fc.assert(
      fc.property(
        fc.dictionary(nastyText, fc.oneof(nastyText, fc.double(), fc.boolean(), fc.constant(null))),
        nastyText,
        (extra, text) => {
          const message = track('odd', {}, {});
          const sent = JSON.stringify({ ...message, properties: { custom: extra, text } });
          const result = readMessage(JSON.parse(sent), deliveryOf({ mayHoldContacts: false }));
          if ('refusal' in result) throw new Error(result.refusal.reason);
          const line = storedLine(result.row, sent);
          expect(JSON.parse(String(line.properties))).toEqual(JSON.parse(sent).properties);
          expect(JSON.stringify(line)).not.toMatch(/[^\\](?:\\\\)*\\ud[89a-f]/i);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('a name of any characters is stored or refused, and never becomes a column or a statement', () => {
    fc.assert(
      fc.property(nastyText, (name) => {
        const sent = JSON.stringify(track(name));
        const result = readMessage(JSON.parse(sent), deliveryOf());
        if ('refusal' in result) expect([result.refusal.field, name]).toEqual(['event', '']);
        else
          expect(storedLine(result.row, sent).name).toBe(
            name.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd'),
          );
      }),
    );
  });

  it('nothing in a message makes the reader throw', () => {
    fc.assert(
      fc.property(fc.anything({ maxDepth: 4, withNullPrototype: true }), (anything) => {
        const text = JSON.stringify(anything, (_, value) =>
          typeof value === 'bigint' ? String(value) : value,
        );
        if (text === undefined) return;
        expect(Object.keys(readMessage(JSON.parse(text), deliveryOf()))).toHaveLength(1);
      }),
      { numRuns: 500 },
    );
  });

  it('a text of 1 MB is refused by name, one under the limit is stored whole', () => {
    expect(refusalOf(track('message_sent', { text: 'x'.repeat(limits.eventBytes) }))).toMatchObject({
      code: 'too_large',
      field: 'properties',
    });
    expect(
      rowOf(track('message_sent', { text: 'é'.repeat(limits.eventBytes / 2 - 1000) })).text,
    ).toHaveLength(limits.eventBytes / 2 - 1000);
    expect(refusalOf(track('message_sent', { text: 'é'.repeat(limits.eventBytes / 2) })).code).toBe(
      'too_large',
    );
  });

  it('nesting up to the limit is stored, deeper is refused', () => {
    const nested = (levels: number): unknown => (levels === 0 ? 1 : { a: nested(levels - 1) });
    expect('row' in read(track('x', { deep: nested(limits.depth - 1) }))).toBe(true);
    expect(refusalOf(track('x', { deep: nested(limits.depth + 1) }))).toMatchObject({ code: 'too_deep' });
    const bomb = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
    const result = readMessage(
      { type: 'track', event: 'x', userId: 'u', properties: { bomb: JSON.parse(bomb) } },
      deliveryOf(),
    );
    expect('refusal' in result && result.refusal.code).toBe('too_deep');
  });

  it('a key called __proto__ changes nothing but itself', () => {
    const text =
      '{"type":"track","event":"message_sent","userId":"u","properties":{"__proto__":{"conversation_id":"x","test":true},"constructor":{"prototype":{"a":1}}}}';
    const row = readMessage(JSON.parse(text), deliveryOf());
    if ('refusal' in row) throw new Error(row.refusal.reason);
    expect(row.row).toMatchObject({
      thread_id: '',
      properties: '{"__proto__":{"conversation_id":"x","test":true},"constructor":{"prototype":{"a":1}}}',
    });
    expect(({} as Record<string, unknown>).conversation_id).toBeUndefined();
  });

  it('ids longer than their limit and of wrong types are refused by name', () => {
    for (const field of ['messageId', 'userId', 'anonymousId']) {
      expect(refusalOf(track('message_sent', {}, { [field]: 'x'.repeat(limits.idChars + 1) }))).toMatchObject(
        { field, code: 'too_long' },
      );
      expect(refusalOf(track('message_sent', {}, { [field]: { a: 1 } }))).toMatchObject({
        field,
        code: 'wrong_type',
      });
      expect('row' in read(track('message_sent', {}, { [field]: 7 }))).toBe(true);
    }
    for (const message of [null, 7, 'text', [], true])
      expect(refusalOf(message)).toMatchObject({ code: 'not_an_object' });
    expect(refusalOf(track('message_sent', {}, { properties: 'text' }))).toMatchObject({
      field: 'properties',
    });
    expect(refusalOf(track('message_sent', {}, { context: [] }))).toMatchObject({ field: 'context' });
  });
});

describe('numbers', () => {
  const throughDoor = (text: string): string => {
    const { value, marked } = parseExactly(text);
    const result = readMessage(value, deliveryOf({ markedNumbers: marked }));
    if ('refusal' in result) throw new Error(result.refusal.reason);
    return result.row.properties;
  };
  it('too long for a double are stored digit for digit', () => {
    const properties =
      '{"order":12345678901234567890,"big":1e999,"tiny":1e-999,"precise":0.1234567890123456789,"list":[-98765432109876543210],"text":"12345678901234567890 \\" 1e999"}';
    expect(throughDoor(`{"type":"track","event":"x","userId":"u","properties":${properties}}`)).toBe(
      properties,
    );
  });
  it('too long for a double are still ids', () => {
    const { value, marked } = parseExactly(
      '{"type":"track","event":"message_sent","userId":12345678901234567890,"messageId":1,"properties":{"conversation_id":98765432109876543210}}',
    );
    const result = readMessage(value, deliveryOf({ markedNumbers: marked }));
    expect(result).toMatchObject({ row: { thread_id: '98765432109876543210' } });
  });
  it('that a double holds are left alone, and any JSON stays what it was', () => {
    fc.assert(
      fc.property(
        fc.json({ maxDepth: 5 }),
        fc.bigInt(),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        (json, big, float) => {
          const text = `{"a":${json},"b":[${big}],"c":${float}}`;
          const { value, marked } = parseExactly(text);
          const back = marked ? unmark(JSON.stringify(value)) : JSON.stringify(value);
          expect(JSON.parse(back)).toEqual(JSON.parse(text));
          expect(back).toContain(`"b":[${big}]`);
        },
      ),
    );
  });
  it('NaN and Infinity are no JSON', () => {
    for (const text of [
      '{"a":NaN}',
      '{"a":Infinity}',
      '{"a":-}',
      '{"a":1234567890123456789.}',
      '{"a":12345678901234567890',
      '',
    ])
      expect(() => parseExactly(text)).toThrow(SyntaxError);
  });
  it('a string of 4 MB beside a long number does not overflow a stack', () => {
    const text = `{"a":${JSON.stringify('\\"'.repeat(1_000_000))},"b":12345678901234567890}`;
    expect(parseExactly(text).marked).toBe(true);
  });
});

describe("the contract's schema and the reader", () => {
  const scalar = fc.oneof(
    fc.string({ maxLength: 300 }),
    fc.constant('x'.repeat(600)),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.constant([]),
    fc.constant({}),
  );
  const maybe = <Value>(value: fc.Arbitrary<Value>) =>
    fc.oneof({ weight: 9, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value });
  const properties = fc.record({
    conversation_id: fc.oneof(fc.constant('c'), fc.integer(), maybe(scalar)),
    bot: maybe(scalar),
    flow: maybe(scalar),
    actor: maybe(scalar),
    channel: maybe(scalar),
    language: maybe(scalar),
    job: maybe(scalar),
    by: maybe(scalar),
    text: maybe(scalar),
    continued_from: maybe(scalar),
  });
  const message = fc.record({
    // A message without a type takes it from its address, which the schema does not know.
    type: fc.oneof(
      fc.constantFrom('track', 'identify', 'page', 'group'),
      scalar.filter((type) => type !== null),
    ),
    event: fc.oneof(
      fc.constantFrom(...eventNames.filter((name) => !/rated|csat|ces|brand_survey/.test(name))),
      maybe(scalar),
    ),
    messageId: maybe(scalar),
    userId: fc.oneof(fc.constant('u'), maybe(scalar)),
    anonymousId: maybe(scalar),
    properties: fc.oneof(properties, scalar),
    traits: maybe(fc.oneof(fc.constant({ bot: ['a'] }), scalar)),
    context: maybe(fc.oneof(fc.constant({}), scalar)),
  });
  it('agree on what has the right shape', () => {
    let taken = 0;
    fc.assert(
      fc.property(message, (sent) => {
        const text = JSON.stringify(sent);
        const parsed: Record<string, unknown> = JSON.parse(text);
        const schema = segmentMessage.safeParse(parsed);
        const result = read(parsed);
        // The need for a person or a conversation is the reader's alone.
        const shaped = 'row' in result || result.refusal.code === 'no_person';
        if ('row' in result) taken += 1;
        const reason = 'refusal' in result ? result.refusal.reason : '';
        expect(shaped, `${text} — ${reason} — ${schema.error?.message ?? ''}`).toBe(schema.success);
      }),
      { numRuns: 1000, seed: 7 },
    );
    expect(taken).toBeGreaterThan(30);
  });
});

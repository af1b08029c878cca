import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  conversationHash,
  eventHash,
  hash64,
  hash128,
  personKey,
  personKeyPlace,
  threadHash,
} from './hash.ts';

describe('hash', () => {
  it('agrees with the published xxHash64 values', () => {
    expect(hash64('')).toBe(0xef46db3751d8e999n);
    expect(hash64('abc')).toBe(0x44bc2cf5ad770999n);
  });

  it('hashes UTF-8, not UTF-16', () => {
    expect(hash64('é')).not.toBe(hash64('\u00c3\u00a9'));
    expect(hash64('é')).toBe(hash64(Buffer.from([0xc3, 0xa9]).toString('utf8')));
  });

  it('a 128-bit hash is UUID text, equal for equal text only', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (left, right) => {
        expect(hash128(left)).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
        expect(hash128(left) === hash128(right)).toBe(left === right);
      }),
    );
  });

  it('the same id is something else in another workspace and in another role', () => {
    const all = [
      threadHash(1, 'a'),
      threadHash(2, 'a'),
      conversationHash(1, 'a'),
      conversationHash(2, 'a'),
      personKey(1, 'user_id', 'a'),
      personKey(2, 'user_id', 'a'),
      personKey(1, 'anonymous_id', 'a'),
    ];
    expect(new Set(all).size).toBe(all.length);
    expect(eventHash(1, 'a')).not.toBe(eventHash(2, 'a'));
  });

  it('a person key carries its type in the low three bits and is never 0', () => {
    fc.assert(
      fc.property(fc.string(), (value) => {
        expect(personKeyPlace(personKey(1, 'user_id', value))).toBe(0);
        expect(personKeyPlace(personKey(1, 'email', value))).toBe(1);
        expect(personKeyPlace(personKey(1, 'thread', value))).toBe(6);
        expect(personKey(1, 'user_id', value)).not.toBe(0n);
      }),
    );
  });
});

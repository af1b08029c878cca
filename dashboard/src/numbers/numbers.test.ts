import { describe, expect, it } from 'vitest';
import { createNumbers } from './numbers.ts';

/** Narrow and ordinary no-break spaces, and the marks that set a direction, are the locale's own business. */
const plain = (text: string): string =>
  text.replace(/[\u00a0\u202f]/g, ' ').replace(/[\u061c\u200e\u200f]/g, '');

describe('numbers', () => {
  it.each([
    ['en-GB', '47%', '1,128'],
    ['ar-EG', '٤٧٪', '١٬١٢٨'],
    ['ar-MA', '47%', '1.128'],
    ['ru', '47 %', '1128'],
    ['ja', '47%', '1,128'],
    ['ko', '47%', '1,128'],
  ])('are written in the digits and marks of %s', (tag, percent, count) => {
    const numbers = createNumbers(tag);
    expect(plain(numbers.percent(0.47, 0))).toBe(percent);
    expect(plain(numbers.count(1128)).replace(/(?<=^1) /, '')).toBe(count);
  });

  it('carry the real minus sign and a plus where a change is meant', () => {
    const numbers = createNumbers('en-GB');
    expect(numbers.signed(-2.74, 1)).toBe('\u22122.7');
    expect(numbers.signed(3.9, 1)).toBe('+3.9');
    expect(plain(createNumbers('ar-EG').signed(-2.7, 1))).toBe('\u2212٢٫٧');
  });

  it('have no sign where the printed digits are zero', () => {
    const numbers = createNumbers('en-GB');
    expect(numbers.signed(-0.04, 1)).toBe('0.0');
    expect(numbers.plain(-0.04, 1)).toBe('0.0');
  });
});

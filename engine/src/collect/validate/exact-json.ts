import { randomBytes } from 'node:crypto';

/**
 * JSON.parse rounds numbers beyond a double (long ids, 1e999). A number that would not come back as it was sent is
 * carried as a marked string, and written out again digit for digit. The mark is not guessable, so no sender can
 * forge one.
 */
const MARK = `\uf8ff${randomBytes(12).toString('hex')}:`;
const MARKED = new RegExp(`"${MARK}([^"]*)"`, 'g');

/** Numbers of 16 and more digits, or with an exponent of two and more digits, can be inexact; nothing else is. */
const SUSPICIOUS = /[:[,\s]-?\d(?:[\d.]{15}|[\d.]*[eE][+-]?\d\d)/;
const comesBack = (literal: string): boolean => {
  const value = Number(literal);
  if (!Number.isFinite(value)) return false;
  const digits = literal
    .replace(/[eE].*$/, '')
    .replace(/[-.]/g, '')
    .replace(/^0+/, '');
  return digits.length <= 15 ? value !== 0 || digits.length === 0 : String(value) === literal;
};

export interface ExactJson {
  readonly value: unknown;
  /** True when the value holds marked numbers. */
  readonly marked: boolean;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
/** `-` and digits begin a number; `.`, `+`, `e` and `E` go on with it. Elsewhere in JSON none of them stands alone. */
const begins = (code: number): boolean => code === 0x2d || (code >= 0x30 && code <= 0x39);
const goesOn = (code: number): boolean =>
  begins(code) || code === 0x2e || code === 0x2b || code === 0x65 || code === 0x45;

const stringEnd = (text: string, start: number): number => {
  let place = start + 1;
  for (let code = text.charCodeAt(place); code !== QUOTE; code = text.charCodeAt(place)) {
    place += code === BACKSLASH ? 2 : 1;
  }
  return place + 1;
};

/** Valid JSON → the same with inexact numbers as marked strings. By hand: a pattern's stack overflows on long strings. */
const mark = (text: string): string => {
  let marked = '';
  let copied = 0;
  let place = 0;
  while (place < text.length) {
    const code = text.charCodeAt(place);
    if (code === QUOTE) {
      place = stringEnd(text, place);
    } else if (begins(code)) {
      const start = place;
      while (goesOn(text.charCodeAt(place))) place += 1;
      const literal = text.slice(start, place);
      if (comesBack(literal)) continue;
      marked += `${text.slice(copied, start)}"${MARK}${literal}"`;
      copied = place;
    } else {
      place += 1;
    }
  }
  return copied === 0 ? text : marked + text.slice(copied);
};

/** Throws SyntaxError like JSON.parse. */
export const parseExactly = (text: string): ExactJson => {
  const value: unknown = JSON.parse(text);
  if (!SUSPICIOUS.test(text)) return { value, marked: false };
  const exact = mark(text);
  return exact === text ? { value, marked: false } : { value: JSON.parse(exact), marked: true };
};

/** JSON text with marked numbers → JSON text with the numbers as they were sent. */
export const unmark = (json: string): string => json.replace(MARKED, '$1');

/** A scalar's text, a marked number's digits included. */
export const plainText = (text: string): string => (text.startsWith(MARK) ? text.slice(MARK.length) : text);

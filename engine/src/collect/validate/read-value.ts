import { limits } from '@botworth/contract/limits';
import { plainText } from './exact-json.ts';
import { type Note, refuse } from './refusal.ts';

export type Fields = Readonly<Record<string, unknown>>;

/** Stands for every object that was not sent. */
export const NOTHING: Fields = Object.freeze({});

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** An optional object; null counts as not sent, as clients send it. */
export const readFields = (value: unknown, field: string, note: Note): Fields => {
  if (value === undefined || value === null) return NOTHING;
  if (isFields(value)) return value;
  refuse(note, 'wrong_type', field, `${field} must be an object`);
  return NOTHING;
};

/** The object without a verdict: for parts of the context that only enrich. */
export const fieldsOf = (value: unknown): Fields => (isFields(value) ? value : NOTHING);

const scalarText = (value: unknown): string | undefined => {
  if (typeof value === 'string') return plainText(value);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return undefined;
};

/** '' when not sent. Numbers are taken, because some platforms number their conversations and users. */
export const readId = (value: unknown, field: string, note: Note): string => {
  if (value === undefined || value === null) return '';
  const text = typeof value === 'boolean' ? undefined : scalarText(value);
  if (text === undefined) {
    refuse(note, 'wrong_type', field, `${field} must be a text or a number`);
    return '';
  }
  if (text.length > limits.idChars)
    refuse(note, 'too_long', field, `${field} is longer than ${limits.idChars} characters`);
  return text;
};

/** A dimension's value: '' when not sent. */
export const readDimension = (value: unknown, field: string, note: Note): string => {
  if (value === undefined || value === null) return '';
  const text = scalarText(value);
  if (text === undefined) {
    refuse(note, 'wrong_type', field, `${field} must be a text, a number or a boolean`);
    return '';
  }
  if (text.length > limits.dimensionChars)
    refuse(note, 'too_long', field, `${field} is longer than ${limits.dimensionChars} characters`);
  return text;
};

/** Cut so that no half of a surrogate pair is left at the end. */
export const cutText = (text: string, chars: number): string =>
  text.slice(0, chars).replace(/[\ud800-\udbff]$/, '');

/** A dimension that the context only suggests (a page, a campaign out of an address): cut, never a reason to refuse. */
export const hint = (value: unknown): string => {
  const text = scalarText(value);
  if (text === undefined) return '';
  return text.length <= limits.dimensionChars ? text : cutText(text, limits.dimensionChars);
};

/** Text of any length; the event's size is limited as a whole. */
export const readText = (value: unknown, field: string, note: Note): string => {
  if (value === undefined || value === null) return '';
  const text = scalarText(value);
  if (text === undefined) refuse(note, 'wrong_type', field, `${field} must be a text`);
  return text ?? '';
};

/** A finite number between the bounds, sent as a number or as its text; undefined when not sent. */
export const readNumber = (
  value: unknown,
  field: string,
  low: number,
  high: number,
  note: Note,
): number | undefined => {
  if (value === undefined || value === null || value === '') return undefined;
  const number =
    typeof value === 'number'
      ? value
      : typeof value === 'string' && value.trim() !== ''
        ? Number(plainText(value))
        : Number.NaN;
  if (number >= low && number <= high) return number;
  refuse(note, 'wrong_type', field, `${field} must be a number between ${low} and ${high}`);
  return undefined;
};

/** True once a value nests deeper than so many levels. */
export const isDeeperThan = (value: unknown, levels: number): boolean => {
  if (typeof value !== 'object' || value === null) return false;
  if (levels <= 0) return true;
  if (Array.isArray(value)) {
    for (const item of value)
      if (typeof item === 'object' && item !== null && isDeeperThan(item, levels - 1)) return true;
    return false;
  }
  for (const key in value) {
    const item = (value as Fields)[key];
    if (typeof item === 'object' && item !== null && isDeeperThan(item, levels - 1)) return true;
  }
  return false;
};

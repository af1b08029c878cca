import { limits } from '@botworth/contract/limits';
import { plainText } from './exact-json.ts';
import type { Fields } from './read-value.ts';
import { type Note, refuse } from './refusal.ts';

const ISO =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?\s?(Z|z|[+-]\d\d(?::?\d\d)?)?)?$/;
/** Days up to 28 exist in every month, so that nothing rolls over. */
const CLIENT_FORM =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;
/** Larger numbers are milliseconds: as seconds they would lie beyond the year 5000. */
const SECONDS_END = 1e11;

const EARLIEST_MS = Date.parse(limits.earliest);
const FUTURE_MS = limits.futureHours * 3_600_000;

const zoneMinutes = (zone: string | undefined): number => {
  if (zone === undefined || zone === 'Z' || zone === 'z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3).replace(':', '') || 0);
  return zone.startsWith('-') ? -minutes : minutes;
};

/** ISO 8601 (without a zone: UTC), or Unix time in milliseconds or seconds. NaN for everything else. */
const parseTimeMs = (value: unknown): number => {
  if (typeof value === 'number')
    return Number.isFinite(value)
      ? Math.trunc(Math.abs(value) < SECONDS_END ? value * 1000 : value)
      : Number.NaN;
  if (typeof value !== 'string') return Number.NaN;
  // What clients send; the engine of JavaScript reads this form far faster than a pattern does.
  if (value.length === 24 && CLIENT_FORM.test(value)) return Date.parse(value);
  const parts = ISO.exec(value);
  if (parts === null) return Number.NaN;
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '0', zone] = parts;
  const dayMs = Date.UTC(Number(year), Number(month) - 1, Number(day));
  // Date.UTC rolls 31 February over into March; such a date is a mistake, not a moment.
  if (Number(month) < 1 || Number(month) > 12 || new Date(dayMs).getUTCDate() !== Number(day))
    return Number.NaN;
  if (Number(hour) > 24 || Number(minute) > 59 || Number(second) > 60) return Number.NaN;
  const inDayMs = (Number(hour) * 60 + Number(minute) - zoneMinutes(zone)) * 60_000 + Number(second) * 1000;
  return dayMs + inDayMs + Math.trunc(Number(`0.${fraction}`) * 1000 + 1e-6);
};

const isSane = (ms: number): boolean => ms >= EARLIEST_MS && ms <= 32_503_680_000_000;

/**
 * When the event happened, in Unix ms. A sender's clock is corrected by `received − sent` only beyond the tolerance,
 * and only for a time that the client took from its own clock: an event that carries both `timestamp` and
 * `originalTimestamp` had its `timestamp` set on purpose (RudderStack's callers, Segment's own corrected exports), and
 * that one stands.
 */
export const eventTimeMs = (
  message: Fields,
  batchSentAt: unknown,
  receivedMs: number,
  note: Note,
): number => {
  const given = message.timestamp ?? undefined;
  const original = message.originalTimestamp ?? undefined;
  const own = given ?? original;
  if (own === undefined) return receivedMs;
  const field = given === undefined ? 'originalTimestamp' : 'timestamp';
  let ms = parseTimeMs(typeof own === 'string' ? plainText(own) : own);
  if (Number.isNaN(ms)) {
    refuse(note, 'time', field, `${field} is not an ISO 8601 time`);
    return receivedMs;
  }
  if (given === undefined || original === undefined) {
    const sentMs = parseTimeMs(message.sentAt ?? batchSentAt);
    const skewMs = receivedMs - sentMs;
    if (isSane(sentMs) && Math.abs(skewMs) > limits.skewToleranceMs) ms += skewMs;
  }
  if (ms > receivedMs + FUTURE_MS)
    refuse(
      note,
      'time_in_future',
      field,
      `${field} lies more than ${limits.futureHours} hours in the future`,
    );
  else if (ms < EARLIEST_MS)
    refuse(note, 'time_too_old', field, `${field} lies before ${limits.earliest.slice(0, 10)}`);
  return ms;
};

const two = (number: number): string => (number < 10 ? `0${number}` : `${number}`);
const DAY_MS = 86_400_000;
let dayStartMs = Number.NaN;
let dayText = '';

/** The engine's text form, UTC: `YYYY-MM-DD HH:MM:SS.mmm`. The day's text is kept, since events of one day come together. */
export const engineTime = (ms: number): string => {
  const inDayMs = ((ms % DAY_MS) + DAY_MS) % DAY_MS;
  if (ms - inDayMs !== dayStartMs) {
    dayStartMs = ms - inDayMs;
    dayText = new Date(dayStartMs).toISOString().slice(0, 10);
  }
  const seconds = Math.trunc(inDayMs / 1000);
  const millis = inDayMs % 1000;
  return `${dayText} ${two(Math.trunc(seconds / 3600))}:${two(Math.trunc(seconds / 60) % 60)}:${two(seconds % 60)}.${millis < 10 ? '00' : millis < 100 ? '0' : ''}${millis}`;
};

/** Days of the workspace's calendar as ISO dates; no zone is involved once a day is known. */
export type LocalDate = string;

const DAY_MS = 86_400_000;

const midnightUtcMs = (date: LocalDate): number => Date.parse(`${date}T00:00:00Z`);

export const isLocalDate = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) &&
  !Number.isNaN(midnightUtcMs(text)) &&
  // JavaScript reads the 30th of February as a day of March.
  new Date(midnightUtcMs(text)).toISOString().startsWith(text);

export const addDays = (date: LocalDate, days: number): LocalDate =>
  new Date(midnightUtcMs(date) + days * DAY_MS).toISOString().slice(0, 10);

/** 0 is Sunday. */
export const weekdayOf = (date: LocalDate): number => new Date(midnightUtcMs(date)).getUTCDay();

/** For Intl, which must then be told `timeZone: 'UTC'`. */
export const asUtcDate = (date: LocalDate): Date => new Date(midnightUtcMs(date));

/** The day that an instant falls on in a zone. */
export const localDateAt = (instantMs: number, zone: string): LocalDate => {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).formatToParts(instantMs);
  const of = (type: Intl.DateTimeFormatPartTypes): string =>
    parts.find((part) => part.type === type)?.value ?? '';
  return `${of('year')}-${of('month')}-${of('day')}`;
};

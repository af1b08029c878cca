import { addDays, type LocalDate } from '../../time/local-date.ts';

/** The local day by which the last conversation of a period has had its time to come back. */
export const settlesOn = (toExclusive: LocalDate, returnHours: number): LocalDate =>
  addDays(toExclusive, Math.ceil(returnHours / 24));

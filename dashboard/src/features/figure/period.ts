import type { LocalDate } from '../../time/local-date.ts';

/** What a figure on the page is about: the same for all cards of a board. */
export interface Period {
  readonly from: LocalDate;
  /** Exclusive. */
  readonly to: LocalDate;
  /** Its short name, like "Week 18". */
  readonly name: string;
  /** The same inside a sentence. */
  readonly inline: string;
  /** What it is compared with, like "week 17". */
  readonly against: string;
}

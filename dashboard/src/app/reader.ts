import { createContext, useContext } from 'react';
import { createNumbers, type Numbers } from '../numbers/numbers.ts';
import { createDates, type Dates } from '../time/dates.ts';
import { formatTag } from './languages.ts';
import type { Preferences } from './preferences.ts';

export interface Reader {
  readonly numbers: Numbers;
  /** Dates in the zone of the workspace that is looked at. */
  readonly dates: (zone: string) => Dates;
}

export const createReader = (preferences: Preferences, wanted: readonly string[]): Reader => {
  const tag = formatTag(preferences.language, wanted, preferences.digits);
  const made = new Map<string, Dates>();
  return {
    numbers: createNumbers(tag),
    dates: (zone) => {
      const known = made.get(zone) ?? createDates(tag, zone);
      made.set(zone, known);
      return known;
    },
  };
};

export const ReaderContext = createContext<Reader>(
  createReader({ theme: 'system', language: 'en', digits: 'region' }, []),
);

export const useReader = (): Reader => useContext(ReaderContext);

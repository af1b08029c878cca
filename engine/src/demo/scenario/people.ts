import type { Rng } from '../../base/rng.ts';
import { draw } from './draw.ts';
import {
  devices,
  givenNames,
  type HomeChannel,
  homeChannels,
  type Origin,
  origins,
  type ShopDevice,
} from './shop.data.ts';

const DAY_MS = 86_400_000;
/**
 * Two independent visits of one person lie farther apart than any return window and than the seven days a handoff
 * may stay open; who comes back on purpose is written by the story itself.
 */
const APART_MS = 9 * DAY_MS;
const RETURNING_SHARE = 0.38;
const TRIES = 4;

export interface Person {
  readonly number: number;
  readonly home: HomeChannel;
  readonly origin: Origin;
  readonly device: ShopDevice;
  readonly email: string;
  /** Starts of visits, in no order. */
  readonly visits: number[];
  /** The browser's key; a second device makes a second one. */
  anonymousId: string;
  /** Known by the account from then on. */
  isKnown: boolean;
}

export interface People {
  /** Somebody of this channel who has time at that instant. */
  visitor(atMs: number, home?: HomeChannel): Person;
}

export const userIdOf = (person: Person): string => `customer-${person.number}`;

export const createPeople = (rng: Rng): People => {
  const known: Person[] = [];
  const make = (home: HomeChannel): Person => {
    const number = known.length + 1;
    const person: Person = {
      number,
      home,
      origin: draw(rng, origins),
      device: home === 'web_chat' ? draw(rng, devices) : 'mobile',
      // example.com is reserved for examples: nobody's address.
      email: `${rng.pick(givenNames)}.${number}@example.com`,
      visits: [],
      anonymousId: `${home === 'web_chat' ? 'browser' : home}-${number}`,
      isKnown: home === 'web_chat' && rng.chance(0.3),
    };
    known.push(person);
    return person;
  };
  return {
    visitor: (atMs, wanted) => {
      const home = wanted ?? draw(rng, homeChannels);
      if (known.length > 0 && rng.chance(RETURNING_SHARE)) {
        for (let attempt = 0; attempt < TRIES; attempt += 1) {
          const person = rng.pick(known);
          if (person.home === home && person.visits.every((visit) => Math.abs(visit - atMs) > APART_MS)) {
            person.visits.push(atMs);
            return person;
          }
        }
      }
      const person = make(home);
      person.visits.push(atMs);
      return person;
    },
  };
};

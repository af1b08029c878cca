import { expect, test } from 'vitest';
import { type BodyPlace, createBodyRoom } from './body-room.ts';

const MEBIBYTE = 1024 * 1024;
const refuses = (work: () => void): boolean => {
  try {
    work();
    return false;
  } catch {
    return true;
  }
};

/** What comes in stays; what is refused goes. */
const fill = () => {
  const room = createBodyRoom();
  const places: BodyPlace[] = [];
  const bring = (address: string, mebibytes: number, isKnown = false): boolean => {
    const place = room.enter(address);
    if (isKnown) place.known();
    const isRefused = refuses(() => place.arrived(mebibytes * MEBIBYTE));
    if (isRefused) place.leave();
    else places.push(place);
    return !isRefused;
  };
  const empty = (): void => {
    for (const place of places.splice(0)) place.leave();
  };
  return { bring, empty };
};

test('a stranger who fills the part of those without a key keeps out himself, and no other address', () => {
  const { bring, empty } = fill();
  for (const _ of [1, 2, 3, 4]) expect(bring('192.0.2.7', 4)).toBe(true);
  expect(bring('192.0.2.7', 1)).toBe(false);
  expect(bring('198.51.100.1', 1)).toBe(true);
  expect(bring('2001:db8::1', 4)).toBe(true);
  // The addresses of one network are one sender.
  expect(bring('2001:db8::2', 4)).toBe(false);
  empty();
  expect(bring('192.0.2.7', 4)).toBe(true);
});

test('a crowd of strangers comes to an end as well, and shuts out nobody whose key is known', () => {
  const { bring } = fill();
  const crowd = ['a', 'a', 'a', 'a', 'b', 'b', 'c', 'd'].map((address) => bring(address, 4));
  expect(crowd).toEqual(crowd.map(() => true));
  expect(bring('e', 1)).toBe(false);
  expect(bring('e', 4, true)).toBe(true);
});

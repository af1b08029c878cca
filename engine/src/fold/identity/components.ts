import { personKeyPlace } from '../../base/hash.ts';
import { createBreath } from './breathe.ts';

export type Pair = readonly [low: bigint, high: bigint];

export interface People {
  /** Every key of a pair → its person, the smallest key that it is connected with. */
  readonly personOf: ReadonlyMap<bigint, bigint>;
  /** Keys that would tie too many people together: left out of ties, each a person of its own. */
  readonly capped: ReadonlySet<bigint>;
}

/** User ids, e-mails, phones and CRM contacts name one person each; devices and platforms may be shared. */
const STRONG_TYPES = 4;
const isStrong = (key: bigint): boolean => personKeyPlace(key) < STRONG_TYPES;

type Breath = ReturnType<typeof createBreath>;

/** All keys of the pairs, each once, in order. Numbers of the machine's own size sort in a tenth of the time. */
const sortedKeys = async (pairs: readonly Pair[], breath: Breath): Promise<bigint[]> => {
  const all = new BigUint64Array(2 * pairs.length);
  let place = 0;
  for (const [low, high] of pairs) {
    all[place] = low;
    all[place + 1] = high;
    place += 2;
    if (breath.due()) await breath.take();
  }
  all.sort();
  const keys: bigint[] = [];
  for (const key of all) {
    if (key !== keys.at(-1)) keys.push(key);
    if (breath.due()) await breath.take();
  }
  return keys;
};

/**
 * Connected keys over the final set of ties: no order matters, and neither does how often a tie was said. Of a large
 * workspace these are a million steps, in the process that also takes events: others get their turn in between.
 */
export const findPeople = async (
  pairs: readonly Pair[],
  cap: number,
  knownCapped: ReadonlySet<bigint> = new Set(),
): Promise<People> => {
  const breath = createBreath();
  const keys = await sortedKeys(pairs, breath);
  const places = new Map<bigint, number>();
  for (const key of keys) {
    places.set(key, places.size);
    if (breath.due()) await breath.take();
  }
  const strongNeighbours = new Uint32Array(keys.length);
  const seen = new Set<number>();
  const distinct: (readonly [lowPlace: number, highPlace: number])[] = [];
  for (const [low, high] of pairs) {
    const lowPlace = places.get(low) ?? 0;
    const highPlace = places.get(high) ?? 0;
    const name = lowPlace * keys.length + highPlace;
    if (!seen.has(name)) {
      seen.add(name);
      distinct.push([lowPlace, highPlace]);
      if (isStrong(high)) strongNeighbours[lowPlace] = (strongNeighbours[lowPlace] ?? 0) + 1;
      if (isStrong(low)) strongNeighbours[highPlace] = (strongNeighbours[highPlace] ?? 0) + 1;
    }
    if (breath.due()) await breath.take();
  }
  const isCapped = Uint8Array.from(keys, (key, place) =>
    knownCapped.has(key) || (strongNeighbours[place] ?? 0) > cap ? 1 : 0,
  );

  // Keys are sorted, so the smallest place of a set is its smallest key.
  const parent = Uint32Array.from(keys, (_, place) => place);
  const find = (start: number): number => {
    let place = start;
    for (;;) {
      const above = parent[place] ?? place;
      if (above === place) return place;
      parent[place] = parent[above] ?? above;
      place = above;
    }
  };
  for (const [low, high] of distinct) {
    if (breath.due()) await breath.take();
    if (isCapped[low] === 1 || isCapped[high] === 1) continue;
    const a = find(low);
    const b = find(high);
    if (a < b) parent[b] = a;
    else parent[a] = b;
  }
  const personOf = new Map<bigint, bigint>();
  for (const [place, key] of keys.entries()) {
    personOf.set(key, keys[find(place)] ?? key);
    if (breath.due()) await breath.take();
  }
  return { personOf, capped: new Set(keys.filter((_, place) => isCapped[place] === 1)) };
};

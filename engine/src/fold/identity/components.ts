import { personKeyPlace } from '../../base/hash.ts';

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

/** Connected keys over the final set of ties: no order matters, and neither does how often a tie was said. */
export const findPeople = (
  pairs: readonly Pair[],
  cap: number,
  knownCapped: ReadonlySet<bigint> = new Set(),
): People => {
  const keys = [...new Set(pairs.flat())].sort((a, b) => (a < b ? -1 : 1));
  const places = new Map(keys.map((key, place) => [key, place]));
  const placeOf = (key: bigint): number => places.get(key) ?? 0;
  const strongNeighbours = new Uint32Array(keys.length);
  const seen = new Set<string>();
  const distinct = pairs.filter(([low, high]) => {
    const name = `${low} ${high}`;
    if (seen.has(name)) return false;
    seen.add(name);
    return true;
  });
  for (const [low, high] of distinct) {
    const lowPlace = placeOf(low);
    const highPlace = placeOf(high);
    if (isStrong(high)) strongNeighbours[lowPlace] = (strongNeighbours[lowPlace] ?? 0) + 1;
    if (isStrong(low)) strongNeighbours[highPlace] = (strongNeighbours[highPlace] ?? 0) + 1;
  }
  const capped = new Set(
    keys.filter((key, place) => knownCapped.has(key) || (strongNeighbours[place] ?? 0) > cap),
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
    if (capped.has(low) || capped.has(high)) continue;
    const a = find(placeOf(low));
    const b = find(placeOf(high));
    if (a < b) parent[b] = a;
    else parent[a] = b;
  }
  return {
    personOf: new Map(keys.map((key, place) => [key, keys[find(place)] ?? key])),
    capped,
  };
};

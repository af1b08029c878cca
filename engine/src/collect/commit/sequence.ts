/** 2^20 places for the events of one millisecond; a faster second borrows from the next. */
const PLACES = 20n;
const GREATEST = 2n ** 64n - 1n;

/** Commit sequence: strictly increasing, over restarts too, as long as it starts from the greatest one stored. */
export interface Sequence {
  /** Reserves so many in a row and gives the first. */
  take(count: number): bigint;
  last(): bigint;
}

export const createSequence = (greatestStored: bigint, nowMs: () => number): Sequence => {
  let last = greatestStored;
  return {
    take: (count) => {
      const now = BigInt(nowMs()) << PLACES;
      const first = now > last ? now : last + 1n;
      last = first + BigInt(count - 1);
      return first;
    },
    last: () => last,
  };
};

/** Of two copies the first received has the greatest version, which is the one the engine keeps. */
export const versionOf = (seq: bigint): bigint => GREATEST - seq;

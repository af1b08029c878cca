/** A commit on its way: what a copy of one of its events has to wait for. */
export interface Commit {
  state: 'waiting' | 'durable' | 'failed';
}

export type Sighting =
  | { readonly kind: 'new' }
  | { readonly kind: 'copy'; readonly commit: Commit; readonly conflicting: boolean };

const NEW: Sighting = { kind: 'new' };

/**
 * The last events by id: counts duplicates, tells conflicting ones, and spares the store exact re-sends. Only a window:
 * what is older is told apart by the store, whose key ends in the event's id.
 */
export interface RecentEvents {
  /** Notes the event unless it is known. An event of a failed commit counts as never seen. */
  look(eid: string, digest: string, commit: Commit): Sighting;
  /** The event could not be written after all. */
  forget(eid: string): void;
  size(): number;
}

/** Four words of the id, one of the digest, and which commit, from 1 on; 0 = the place is free. */
const WORDS = 6;
const DIGEST = 4;
const COMMIT = 5;
/** The event of this place was forgotten; the search goes on past it. */
const FORGOTTEN = 0xffff_ffff;

/**
 * Events by id in one block of numbers. As entries of a Map they were the larger half of all that the garbage
 * collector had to look after: a fifth of the time of an event.
 */
class Generation {
  readonly #mask: number;
  readonly #words: Uint32Array;
  readonly #commits: Commit[] = [];
  #size = 0;

  constructor(events: number) {
    // At most half full, so that a search ends after a step or two.
    const places = 2 ** Math.ceil(Math.log2(Math.max(2, 2 * events)));
    this.#mask = places - 1;
    this.#words = new Uint32Array(places * WORDS);
  }

  get size(): number {
    return this.#size;
  }

  /** Where the event stands, or the free place where it would. */
  find(id: Uint32Array): number {
    const words = this.#words;
    for (let place = (id[3] as number) & this.#mask; ; place = (place + 1) & this.#mask) {
      const at = place * WORDS;
      if (
        words[at + COMMIT] === 0 ||
        (words[at] === id[0] && words[at + 1] === id[1] && words[at + 2] === id[2] && words[at + 3] === id[3])
      )
        return at;
    }
  }

  commitAt(at: number): Commit | undefined {
    const number = this.#words[at + COMMIT] as number;
    return number === FORGOTTEN ? undefined : this.#commits[number - 1];
  }

  digestAt(at: number): number {
    return this.#words[at + DIGEST] as number;
  }

  put(at: number, id: Uint32Array, digest: number, commit: Commit): void {
    if (this.#words[at + COMMIT] === 0) this.#size += 1;
    if (this.#commits.at(-1) !== commit) this.#commits.push(commit);
    this.#words.set(id, at);
    this.#words[at + DIGEST] = digest;
    this.#words[at + COMMIT] = this.#commits.length;
  }

  forget(at: number): void {
    if (this.#words[at + COMMIT] !== 0) this.#words[at + COMMIT] = FORGOTTEN;
  }
}

const id = new Uint32Array(4);

/** A UUID's 128 bits → `id`. */
const readId = (eid: string): void => {
  id[0] = Number.parseInt(eid.slice(0, 8), 16);
  id[1] = Number.parseInt(eid.slice(9, 13) + eid.slice(14, 18), 16);
  id[2] = Number.parseInt(eid.slice(19, 23) + eid.slice(24, 28), 16);
  id[3] = Number.parseInt(eid.slice(28, 36), 16);
};

/** Of a decimal number, as many digits as fit into a word: enough to count what differs. */
const readDigest = (digest: string): number => Number(digest.slice(-9));

/** Two generations of half the size each: forgetting costs nothing per event. */
export const createRecentEvents = (windowEvents: number): RecentEvents => {
  const half = Math.ceil(windowEvents / 2);
  let young = new Generation(half);
  let old = new Generation(0);
  const seenIn = (generation: Generation, at: number, digest: number): Sighting | undefined => {
    const commit = generation.commitAt(at);
    return commit === undefined || commit.state === 'failed'
      ? undefined
      : { kind: 'copy', commit, conflicting: generation.digestAt(at) !== digest };
  };
  return {
    look: (eid, digestText, commit) => {
      readId(eid);
      const digest = readDigest(digestText);
      const at = young.find(id);
      const seen = seenIn(young, at, digest) ?? seenIn(old, old.find(id), digest);
      if (seen !== undefined) return seen;
      if (young.size < half) young.put(at, id, digest, commit);
      else {
        old = young;
        young = new Generation(half);
        young.put(young.find(id), id, digest, commit);
      }
      return NEW;
    },
    forget: (eid) => {
      readId(eid);
      young.forget(young.find(id));
      old.forget(old.find(id));
    },
    size: () => young.size + old.size,
  };
};

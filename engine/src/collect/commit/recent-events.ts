/** A commit on its way: what a copy of one of its events has to wait for. */
export interface Commit {
  state: 'waiting' | 'durable' | 'failed';
}

interface Seen {
  readonly digest: string;
  readonly commit: Commit;
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

/** Two generations of half the size each: forgetting costs nothing per event. */
export const createRecentEvents = (windowEvents: number): RecentEvents => {
  let young = new Map<string, Seen>();
  let old = new Map<string, Seen>();
  return {
    look: (eid, digest, commit) => {
      const seen = young.get(eid) ?? old.get(eid);
      if (seen !== undefined && seen.commit.state !== 'failed')
        return { kind: 'copy', commit: seen.commit, conflicting: seen.digest !== digest };
      if (young.size >= windowEvents / 2) {
        old = young;
        young = new Map();
      }
      young.set(eid, { digest, commit });
      return NEW;
    },
    forget: (eid) => {
      young.delete(eid);
      old.delete(eid);
    },
    size: () => young.size + old.size,
  };
};

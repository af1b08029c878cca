import type { Refusal, RefusalCode } from './validate/refusal.ts';

export interface OnTheWay {
  readonly sinceMs: number;
  readonly events: number;
}

/** What one workspace sent, since the process started, except `acknowledged`, which counts what is stored. */
export interface WorkspaceCounts {
  /** Events that are durable and were answered with 2xx; a re-sent one counts once as far as the window of recent ids reaches. */
  acknowledged: number;
  duplicates: number;
  /** Of the duplicates, those that differ from the first copy, which stands. */
  conflicts: number;
  readonly refused: Map<RefusalCode, number>;
  /** Names that nobody mapped yet. */
  readonly unknownNames: Map<string, number>;
  /** Events that were acknowledged and cannot be read yet, oldest first. */
  readonly onTheWay: Set<OnTheWay>;
  /** Greatest commit sequence of this workspace; 0n = none yet. */
  lastSeq: bigint;
}

/** A sender that invents names must not fill the memory; the stored rows still hold every one. */
const NAMES_KEPT = 1000;

export interface Counters {
  of(workspaceNumber: number): WorkspaceCounts;
  refused(workspaceNumber: number, refusal: Refusal): void;
  unknownName(workspaceNumber: number, name: string): void;
  all(): ReadonlyMap<number, WorkspaceCounts>;
}

export const createCounters = (): Counters => {
  const counts = new Map<number, WorkspaceCounts>();
  const of = (workspaceNumber: number): WorkspaceCounts => {
    const found = counts.get(workspaceNumber);
    if (found !== undefined) return found;
    const made: WorkspaceCounts = {
      acknowledged: 0,
      duplicates: 0,
      conflicts: 0,
      refused: new Map(),
      unknownNames: new Map(),
      onTheWay: new Set(),
      lastSeq: 0n,
    };
    counts.set(workspaceNumber, made);
    return made;
  };
  const raise = <Key>(map: Map<Key, number>, key: Key): void => void map.set(key, (map.get(key) ?? 0) + 1);
  return {
    of,
    refused: (workspaceNumber, { code }) => raise(of(workspaceNumber).refused, code),
    unknownName: (workspaceNumber, name) => {
      const { unknownNames } = of(workspaceNumber);
      if (unknownNames.size < NAMES_KEPT || unknownNames.has(name)) raise(unknownNames, name);
    },
    all: () => counts,
  };
};

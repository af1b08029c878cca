import { fail } from '../../base/app-error.ts';
import { networkOf } from '../../base/network.ts';

/** Ten guesses a second from one address, over however many connections. */
const PAUSE_MS = 100;
/** Two seconds of waiting, which is when Retry-After asks to come again. */
const MOST_WAITING = 20;
/** Addresses that have a line of their own; beyond so many at once, the others share one. */
const MOST_LINES = 1000;

/**
 * The lines in which wrong tokens wait for their answer, one for each address: who guesses holds up nobody elsewhere.
 * A full line must be asked for before a token is looked at. An answer at once that says "wrong" would let a guesser
 * fill the line and try all the others at full speed.
 */
export interface WrongTokens {
  isFull(address: string): boolean;
  /** Joins the line at once, and comes back when its turn has come. */
  turn(address: string): Promise<void>;
}

interface Line {
  waiting: number;
  last: Promise<unknown>;
}

export const createWrongTokens = (later: (run: () => void, ms: number) => void): WrongTokens => {
  const lines = new Map<string, Line>();
  const pause = () => new Promise<void>((resolve) => later(resolve, PAUSE_MS));
  const nameOf = (address: string): string => {
    const network = networkOf(address);
    return lines.has(network) || lines.size < MOST_LINES ? network : 'others';
  };
  return {
    isFull: (address) => (lines.get(nameOf(address))?.waiting ?? 0) >= MOST_WAITING,
    turn: async (address) => {
      const name = nameOf(address);
      const line = lines.get(name) ?? { waiting: 0, last: Promise.resolve() };
      lines.set(name, line);
      line.waiting += 1;
      const mine = line.last.then(pause);
      line.last = mine;
      await mine;
      line.waiting -= 1;
      if (line.waiting === 0) lines.delete(name);
    },
  };
};

/** Right or wrong, it says the same. */
export const refuseAnAnswer = (): never =>
  fail(
    'too_many_attempts',
    'Too many wrong tokens of this address wait for their answer, so this one got none.',
    {},
  );

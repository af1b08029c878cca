import { fail } from '../../base/app-error.ts';

/** Ten guesses a second, from however many connections. */
const PAUSE_MS = 100;
/** Ten seconds of waiting; who would wait longer is told so at once. */
const MOST_WAITING = 100;

/** The one line in which all wrong tokens wait for their answer. Who brings a right one never comes here. */
export interface WrongTokens {
  /** True when its turn has come; false at once where too many wait already. */
  turn(): Promise<boolean>;
}

export const createWrongTokens = (later: (run: () => void, ms: number) => void): WrongTokens => {
  let waiting = 0;
  let last: Promise<unknown> = Promise.resolve();
  const pause = () => new Promise<void>((resolve) => later(resolve, PAUSE_MS));
  return {
    turn: async () => {
      if (waiting >= MOST_WAITING) return false;
      waiting += 1;
      const mine = last.then(pause);
      last = mine;
      await mine;
      waiting -= 1;
      return true;
    },
  };
};

export const awaitTurn = async (wrongTokens: WrongTokens): Promise<void> => {
  if (!(await wrongTokens.turn()))
    fail(
      'too_many_attempts',
      'Too many wrong tokens are waiting for their answer; this one is wrong too.',
      {},
    );
};

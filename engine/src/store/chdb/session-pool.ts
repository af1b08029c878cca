import type { Session } from 'chdb';

/**
 * One connection is a queue: a small question behind a large one waits for it. So there are a few, each lent to
 * one statement at a time, in the order of asking.
 */
export class SessionPool {
  readonly #all: readonly Session[];
  readonly #idle: Session[];
  readonly #waiting: ((session: Session) => void)[] = [];

  constructor(sessions: readonly Session[]) {
    this.#all = sessions;
    this.#idle = [...sessions];
  }

  async with<Result>(work: (session: Session) => Promise<Result>): Promise<Result> {
    const session =
      this.#idle.pop() ?? (await new Promise<Session>((resolve) => this.#waiting.push(resolve)));
    try {
      return await work(session);
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#idle.push(session);
      else next(session);
    }
  }

  /** For what every session needs once; only before the pool is in use. */
  async each(work: (session: Session) => Promise<unknown>): Promise<void> {
    for (const session of this.#all) await work(session);
  }

  /** Waits for every statement under way: closing a session in the middle of one would abort the process. */
  async close(): Promise<void> {
    const taken = await Promise.all(
      this.#all.map(() => this.#idle.pop() ?? new Promise<Session>((resolve) => this.#waiting.push(resolve))),
    );
    for (const session of taken) session.close();
  }
}

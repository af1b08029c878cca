import { randomBytes } from 'node:crypto';
import type { Clock } from '../../base/clock.ts';

/** A link that nobody opened is worth nothing the next day. */
const LINK_MS = 24 * 3_600_000;
const MOST_OPEN_LINKS = 100;

/** One-time keys of `/enter?key=…`. They live in memory: a restart makes them all worthless. */
export interface EntryKeys {
  make(): string;
  /** True once for each key that was made and has not expired. */
  use(key: string): boolean;
}

export const createEntryKeys = (clock: Clock): EntryKeys => {
  const expiryByKey = new Map<string, number>();
  return {
    make: () => {
      for (const oldest of expiryByKey.keys()) {
        if (expiryByKey.size < MOST_OPEN_LINKS) break;
        expiryByKey.delete(oldest);
      }
      const key = randomBytes(24).toString('base64url');
      expiryByKey.set(key, clock.nowMs() + LINK_MS);
      return key;
    },
    use: (key) => {
      const expiresMs = expiryByKey.get(key);
      if (expiresMs === undefined) return false;
      expiryByKey.delete(key);
      return expiresMs > clock.nowMs();
    },
  };
};

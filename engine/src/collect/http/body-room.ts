import { AppError } from '../../base/app-error.ts';
import { networkOf } from '../../base/network.ts';

const MEBIBYTE = 1024 * 1024;
/** Bytes of bodies that may be held at once, beside the queue of rows. */
const BODIES_BYTES = 64 * MEBIBYTE;
/** Of them, for requests whose key is not known yet: who has no key cannot shut the door for those that have one. */
const STRANGERS_BYTES = 16 * MEBIBYTE;
/** When that is taken, an address that holds less than its equal part still comes in, up to this. */
const CROWDED_BYTES = 32 * MEBIBYTE;

/** What one request holds of the room. */
export interface BodyPlace {
  /** Bytes count once they are here; throws where there is no room for them. */
  arrived(bytes: number): void;
  /** Its key is good: it no longer takes from the part of the strangers. */
  known(): void;
  leave(): void;
}

/**
 * Counted as announced, a few senders that announce much and send nothing would shut the door for all; so bytes count
 * from when they are here until they are worked on.
 */
export const createBodyRoom = (): { enter(address: string): BodyPlace } => {
  let all = 0;
  let strangers = 0;
  /** Bytes of strangers by where they come from; nobody stays that holds none. */
  const held = new Map<string, number>();
  const count = (network: string, bytes: number): void => {
    strangers += bytes;
    const now = (held.get(network) ?? 0) + bytes;
    if (now > 0) held.set(network, now);
    else held.delete(network);
  };
  const isCrowded = (network: string): boolean =>
    strangers > CROWDED_BYTES ||
    (strangers > STRANGERS_BYTES && (held.get(network) ?? 0) > STRANGERS_BYTES / Math.max(1, held.size));
  const requireRoom = (isStranger: boolean, network: string): void => {
    if (all > BODIES_BYTES || (isStranger && isCrowded(network)))
      throw new AppError(
        'overloaded',
        'More events are waiting than may be held in memory; none of this request was taken.',
      );
  };
  return {
    enter: (address) => {
      const network = networkOf(address);
      let mine = 0;
      let isStranger = true;
      requireRoom(false, network);
      return {
        arrived: (bytes) => {
          mine += bytes;
          all += bytes;
          if (isStranger) count(network, bytes);
          requireRoom(isStranger, network);
        },
        known: () => {
          if (isStranger) count(network, -mine);
          isStranger = false;
        },
        leave: () => {
          all -= mine;
          if (isStranger) count(network, -mine);
          mine = 0;
        },
      };
    },
  };
};

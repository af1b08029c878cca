import { AppError } from '../../base/app-error.ts';

const MEBIBYTE = 1024 * 1024;
/** Bytes of bodies that may be held at once, beside the queue of rows. */
const BODIES_BYTES = 64 * MEBIBYTE;
/** Of them, for requests whose key is not known yet: who has no key cannot shut the door for those that have one. */
const STRANGERS_BYTES = 16 * MEBIBYTE;

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
export const createBodyRoom = (): { enter(): BodyPlace } => {
  let all = 0;
  let strangers = 0;
  const requireRoom = (isStranger: boolean): void => {
    if (all > BODIES_BYTES || (isStranger && strangers > STRANGERS_BYTES))
      throw new AppError(
        'overloaded',
        'More events are waiting than may be held in memory; none of this request was taken.',
      );
  };
  return {
    enter: () => {
      let held = 0;
      let isStranger = true;
      requireRoom(false);
      return {
        arrived: (bytes) => {
          held += bytes;
          all += bytes;
          if (isStranger) strangers += bytes;
          requireRoom(isStranger);
        },
        known: () => {
          if (isStranger) strangers -= held;
          isStranger = false;
        },
        leave: () => {
          all -= held;
          if (isStranger) strangers -= held;
          held = 0;
        },
      };
    },
  };
};

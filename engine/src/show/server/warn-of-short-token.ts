import type { Log } from '../../base/log.ts';

/** A random token of this length outlasts any guessing; the schema lets shorter ones pass that are in use already. */
const ENOUGH_CHARACTERS = 16;

export const warnOfShortToken = (adminToken: string | undefined, log: Log): void => {
  if (adminToken !== undefined && adminToken.length < ENOUGH_CHARACTERS)
    log.warn(
      { characters: adminToken.length },
      `BOTWORTH_ADMIN_TOKEN has fewer than ${ENOUGH_CHARACTERS} characters and can be guessed; set a longer, random one.`,
    );
};

import { fail } from '../../base/app-error.ts';
import { nearest } from '../../base/nearest.ts';
import { isZone } from '../../base/zone.ts';

/** Refuses what is no zone, and names those that may have been meant. */
export const checkZone = (zone: string, path: string, code: 'body_invalid' | 'policy_invalid'): void => {
  if (zone.length <= 100 && isZone(zone)) return;
  fail(
    code,
    `There is no time zone "${zone.slice(0, 100)}" (${path}); an IANA name like Europe/Berlin is needed.`,
    {
      path,
      nearest: nearest(zone, Intl.supportedValuesOf('timeZone')),
    },
  );
};

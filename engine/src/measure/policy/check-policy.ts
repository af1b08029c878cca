import type { PolicyDocument } from '@botworth/contract/policy';
import { fail } from '../../base/app-error.ts';

const refuse = (path: string, message: string): never =>
  fail('policy_invalid', `${path}: ${message}`, { path });

/** What the schema cannot say of one key alone. Stored versions are read without it, so that none becomes unreadable. */
export const checkPolicy = ({ reporting: { currency }, surveys }: PolicyDocument): void => {
  if (currency !== '<workspace>' && !/^[A-Z]{3}$/.test(currency))
    refuse(
      'reporting.currency',
      `“${currency.slice(0, 80)}” is no currency; write three capital letters like EUR, or <workspace>.`,
    );
  for (const [scale, from] of Object.entries(surveys.csat.positive_from)) {
    if (from < 0 || from > Number(scale))
      refuse(`surveys.csat.positive_from.${scale}`, `${from} cannot be reached on a scale of ${scale}.`);
  }
};

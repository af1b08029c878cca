import { defaultPolicy, type PolicyDocument, policySchema } from '@botworth/contract/policy';
import { fail } from '../../base/app-error.ts';
import { nearest } from '../../base/nearest.ts';
import { isZone } from '../../base/zone.ts';

type Issue = {
  readonly code: string;
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly keys?: readonly string[];
};

/** A document as somebody sent it → one that can be saved, or the sentence that says what to mend. */
export const checkPolicy = (input: unknown): PolicyDocument => {
  const read = policySchema.safeParse(input);
  if (!read.success) return refuse(read.error.issues[0]);
  const document = read.data;
  const { zone, currency } = document.reporting;
  if (zone !== '<workspace>' && !isZone(zone))
    return invalid(
      ['reporting', 'zone'],
      `“${zone.slice(0, 80)}” is no time zone of the IANA list; write one like Europe/Berlin, or <workspace>.`,
    );
  if (currency !== '<workspace>' && !/^[A-Z]{3}$/.test(currency))
    return invalid(
      ['reporting', 'currency'],
      `“${currency.slice(0, 80)}” is no currency; write three capital letters like EUR, or <workspace>.`,
    );
  for (const [scale, from] of Object.entries(document.surveys.csat.positive_from)) {
    if (from < 0 || from > Number(scale))
      return invalid(
        ['surveys', 'csat', 'positive_from', scale],
        `${from} cannot be reached on a scale of ${scale}.`,
      );
  }
  return document;
};

const invalid = (path: readonly PropertyKey[], message: string): never => {
  const at = path.map(String).join('.');
  return fail('policy_invalid', `${at === '' ? 'The policy' : at}: ${message}`, { path: at });
};

/** The keys that stand at a path of the document; none where names are free. */
const keysAt = (path: readonly PropertyKey[]): readonly string[] => {
  let place: unknown = defaultPolicy();
  for (const step of path)
    place = typeof place === 'object' && place !== null ? Reflect.get(place, step) : undefined;
  return typeof place === 'object' && place !== null && !Array.isArray(place) ? Object.keys(place) : [];
};

const refuse = (issue: Issue | undefined): never => {
  if (issue === undefined) return invalid([], 'it cannot be read.');
  const [unknown] = issue.code === 'unrecognized_keys' ? (issue.keys ?? []) : [];
  if (unknown === undefined) return invalid(issue.path, `${issue.message}.`);
  const near = nearest(unknown, keysAt(issue.path));
  const at = [...issue.path, unknown].map(String).join('.').slice(0, 256);
  return fail(
    'unknown_policy_key',
    `The policy has no “${at.slice(0, 120)}”${near.length === 0 ? '' : `; near it: ${near.join(', ')}`}.`,
    { key: at, nearest: near },
  );
};

import { plainText } from '../validate/exact-json.ts';
import { type ContactHasher, isEmail } from './contact-hash.ts';

/** A cheap look at the raw text: without one of these no key can be an e-mail's or a phone's. The last arm is an escaped letter. */
export const MAY_HOLD_CONTACTS = /mail|phone|mobile|msisdn|\\u00[4-7]/i;

const EMAIL_KEY = /e?mail(?:s|address(?:es)?)?$/;
const EMAIL_NAME = /^e?mail(?:s|address(?:es)?)?$/;
const PHONE_KEY = /(?:phone|mobile|msisdn)(?:s|numbers?|no)?$/;
const PHONE_NAME = /^(?:tele)?(?:phone|mobile|msisdn)(?:s|numbers?|no)?$/;
const FIVE_DIGITS = /(?:\d\D*){5}/;

type Kind = 'email' | 'phone';
/** How sure the key's name makes it: a plain `email` always holds one, a `customer_email` where the value looks so. */
interface KeyKind {
  readonly kind: Kind;
  readonly certain: boolean;
}

const CACHE_KEYS = 5000;
const kinds = new Map<string, KeyKind | null>();

const readKind = (key: string): KeyKind | null => {
  const plain = key.toLowerCase().replace(/[^a-z0-9]/g, '');
  if (EMAIL_KEY.test(plain)) return { kind: 'email', certain: EMAIL_NAME.test(plain) };
  if (PHONE_KEY.test(plain)) return { kind: 'phone', certain: PHONE_NAME.test(plain) };
  return null;
};

const kindOf = (key: string): KeyKind | null => {
  const found = kinds.get(key);
  if (found !== undefined) return found;
  // Not kept either: keys may be as long as a body, and the cache outlives it.
  if (key.length > 64) return null;
  const kind = readKind(key);
  if (kinds.size >= CACHE_KEYS) kinds.clear();
  kinds.set(key, kind);
  return kind;
};

const replacement = (text: string, kind: KeyKind, hasher: ContactHasher, country: string): string => {
  if (text === '') return text;
  if (kind.kind === 'email') return kind.certain || isEmail(text) ? hasher.email(text).standIn : text;
  return kind.certain || FIVE_DIGITS.test(text) ? hasher.phone(text, country).standIn : text;
};

/** Replaces, in place, every value under a key that names an e-mail or a phone, at any depth. */
export const redactContacts = (
  value: unknown,
  hasher: ContactHasher,
  country: string,
  inherited: KeyKind | null = null,
): void => {
  if (typeof value !== 'object' || value === null) return;
  const holder = value as Record<string, unknown>;
  for (const key of Object.keys(holder)) {
    const kind = (Array.isArray(value) ? null : kindOf(key)) ?? inherited;
    const held = holder[key];
    if (typeof held === 'object') redactContacts(held, hasher, country, kind);
    else if (
      kind !== null &&
      (typeof held === 'string' || (typeof held === 'number' && kind.kind === 'phone'))
    ) {
      const text = typeof held === 'string' ? plainText(held) : String(held);
      const kept = replacement(text, kind, hasher, country);
      if (kept !== text) holder[key] = kept;
    }
  }
};

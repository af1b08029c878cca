import { createHmac } from 'node:crypto';
import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/min';

/** An e-mail address or phone number after normalising and keyed hashing: all that is kept of it. */
export interface ContactHash {
  /** HMAC-SHA256, hex. */
  readonly hex: string;
  /** What stands in the stored JSON where the address stood. */
  readonly standIn: string;
  /** False where the text is no usable address: it is still replaced, but names nobody. */
  readonly usable: boolean;
}

export interface ContactHasher {
  email(text: string): ContactHash;
  /** `country`: two letters that a number in national form is read with; '' = only international forms are usable. */
  phone(text: string, country: string): ContactHash;
}

const EMAIL = /^[^\s@]+@[^\s@]+$/;
const STAND_IN_HEX = 16;
const CACHE_CONTACTS = 10_000;
/** Longer ones are no contacts. They are hashed, but a cache of them would hold whole bodies. */
const CACHED_CHARS = 320;

const normaliseEmail = (text: string): string => text.trim().toLowerCase().normalize('NFC');

export const isEmail = (text: string): boolean => text.length <= 320 && EMAIL.test(text.trim());

/** E.164, or undefined. */
const normalisePhone = (text: string, country: string): string | undefined => {
  if (text.length > 64) return undefined;
  const international = text.trim().replace(/^00/, '+');
  try {
    const number = parsePhoneNumberFromString(
      international,
      (country || undefined) as CountryCode | undefined,
    );
    return number?.isPossible() === true ? number.number : undefined;
  } catch {
    // An unknown country code throws; such a number is read in international form only.
    return country === '' ? undefined : normalisePhone(text, '');
  }
};

/** `secret` keys the hashes: without it a list of known addresses cannot be tried against the store. */
export const createContactHasher = (secret: string): ContactHasher => {
  const known = new Map<string, ContactHash>();
  const remember = (cacheKey: string, make: () => ContactHash): ContactHash => {
    const found = known.get(cacheKey);
    if (found !== undefined) return found;
    const made = make();
    if (cacheKey.length > CACHED_CHARS) return made;
    if (known.size >= CACHE_CONTACTS) known.clear();
    known.set(cacheKey, made);
    return made;
  };
  const hash = (kind: 'email' | 'phone', normal: string, usable: boolean): ContactHash => {
    const hex = createHmac('sha256', secret).update(`${kind}\u0000${normal}`).digest('hex');
    return { hex, standIn: `#${kind}:${hex.slice(0, STAND_IN_HEX)}`, usable };
  };
  return {
    email: (text) => remember(`e${text}`, () => hash('email', normaliseEmail(text), isEmail(text))),
    phone: (text, country) =>
      remember(`p${country} ${text}`, () => {
        const normal = normalisePhone(text, country);
        return hash('phone', normal ?? text.replace(/\D/g, ''), normal !== undefined);
      }),
  };
};

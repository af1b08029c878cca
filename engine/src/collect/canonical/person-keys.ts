import type { PersonKeyType } from '@botworth/contract/dimensions';
import { personKey, personKeyPlace } from '../../base/hash.ts';
import { plainText } from '../validate/exact-json.ts';
import { type Fields, fieldsOf, isFields, NOTHING, readId } from '../validate/read-value.ts';
import type { Note } from '../validate/refusal.ts';
import type { ContactHasher } from './contact-hash.ts';

export interface PersonKeys {
  /** The strongest key; 0n = none. */
  readonly best: bigint;
  /** All keys where there are several: they are one person. */
  readonly ties: readonly bigint[];
}

export interface PersonSources {
  readonly workspaceNumber: number;
  readonly userId: string;
  readonly anonymousId: string;
  /** Of an alias or unlink: the key that was known before; its kind is not said. */
  readonly previousId: string;
  readonly traits: Fields;
  readonly contextTraits: Fields;
  readonly properties: Fields;
  /** RudderStack's merge names its keys in a list. */
  readonly mergeProperties: unknown;
  /** False where the event is a bot's or a colleague's act: contact details in it need not be the visitor's. */
  readonly contactsAreVisitors: boolean;
  readonly country: string;
  readonly mayHoldContacts: boolean;
}

const NONE: PersonKeys = { best: 0n, ties: [] };

const textOf = (value: unknown): string =>
  typeof value === 'string' ? plainText(value) : typeof value === 'number' ? String(value) : '';

const mergeTypes: Readonly<Record<string, PersonKeyType>> = {
  email: 'email',
  phone: 'phone',
  mobile: 'phone',
  user_id: 'user_id',
  userId: 'user_id',
  anonymous_id: 'anonymous_id',
  anonymousId: 'anonymous_id',
};

const strongestFirst = (left: bigint, right: bigint): number =>
  personKeyPlace(left) - personKeyPlace(right) || (left < right ? -1 : 1);

/** The keys of one event while they are gathered. */
interface Gathering {
  readonly sources: PersonSources;
  readonly keys: bigint[];
  readonly hasher: ContactHasher;
}

const add = (gathering: Gathering, type: PersonKeyType, value: string): void => {
  if (value !== '') gathering.keys.push(personKey(gathering.sources.workspaceNumber, type, value));
};

const addContact = (gathering: Gathering, type: 'email' | 'phone', value: unknown): void => {
  const text = textOf(value);
  if (text === '') return;
  const hash =
    type === 'email' ? gathering.hasher.email(text) : gathering.hasher.phone(text, gathering.sources.country);
  if (hash.usable) add(gathering, type, hash.hex);
};

const addHolder = (gathering: Gathering, holder: Fields, note: Note): void => {
  if (gathering.sources.mayHoldContacts) {
    addContact(gathering, 'email', holder.email);
    addContact(gathering, 'phone', holder.phone);
  }
  const contact = holder.crm_contact_id;
  if (contact !== undefined) add(gathering, 'crm_contact', readId(contact, 'crm_contact_id', note));
  const platform = holder.platform_id;
  if (platform !== undefined) add(gathering, 'platform', readId(platform, 'platform_id', note));
};

const addMerged = (gathering: Gathering, list: readonly unknown[]): void => {
  for (const item of list) {
    if (!isFields(item)) continue;
    const sent = textOf(item.type);
    const type = Object.hasOwn(mergeTypes, sent) ? mergeTypes[sent] : undefined;
    if (type === 'email' || type === 'phone') addContact(gathering, type, item.value);
    else if (type !== undefined) add(gathering, type, textOf(item.value));
  }
};

export const readPersonKeys = (sources: PersonSources, hasher: ContactHasher, note: Note): PersonKeys => {
  const gathering: Gathering = { sources, keys: [], hasher };
  add(gathering, 'user_id', sources.userId);
  add(gathering, 'anonymous_id', sources.anonymousId);
  if (sources.previousId !== '') {
    // An alias does not say what kind of key came before: both readings name the same person.
    add(gathering, 'user_id', sources.previousId);
    add(gathering, 'anonymous_id', sources.previousId);
  }
  if (sources.traits !== NOTHING) addHolder(gathering, sources.traits, note);
  if (sources.contextTraits !== NOTHING) addHolder(gathering, sources.contextTraits, note);
  if (sources.contactsAreVisitors && sources.properties !== NOTHING)
    addHolder(gathering, sources.properties, note);
  if (Array.isArray(sources.mergeProperties)) addMerged(gathering, sources.mergeProperties);
  return orderKeys(gathering.keys);
};

const orderKeys = (keys: readonly bigint[]): PersonKeys => {
  const [first, second] = keys;
  if (first === undefined) return NONE;
  if (second === undefined) return { best: first, ties: [] };
  const distinct = [...new Set(keys)].sort(strongestFirst);
  return { best: distinct[0] ?? first, ties: distinct.length > 1 ? distinct : [] };
};

/** The domain of the first e-mail address that the event carries, lower case; '' without one. */
export const emailDomain = (...holders: readonly unknown[]): string => {
  for (const holder of holders) {
    const text = textOf(fieldsOf(holder).email);
    const at = text.lastIndexOf('@');
    if (at > 0)
      return text
        .slice(at + 1)
        .trim()
        .toLowerCase();
  }
  return '';
};

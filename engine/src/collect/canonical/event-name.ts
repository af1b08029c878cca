import { type EventDefinition, eventNames, isEventName, vocabulary } from '@botworth/contract/vocabulary';

export interface CanonicalName {
  readonly name: string;
  /** Undefined for a name that nobody mapped: stored under its own name, never guessed into a metric. */
  readonly definition: EventDefinition | undefined;
}

/** Without case and joints: `Message Sent`, `messageSent`, `MESSAGE-SENT` → `messagesent`. */
export const squeeze = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]+/g, '');

const bySqueezed = new Map(eventNames.map((name) => [squeeze(name), name]));

/** Senders repeat a handful of names; the bound is for the one who does not. */
const CACHE_NAMES = 2000;
const known = new Map<string, CanonicalName>();

const resolve = (sent: string): CanonicalName => {
  if (isEventName(sent)) return { name: sent, definition: vocabulary[sent] };
  const name = bySqueezed.get(squeeze(sent));
  return name === undefined ? { name: sent, definition: undefined } : { name, definition: vocabulary[name] };
};

export const canonicalName = (sent: string): CanonicalName => {
  const found = known.get(sent);
  if (found !== undefined) return found;
  const name = resolve(sent);
  if (known.size >= CACHE_NAMES) known.clear();
  known.set(sent, name);
  return name;
};

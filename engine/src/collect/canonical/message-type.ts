import { limits } from '@botworth/contract/limits';
import { type MessageType, messageTypes } from '@botworth/contract/message';
import { vocabulary } from '@botworth/contract/vocabulary';
import { plainText } from '../validate/exact-json.ts';
import type { Fields } from '../validate/read-value.ts';
import { type Note, refuse } from '../validate/refusal.ts';
import { type CanonicalName, canonicalName } from './event-name.ts';

const isMessageType = (text: unknown): text is MessageType =>
  (messageTypes as readonly unknown[]).includes(text);

/** The message's own type, else the address's, else `track` where an event is named. */
export const readType = (message: Fields, routeType: MessageType | undefined, note: Note): MessageType => {
  const sent = message.type ?? undefined;
  if (isMessageType(sent)) return sent;
  if (sent === undefined && routeType !== undefined) return routeType;
  if (sent === undefined && typeof message.event === 'string') return 'track';
  refuse(note, 'type', 'type', `type must be one of ${messageTypes.join(', ')}`);
  return 'track';
};

const named = (name: keyof typeof vocabulary): CanonicalName => ({ name, definition: vocabulary[name] });

const nameOfType: Readonly<Record<Exclude<MessageType, 'track'>, CanonicalName>> = {
  identify: named('identify'),
  alias: named('alias'),
  merge: named('alias'),
  page: named('page_viewed'),
  screen: named('page_viewed'),
  // A group says where a person belongs, not who they are: an identify that ties nothing.
  group: named('identify'),
};

const NAMELESS: CanonicalName = { name: '', definition: undefined };

export const messageName = (type: MessageType, message: Fields, note: Note): CanonicalName => {
  if (type !== 'track') return nameOfType[type];
  const event = message.event;
  if (typeof event !== 'string' || event === '') {
    refuse(note, 'name', 'event', 'event must be a text: the name of the event');
    return NAMELESS;
  }
  if (event.length > limits.nameChars) {
    refuse(note, 'name', 'event', `event is longer than ${limits.nameChars} characters`);
    return NAMELESS;
  }
  return canonicalName(plainText(event));
};

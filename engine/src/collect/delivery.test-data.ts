import { createContactHasher } from './canonical/contact-hash.ts';
import type { Delivery } from './canonical/delivery.ts';
import { type Read, readMessage, type UnsequencedRow } from './canonical/read-message.ts';
import { MAY_HOLD_CONTACTS } from './canonical/redact.ts';
import { engineTime } from './validate/event-time.ts';

export const receivedMs = Date.UTC(2026, 3, 10, 12);

export const deliveryOf = (changes: Partial<Delivery> = {}): Delivery => ({
  workspaceNumber: 1,
  receivedMs,
  receivedAt: engineTime(receivedMs),
  via: 'segment:k_1',
  routeType: undefined,
  sentAt: undefined,
  batchContext: undefined,
  userAgent: '',
  mayHoldContacts: true,
  markedNumbers: false,
  brokenUtf8: false,
  testTraffic: { crawlers: true, emailDomains: new Set(), queryFlag: 'botworth_test' },
  hasher: createContactHasher('secret'),
  ...changes,
});

/** As over the wire: the reader may change what it is given, so that it gets a copy. */
export const read = (message: unknown, changes: Partial<Delivery> = {}): Read => {
  const text = JSON.stringify(message);
  return readMessage(
    JSON.parse(text),
    deliveryOf({ mayHoldContacts: MAY_HOLD_CONTACTS.test(text), ...changes }),
  );
};

export const rowOf = (message: unknown, changes: Partial<Delivery> = {}): UnsequencedRow => {
  const result = read(message, changes);
  if ('refusal' in result) throw new Error(`Refused: ${result.refusal.field}: ${result.refusal.reason}`);
  return result.row;
};

export const refusalOf = (message: unknown, changes: Partial<Delivery> = {}) => {
  const result = read(message, changes);
  if ('row' in result) throw new Error('Taken.');
  return result.refusal;
};

export const track = (
  event: string,
  properties: Record<string, unknown> = {},
  rest: Record<string, unknown> = {},
) => ({
  type: 'track',
  event,
  userId: 'u-1',
  messageId: 'm-1',
  timestamp: '2026-04-10T11:59:00.000Z',
  properties: { conversation_id: 'c-1', ...properties },
  ...rest,
});

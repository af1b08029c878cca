import type { Fields } from '../validate/read-value.ts';
import { isEmail } from './contact-hash.ts';
import type { Delivery } from './delivery.ts';

const dropped = ['messageId', 'sentAt', 'writeKey', '_metadata', 'integrations'] as const;
const idNames = ['userId', 'anonymousId', 'previousId'] as const;

/**
 * The raw payload without what has a column of its own and without what differs between two sendings of the same
 * event. The message was parsed for this request alone, so it is changed in place.
 */
export const restOf = (
  message: Record<string, unknown>,
  context: Fields,
  stored: 'properties' | 'traits',
  delivery: Delivery,
): Record<string, unknown> => {
  message[stored] = undefined;
  // Only what is there: a new member would change the object's shape, which costs more than the look.
  for (const name of dropped) if (message[name] !== undefined) message[name] = undefined;
  if (delivery.batchContext !== undefined) message.context = context;
  for (const name of idNames) {
    const id = message[name];
    if (typeof id === 'string' && id.includes('@') && isEmail(id))
      message[name] = delivery.hasher.email(id).standIn;
  }
  return message;
};

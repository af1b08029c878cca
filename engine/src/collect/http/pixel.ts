/** One transparent point: what an image that counts has to answer with. */
export const transparentGif = Buffer.from(
  'R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7',
  'base64',
);

const scalar = (text: string): unknown => (text === 'true' ? true : text === 'false' ? false : text);

/** Names that a message may carry from an address; everything else is a property. */
const ownNames = new Set([
  'event',
  'name',
  'messageId',
  'userId',
  'anonymousId',
  'timestamp',
  'originalTimestamp',
  'sentAt',
]);

/** `?event=…&anonymousId=…&properties.channel=…&context.locale=…` → the message it stands for. */
export const pixelMessage = (type: 'track' | 'page', query: URLSearchParams): Record<string, unknown> => {
  const message: Record<string, unknown> = { type };
  const properties: Record<string, unknown> = Object.create(null);
  const context: Record<string, unknown> = Object.create(null);
  for (const [name, value] of query) {
    if (name === 'writeKey' || value === '') continue;
    if (ownNames.has(name)) message[name] = value;
    else if (name.startsWith('context.')) context[name.slice('context.'.length)] = scalar(value);
    else properties[name.replace(/^properties\./, '')] = scalar(value);
  }
  return { ...message, properties, context };
};

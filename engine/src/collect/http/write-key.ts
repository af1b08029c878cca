/**
 * The write key as the user name of Basic authentication; '' without one. Some senders leave out the colon. A Bearer
 * token is not read: with it the key stands in the body.
 */
export const basicWriteKey = (authorization: string | undefined): string => {
  const match = /^\s*basic\s+([A-Za-z0-9+/=_-]+)\s*$/i.exec(authorization ?? '');
  if (match?.[1] === undefined) return '';
  const text = Buffer.from(match[1], 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return (colon < 0 ? text : text.slice(0, colon)).trim();
};

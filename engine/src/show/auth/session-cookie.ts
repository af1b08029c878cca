import { createHmac } from 'node:crypto';
import { isSameSecret } from './same-secret.ts';

/** Long enough that a weekly reader stays in. */
const SESSION_DAYS = 30;
const SESSION_MS = SESSION_DAYS * 86_400_000;

export interface SessionKeys {
  /** Cookies do not know ports, so two servers on one machine need two names. */
  readonly cookieName: string;
  readonly key: string;
}

/** A new admin token ends the sessions that the old one opened, because it is part of the key. */
export const sessionKeys = (secret: string, adminToken: string | null): SessionKeys => {
  const key = createHmac('sha256', secret)
    .update(`session\u0000${adminToken ?? ''}`)
    .digest('hex');
  const tag = createHmac('sha256', secret).update('cookie name').digest('hex').slice(0, 8);
  return { cookieName: `botworth_${tag}`, key };
};

const seal = (key: string, text: string) => createHmac('sha256', key).update(text).digest('base64url');

/** `expiry.seal`: nothing in it that the server would have to remember or look up. */
export const makeSession = (keys: SessionKeys, nowMs: number): string => {
  const expires = String(nowMs + SESSION_MS);
  return `${expires}.${seal(keys.key, expires)}`;
};

export const isSession = (keys: SessionKeys, value: string, nowMs: number): boolean => {
  const [expires = '', mac = '', ...rest] = value.split('.');
  if (rest.length > 0 || !/^\d{1,16}$/.test(expires) || Number(expires) <= nowMs) return false;
  return isSameSecret(mac, seal(keys.key, expires));
};

const attributes = 'Path=/; HttpOnly; SameSite=Strict';

/** `Secure` only where the page itself came encrypted: a browser drops such a cookie on plain http. */
export const sessionCookie = (keys: SessionKeys, value: string, isEncrypted: boolean): string =>
  `${keys.cookieName}=${value}; ${attributes}; Max-Age=${SESSION_DAYS * 86_400}${isEncrypted ? '; Secure' : ''}`;

export const endedSessionCookie = (keys: SessionKeys): string =>
  `${keys.cookieName}=; ${attributes}; Max-Age=0`;

/** The first cookie of that name; absent or empty is null. */
export const readCookie = (header: string | undefined, name: string): string | null => {
  for (const pair of header?.split(';') ?? []) {
    const at = pair.indexOf('=');
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim() || null;
  }
  return null;
};

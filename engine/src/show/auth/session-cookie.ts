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

/**
 * `expiry.token.seal`: the token is the id of the one that opened the session, so that it ends with it; empty for the
 * admin token, whose change ends its sessions by itself, and for one-time links.
 */
export const makeSession = (keys: SessionKeys, nowMs: number, tokenId: string): string => {
  const text = `${nowMs + SESSION_MS}.${tokenId}`;
  return `${text}.${seal(keys.key, text)}`;
};

/** Null for what we did not seal, and for what is over. */
export const readSession = (
  keys: SessionKeys,
  value: string,
  nowMs: number,
): { readonly tokenId: string } | null => {
  const [, expires = '', tokenId = '', mac = ''] = /^(\d{1,16})\.(\w{0,64})\.([\w-]+)$/.exec(value) ?? [];
  if (Number(expires) <= nowMs || !isSameSecret(mac, seal(keys.key, `${expires}.${tokenId}`))) return null;
  return { tokenId };
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

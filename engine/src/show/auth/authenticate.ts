import type { Parts } from '../parts.ts';
import type { Actor } from './actor.ts';
import { isSameSecret } from './same-secret.ts';
import { readCookie, readSession, type SessionKeys } from './session-cookie.ts';

const bearer = /^Bearer +(\S+)$/i;

/** Who the Authorization header speaks for; null for none and for one that nobody made. */
export const actorOfToken = async (token: string, parts: Parts): Promise<Actor | null> => {
  if (parts.adminToken !== null && isSameSecret(token, parts.adminToken)) {
    return { kind: 'admin', name: 'admin token', workspaceId: null, mayManage: true, tokenId: '' };
  }
  if (isSameSecret(token, parts.localToken)) {
    return { kind: 'local', name: 'command line', workspaceId: null, mayManage: true, tokenId: '' };
  }
  const match = await parts.state.matchToken(token, parts.clock.now());
  if (match === null) return null;
  return {
    kind: 'token',
    name: `token ${match.id}`,
    workspaceId: match.workspaceId,
    mayManage: match.scopes.includes('manage'),
    tokenId: match.id,
  };
};

/** A header that is there decides alone: a wrong token is not made good by a cookie beside it. */
export const authenticate = async (
  headers: { readonly authorization: string | undefined; readonly cookie: string | undefined },
  keys: SessionKeys,
  parts: Parts,
): Promise<Actor | null> => {
  if (headers.authorization !== undefined) {
    const token = bearer.exec(headers.authorization)?.[1];
    return token === undefined ? null : actorOfToken(token, parts);
  }
  const cookie = readCookie(headers.cookie, keys.cookieName);
  const session = cookie === null ? null : readSession(keys, cookie, parts.clock.nowMs());
  if (session === null) return null;
  const { tokenId } = session;
  // Whoever revokes a token means the browsers too that came in with it.
  if (tokenId !== '' && !(await parts.state.isTokenLive(tokenId, parts.clock.now()))) return null;
  return { kind: 'session', name: 'browser', workspaceId: null, mayManage: true, tokenId };
};

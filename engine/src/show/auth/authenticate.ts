import { isMadeToken } from '../../store/state/secrets.ts';
import type { Parts } from '../parts.ts';
import type { Actor } from './actor.ts';
import { isSameSecret } from './same-secret.ts';
import { readCookie, readSession, type SessionKeys } from './session-cookie.ts';
import { refuseAnAnswer } from './wrong-tokens.ts';

const bearer = /^Bearer +(\S+)$/i;

/**
 * Who a token speaks for; null for one that is wrong, once its turn for an answer has come. Only the admin token was
 * chosen by a person and can be guessed: whatever could be it is not even compared while the line of the address that
 * sends it is full. Tokens that we made are looked up always.
 */
export const actorOfToken = async (token: string, parts: Parts, address: string): Promise<Actor | null> => {
  const { wrongTokens } = parts;
  if (isSameSecret(token, parts.localToken)) {
    return { kind: 'local', name: 'command line', workspaceId: null, mayManage: true, tokenId: '' };
  }
  const isMade = isMadeToken(token);
  if (!isMade && wrongTokens.isFull(address)) return refuseAnAnswer();
  if (parts.adminToken !== null && isSameSecret(token, parts.adminToken)) {
    return { kind: 'admin', name: 'admin token', workspaceId: null, mayManage: true, tokenId: '' };
  }
  // Joined before anything is awaited, or a burst of guesses would all find room in the line.
  const match = isMade ? await parts.state.matchToken(token, parts.clock.now()) : null;
  if (match === null) {
    if (isMade && wrongTokens.isFull(address)) return refuseAnAnswer();
    await wrongTokens.turn(address);
    return null;
  }
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
  address: string,
): Promise<Actor | null> => {
  if (headers.authorization !== undefined) {
    const token = bearer.exec(headers.authorization)?.[1];
    return token === undefined ? null : actorOfToken(token, parts, address);
  }
  const cookie = readCookie(headers.cookie, keys.cookieName);
  const session = cookie === null ? null : readSession(keys, cookie, parts.clock.nowMs());
  if (session === null) return null;
  const { tokenId } = session;
  // Whoever revokes a token means the browsers too that came in with it.
  if (tokenId !== '' && !(await parts.state.isTokenLive(tokenId, parts.clock.now()))) return null;
  return { kind: 'session', name: 'browser', workspaceId: null, mayManage: true, tokenId };
};

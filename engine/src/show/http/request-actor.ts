import type { Context } from 'hono';
import { fail } from '../../base/app-error.ts';
import { remoteAddress } from '../../base/network.ts';
import type { Actor } from '../auth/actor.ts';
import { authenticate } from '../auth/authenticate.ts';
import { isOwnOrigin } from '../auth/host-names.ts';
import type { SessionKeys } from '../auth/session-cookie.ts';
import type { Parts } from '../parts.ts';
import type { AppEnv } from './app-env.ts';

const judgedActorOf = async (c: Context<AppEnv>, keys: SessionKeys, parts: Parts): Promise<Actor | null> => {
  const actor = await authenticate(
    { authorization: c.req.header('authorization'), cookie: c.req.header('cookie') },
    keys,
    parts,
    remoteAddress(c.env),
  );
  if (actor === null) return null;
  c.set('actor', actor.name);
  if (actor.kind === 'session' && c.req.method !== 'GET' && c.req.method !== 'HEAD') {
    const isOurs = isOwnOrigin(c.req.header('origin'), c.req.header('sec-fetch-site'), c.req.header('host'));
    if (!isOurs)
      fail(
        'forbidden',
        'A page of another site may not change anything here. Scripts send Authorization: Bearer <token> instead of a cookie.',
        {},
      );
  }
  return actor;
};

/** Who asks, where nobody has to say so: a token is not judged there, or a probe with an old one would wait in line. */
export const openActorOf = async (
  c: Context<AppEnv>,
  keys: SessionKeys,
  parts: Parts,
): Promise<Actor | null> =>
  c.req.header('authorization') === undefined ? judgedActorOf(c, keys, parts) : null;

/** Who asks, where everybody has to say so. A wrong token waits for its answer, a missing one is no guess. */
export const knownActorOf = async (c: Context<AppEnv>, keys: SessionKeys, parts: Parts): Promise<Actor> => {
  const actor = await judgedActorOf(c, keys, parts);
  if (actor !== null) return actor;
  if (c.req.header('authorization') === undefined)
    return fail(
      'unauthorised',
      'Nobody is signed in: send Authorization: Bearer <token>, or open the sign-in link of the server in this browser.',
      {},
    );
  return fail(
    'unauthorised',
    'The token in Authorization is not known here: it may have been revoked, or belong to another server.',
    {},
  );
};

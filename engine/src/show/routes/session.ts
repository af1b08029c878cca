import { z } from 'zod';
import { fail } from '../../base/app-error.ts';
import { isAdmin } from '../auth/actor.ts';
import { actorOfToken } from '../auth/authenticate.ts';
import { isLoopbackName } from '../auth/host-names.ts';
import { endedSessionCookie, makeSession, sessionCookie, sessionKeys } from '../auth/session-cookie.ts';
import { endpoint } from '../http/endpoint.ts';

const sessionSchema = z.object({
  signed_in_as: z.string(),
  workspace: z.string().nullable().meta({ description: 'Null: all workspaces.' }),
  may_manage: z.boolean(),
});

const read = endpoint(
  { method: 'get', path: '/api/session', access: 'read', summary: 'Who is signed in', answer: sessionSchema },
  async ({ actor }) => ({
    signed_in_as: actor?.name ?? '',
    workspace: actor?.workspaceId ?? null,
    may_manage: actor?.mayManage ?? false,
  }),
);

const enter = endpoint(
  {
    method: 'post',
    path: '/api/session',
    access: 'open',
    summary: 'Sign a browser in with a token for the whole installation',
    body: z.strictObject({ token: z.string().min(1).max(500) }),
    answer: z.object({ signed_in: z.literal(true) }),
    errors: ['unauthorised', 'too_many_attempts'],
  },
  async ({ body, setHeader, isEncrypted, address }, parts) => {
    const actor = await actorOfToken(body.token, parts, address);
    if (actor === null || !isAdmin(actor)) {
      return fail(
        'unauthorised',
        'This token does not sign a browser in: the admin token does, or one for all workspaces with scope manage.',
        {},
      );
    }
    const keys = sessionKeys(parts.secret, parts.adminToken);
    const session = makeSession(keys, parts.clock.nowMs(), actor.tokenId);
    setHeader('set-cookie', sessionCookie(keys, session, isEncrypted));
    return { signed_in: true as const };
  },
);

const leave = endpoint(
  {
    method: 'delete',
    path: '/api/session',
    access: 'read',
    summary: 'Sign the browser out',
    answer: z.object({ signed_out: z.literal(true) }),
  },
  async ({ setHeader }, parts) => {
    setHeader('set-cookie', endedSessionCookie(sessionKeys(parts.secret, parts.adminToken)));
    return { signed_out: true as const };
  },
);

const makeLink = endpoint(
  {
    method: 'post',
    path: '/api/session/links',
    access: 'admin',
    summary: 'Make a one-time link that signs a browser in',
    description: 'Only where the server listens on this machine alone and no admin token is set.',
    answer: z.object({ path: z.string() }),
  },
  async (_asked, parts) => {
    if (parts.adminToken !== null || !isLoopbackName(parts.host)) {
      return fail(
        'forbidden',
        'Sign-in links exist only while the server listens on this machine alone and BOTWORTH_ADMIN_TOKEN is not set. Sign in with the admin token at /enter.',
        {},
      );
    }
    return { path: `/enter?key=${parts.entryKeys.make()}` };
  },
);

export const sessionEndpoints = [read, enter, leave, makeLink];

import type { Context, Hono } from 'hono';
import { fail } from '../../base/app-error.ts';
import { remoteAddress } from '../../base/network.ts';
import type { Workspace } from '../../store/port.ts';
import { type Actor, isAdmin, mayManage, mayRead } from '../auth/actor.ts';
import type { SessionKeys } from '../auth/session-cookie.ts';
import type { Parts } from '../parts.ts';
import type { AppEnv } from './app-env.ts';
import { type Access, type Endpoint, hasWorkspace } from './endpoint.ts';
import { madeId } from './plain-text.ts';
import { readJsonBody } from './read-json-body.ts';
import { knownActorOf, openActorOf } from './request-actor.ts';

const isEncrypted = (c: Context): boolean =>
  c.req.header('x-forwarded-proto') === 'https' || c.req.url.startsWith('https:');

const workspaceOf = async (id: string, actor: Actor, access: Access, parts: Parts): Promise<Workspace> => {
  // Before the look-up, so that a token cannot find out which other workspaces exist.
  if (!mayRead(actor, id)) fail('forbidden', 'This token belongs to another workspace.', {});
  if (access !== 'read' && !mayManage(actor, id))
    fail('forbidden', 'This token may read and change nothing.', { needs: 'manage' });
  const workspace = madeId.safeParse(id).success ? await parts.state.findWorkspace(id) : null;
  return (
    workspace ??
    fail(
      'workspace_not_found',
      `There is no workspace "${id.slice(0, 64)}". GET /api/workspaces lists those that there are.`,
      {},
    )
  );
};

export const mountEndpoint = (
  app: Hono<AppEnv>,
  { spec, run }: Endpoint,
  keys: SessionKeys,
  parts: Parts,
): void => {
  const path = spec.path.replace(/\{(\w+)\}/g, ':$1');
  app.on(spec.method.toUpperCase(), path, async (c) => {
    c.set('route', spec.path);
    const actor = await (spec.access === 'open' ? openActorOf : knownActorOf)(c, keys, parts);
    const params: Record<string, string> = c.req.param();
    let workspace: Workspace | null = null;
    if (hasWorkspace(spec.path) && actor !== null) {
      const id = params.workspace ?? '';
      c.set('workspace', id.slice(0, 64));
      workspace = await workspaceOf(id, actor, spec.access, parts);
    } else if (spec.access === 'admin' && actor !== null && !isAdmin(actor)) {
      fail('forbidden', 'Only a token for the whole installation may do this.', {
        needs: 'a token without a workspace, with scope manage',
      });
    }
    const answer = await run(
      { params, search: new URL(c.req.url).searchParams, body: () => readJsonBody(c.req.raw) },
      {
        actor,
        workspace,
        setHeader: (name, value) => c.header(name, value),
        about: (metrics) => c.set('metrics', metrics),
        address: remoteAddress(c.env),
        isEncrypted: isEncrypted(c),
      },
      parts,
    );
    // Figures change with every event, and answers may hold what people wrote.
    c.header('cache-control', 'no-store');
    return c.json(answer, spec.status);
  });
};

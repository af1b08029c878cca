import { z } from 'zod';
import { fail } from '../../base/app-error.ts';
import { tokenScopes } from '../auth/actor.ts';
import { endpoint } from '../http/endpoint.ts';
import { madeId } from '../http/plain-text.ts';

const create = endpoint(
  {
    method: 'post',
    path: '/api/tokens',
    access: 'admin',
    summary: 'Make a bearer token for automation',
    body: z.strictObject({
      name: z.string().trim().min(1).max(200),
      workspace: madeId.nullable().default(null).meta({ description: 'Null: all workspaces.' }),
      scopes: z
        .array(z.enum(tokenScopes))
        .min(1)
        .max(2)
        .default(['read'])
        .meta({ description: 'read: ask; manage: change too.' }),
    }),
    status: 201,
    answer: z.object({
      id: z.string(),
      token: z.string().meta({ description: 'Shown once; only its hash is kept.' }),
    }),
    errors: ['workspace_not_found'],
  },
  async ({ body, actor }, parts) => {
    if (body.workspace !== null && (await parts.state.findWorkspace(body.workspace)) === null) {
      return fail(
        'workspace_not_found',
        `There is no workspace "${body.workspace}". GET /api/workspaces lists those that there are.`,
        {},
      );
    }
    const at = parts.clock.now();
    const { id, secret } = await parts.state.makeToken({
      name: body.name,
      workspaceId: body.workspace,
      scopes: body.scopes,
      at,
    });
    await parts.state.audit({
      at,
      workspaceId: body.workspace,
      actor: actor?.name ?? '',
      action: 'token.make',
      details: { token: id, scopes: body.scopes },
    });
    return { id, token: secret };
  },
);

const revoke = endpoint(
  {
    method: 'delete',
    path: '/api/tokens/{token}',
    access: 'admin',
    summary: 'Revoke a bearer token',
    params: { token: madeId.meta({ description: 'Id of the token, not the token itself.' }) },
    answer: z.object({ revoked: z.literal(true) }),
    errors: ['token_not_found'],
  },
  async ({ params, actor }, parts) => {
    const at = parts.clock.now();
    if (!(await parts.state.revokeToken(params.token, at))) {
      return fail('token_not_found', `There is no token with the id "${params.token}" that still works.`, {
        id: params.token,
      });
    }
    await parts.state.audit({
      at,
      workspaceId: null,
      actor: actor?.name ?? '',
      action: 'token.revoke',
      details: { token: params.token },
    });
    return { revoked: true as const };
  },
);

export const tokenEndpoints = [create, revoke];

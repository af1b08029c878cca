import { workspaceCreated, workspaceRequest, workspaceSummary } from '@botworth/contract/api';
import { z } from 'zod';
import type { Workspace } from '../../store/port.ts';
import { mayRead } from '../auth/actor.ts';
import { endpoint, workspaceEndpoint } from '../http/endpoint.ts';
import { checkZone } from './check-zone.ts';

const summaryOf = ({ id, name, timezone, currency, created_at, demo }: Workspace) => ({
  id,
  name,
  timezone,
  currency,
  created_at,
  ...(demo ? { demo } : {}),
});

const create = endpoint(
  {
    method: 'post',
    path: '/api/workspaces',
    access: 'admin',
    summary: 'Make a workspace',
    description: 'The write key is in this answer and nowhere else: only its hash is kept.',
    body: workspaceRequest,
    status: 201,
    answer: workspaceCreated,
  },
  async ({ body, actor, setHeader }, parts) => {
    checkZone(body.timezone, 'timezone', 'body_invalid');
    const at = parts.clock.now();
    const made = await parts.state.createWorkspace({ ...body, demo: false, at });
    await parts.state.audit({
      at,
      workspaceId: made.workspace.id,
      actor: actor?.name ?? '',
      action: 'workspace.create',
      details: { name: body.name },
    });
    await parts.policyChanged();
    setHeader('location', `/api/workspaces/${made.workspace.id}`);
    return { ...summaryOf(made.workspace), write_key: made.writeKey.secret };
  },
);

const list = endpoint(
  {
    method: 'get',
    path: '/api/workspaces',
    access: 'read',
    summary: 'The workspaces that the token may read',
    answer: z.object({ workspaces: z.array(workspaceSummary) }),
  },
  async ({ actor }, parts) => {
    const all = await parts.state.listWorkspaces();
    return { workspaces: all.filter(({ id }) => actor !== null && mayRead(actor, id)).map(summaryOf) };
  },
);

const one = workspaceEndpoint(
  { method: 'get', path: '', access: 'read', summary: 'One workspace', answer: workspaceSummary },
  async ({ workspace }) => summaryOf(workspace),
);

export const workspaceEndpoints = [create, list, one];

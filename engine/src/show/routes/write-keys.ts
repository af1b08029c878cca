import { writeKeySummary } from '@botworth/contract/api';
import { z } from 'zod';
import { fail } from '../../base/app-error.ts';
import { workspaceEndpoint } from '../http/endpoint.ts';
import { madeId } from '../http/plain-text.ts';

const keyId = madeId.meta({ description: 'Id of the key, not the key itself.' });
const keyMade = writeKeySummary.extend({
  write_key: z.string().meta({ description: 'Shown once; only its hash is kept.' }),
});
const name = z.string().trim().min(1).max(200);
/** So long the old key still works after a rotation, unless the request says otherwise. */
const OVERLAP_HOURS = 24;
const HOUR_MS = 3_600_000;

const list = workspaceEndpoint(
  {
    method: 'get',
    path: '/keys',
    access: 'manage',
    summary: 'The write keys, without their secrets',
    answer: z.object({ keys: z.array(writeKeySummary) }),
  },
  async ({ workspace }, parts) => ({ keys: await parts.state.listWriteKeys(workspace.id) }),
);

const create = workspaceEndpoint(
  {
    method: 'post',
    path: '/keys',
    access: 'manage',
    summary: 'Make a write key',
    body: z.strictObject({ name }),
    status: 201,
    answer: keyMade,
  },
  async ({ workspace, body, actor }, parts) => {
    const at = parts.clock.now();
    const { summary, secret } = await parts.state.makeWriteKey(workspace.id, { name: body.name, at });
    await parts.state.audit({
      at,
      workspaceId: workspace.id,
      actor: actor?.name ?? '',
      action: 'key.make',
      details: { key: summary.id },
    });
    return { ...summary, write_key: secret };
  },
);

const noSuchKey = (id: string) =>
  fail(
    'write_key_not_found',
    `There is no write key with the id "${id}" that still works. GET …/keys lists them.`,
    { id },
  );

const rotate = workspaceEndpoint(
  {
    method: 'post',
    path: '/keys/{key}/rotate',
    access: 'manage',
    summary: 'Replace a write key by a new one',
    description: 'The old key works on for a while, so that senders can be changed one after another.',
    params: { key: keyId },
    body: z.strictObject({ overlap_hours: z.number().min(0).max(720).default(OVERLAP_HOURS) }),
    status: 201,
    answer: keyMade.extend({ replaces: z.string(), old_key_until: z.string() }),
    errors: ['write_key_not_found'],
  },
  async ({ workspace, params, body, actor }, parts) => {
    const at = parts.clock.now();
    const old = (await parts.state.listWriteKeys(workspace.id)).find(
      ({ id, revoked_at }) => id === params.key && revoked_at === null,
    );
    if (old === undefined) return noSuchKey(params.key);
    const { summary, secret } = await parts.state.makeWriteKey(workspace.id, { name: old.name, at });
    const until = new Date(at.getTime() + body.overlap_hours * HOUR_MS);
    await parts.state.revokeWriteKey(workspace.id, old.id, until);
    await parts.state.audit({
      at,
      workspaceId: workspace.id,
      actor: actor?.name ?? '',
      action: 'key.rotate',
      details: { key: old.id, by: summary.id },
    });
    return { ...summary, write_key: secret, replaces: old.id, old_key_until: until.toISOString() };
  },
);

const revoke = workspaceEndpoint(
  {
    method: 'delete',
    path: '/keys/{key}',
    access: 'manage',
    summary: 'Revoke a write key at once',
    params: { key: keyId },
    answer: z.object({ revoked: z.literal(true) }),
    errors: ['write_key_not_found'],
  },
  async ({ workspace, params, actor }, parts) => {
    const at = parts.clock.now();
    if (!(await parts.state.revokeWriteKey(workspace.id, params.key, at))) return noSuchKey(params.key);
    await parts.state.audit({
      at,
      workspaceId: workspace.id,
      actor: actor?.name ?? '',
      action: 'key.revoke',
      details: { key: params.key },
    });
    return { revoked: true as const };
  },
);

export const writeKeyEndpoints = [list, create, rotate, revoke];

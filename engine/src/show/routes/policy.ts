import { policyVersion } from '@botworth/contract/api';
import { policySchema } from '@botworth/contract/policy';
import { z } from 'zod';
import { fail } from '../../base/app-error.ts';
import { checkPolicy } from '../../measure/policy/check-policy.ts';
import { workspaceEndpoint } from '../http/endpoint.ts';
import { plainText } from '../http/plain-text.ts';
import { checkZone } from './check-zone.ts';

const newest = workspaceEndpoint(
  {
    method: 'get',
    path: '/policy',
    access: 'read',
    summary: 'The newest version of the measurement policy',
    answer: policyVersion,
  },
  ({ workspace }, parts) => parts.state.newestPolicy(workspace.id),
);

const versions = workspaceEndpoint(
  {
    method: 'get',
    path: '/policy/versions',
    access: 'read',
    summary: 'All versions of the policy, newest first',
    answer: z.object({ versions: z.array(policyVersion) }),
  },
  async ({ workspace }, parts) => {
    const all = await parts.state.listPolicies(workspace.id);
    return { versions: all.toSorted((one, other) => other.version - one.version) };
  },
);

const oneVersion = workspaceEndpoint(
  {
    method: 'get',
    path: '/policy/versions/{version}',
    access: 'read',
    summary: 'One version of the policy',
    params: {
      version: z
        .string()
        .regex(/^\d{1,9}$/, 'a whole number')
        .meta({ description: 'Number of the version.' }),
    },
    answer: policyVersion,
    errors: ['policy_version_not_found'],
  },
  async ({ workspace, params }, parts) => {
    const found = await parts.state.policyVersion(workspace.id, Number(params.version));
    return (
      found ??
      fail(
        'policy_version_not_found',
        `The policy has no version ${params.version}. GET …/policy/versions lists them.`,
        { version: Number(params.version) },
      )
    );
  },
);

const save = workspaceEndpoint(
  {
    method: 'put',
    path: '/policy',
    access: 'manage',
    summary: 'Save a new version of the policy',
    description:
      'The document carries the `version` it was started from; if that is not the newest any more, the answer is 409. Keys that are left out take their default.',
    query: { reason: plainText(500).default('').meta({ description: 'Why: kept with the version.' }) },
    // Without it, nobody could tell a change from an overwrite.
    body: policySchema.extend({
      version: z.int().positive().meta({ description: 'The version that this document was started from.' }),
    }),
    bodyWords: {
      what: 'key of the policy',
      errors: { invalid: 'policy_invalid', unknownKey: 'unknown_policy_key' },
    },
    answer: policyVersion,
    errors: ['policy_invalid', 'unknown_policy_key', 'policy_not_newest'],
  },
  async ({ workspace, body, query, actor }, parts) => {
    // What the schema alone cannot know: the zones of this runtime.
    if (body.reporting.zone !== '<workspace>')
      checkZone(body.reporting.zone, 'reporting.zone', 'policy_invalid');
    checkPolicy(body);
    const at = parts.clock.now();
    const author = actor?.name ?? '';
    const outcome = await parts.state.savePolicy(workspace.id, {
      basedOn: body.version,
      document: body,
      author,
      reason: query.reason,
      at,
    });
    if ('conflict' in outcome) {
      return fail(
        'policy_not_newest',
        `This document was started from version ${body.version}, but version ${outcome.conflict.newest} is the newest. Fetch that one, apply the change to it, and save again.`,
        {
          based_on: body.version,
          newest: outcome.conflict.newest,
        },
      );
    }
    await parts.state.audit({
      at,
      workspaceId: workspace.id,
      actor: author,
      action: 'policy.save',
      details: { version: outcome.saved.version },
    });
    await parts.policyChanged();
    return outcome.saved;
  },
);

export const policyEndpoints = [newest, versions, oneVersion, save];

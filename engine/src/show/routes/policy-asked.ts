import type { PolicyVersion } from '@botworth/contract/api';
import { fail } from '../../base/app-error.ts';
import type { Workspace } from '../../store/port.ts';
import type { Parts } from '../parts.ts';

/** One version answers a whole question, its comparison included: the one asked for, else the newest. */
export const policyAsked = async (
  parts: Parts,
  workspace: Workspace,
  version: number | undefined,
): Promise<PolicyVersion> => {
  if (version === undefined) return parts.state.newestPolicy(workspace.id);
  const found = await parts.state.policyVersion(workspace.id, version);
  return (
    found ??
    fail(
      'policy_version_not_found',
      `The policy has no version ${version}. GET /api/workspaces/${workspace.id}/policy/versions lists them.`,
      { version },
    )
  );
};

import type { WorkspaceSummary } from '@botworth/contract/api';
import { fail } from '../base/app-error.ts';
import { ask, type Door } from './door.ts';

/** By id or by name; without either, the only one that there is. */
export const findWorkspace = async (door: Door, wanted: string | undefined): Promise<WorkspaceSummary> => {
  const { workspaces } = await ask<{ workspaces: WorkspaceSummary[] }>(door, 'GET', '/api/workspaces');
  const found =
    wanted === undefined ? workspaces : workspaces.filter(({ id, name }) => id === wanted || name === wanted);
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  if (workspaces.length === 0)
    return fail(
      'workspace_not_found',
      'There is no workspace yet: start the server and make one in the browser.',
      {},
    );
  const list = workspaces.map(({ id, name }) => `${id} (${name})`).join(', ');
  return fail(
    'workspace_not_found',
    wanted === undefined
      ? `Say which workspace with --workspace: ${list}.`
      : `There is no one workspace "${wanted}": ${list}.`,
    {},
  );
};

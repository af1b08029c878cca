import type { PolicyVersion } from '@botworth/contract/api';
import { defaultPolicy } from '@botworth/contract/policy';
import type { StateStore, Workspace } from '../../store/port.ts';

export interface KnownWorkspace {
  readonly workspace: Workspace;
  readonly policy: PolicyVersion;
}

/** The newest policies, for the parts that need a rule for every event and cannot wait for a store. */
export interface PolicyCache {
  /** The defaults for a workspace that was made a moment ago. */
  newest(workspaceNumber: number): PolicyVersion;
  /** Null for one that does not exist; one that is not known yet is looked for. */
  find(workspaceNumber: number): Promise<KnownWorkspace | null>;
  workspaces(): readonly Workspace[];
  /** Resolves with the workspaces whose newest version is another one than before. */
  refresh(): Promise<readonly number[]>;
}

export const createPolicyCache = (
  state: Pick<StateStore, 'listWorkspaces' | 'newestPolicy'>,
): PolicyCache => {
  const standard: PolicyVersion = {
    version: 1,
    author: 'system',
    created_at: new Date(0).toISOString(),
    reason: 'defaults',
    document: defaultPolicy(),
  };
  let known = new Map<number, KnownWorkspace>();
  const read = async (): Promise<readonly number[]> => {
    const workspaces = await state.listWorkspaces();
    const found = await Promise.all(
      workspaces.map(async (workspace) => ({ workspace, policy: await state.newestPolicy(workspace.id) })),
    );
    const before = known;
    known = new Map(found.map((one) => [one.workspace.number, one]));
    return [...known.keys()].filter(
      (number) => before.get(number)?.policy.version !== known.get(number)?.policy.version,
    );
  };
  let reading: Promise<unknown> = Promise.resolve();
  /** One at a time: a look that began before a save and ends after the next look would bring the old rules back. */
  const refresh = (): Promise<readonly number[]> => {
    const result = reading.then(read, read);
    reading = result.catch(() => undefined);
    return result;
  };
  return {
    newest: (number) => known.get(number)?.policy ?? standard,
    find: async (number) => {
      if (!known.has(number)) await refresh();
      return known.get(number) ?? null;
    },
    workspaces: () => [...known.values()].map(({ workspace }) => workspace),
    refresh,
  };
};

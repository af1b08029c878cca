import { useQuery } from '@tanstack/react-query';
import { Outlet, useParams } from '@tanstack/react-router';
import { useMemo } from 'react';
import { catalogueQuestion, policyQuestion, workspacesQuestion } from '../api/questions.ts';
import { NotFound } from './not-found.tsx';
import { Shell } from './shell.tsx';
import { Trouble } from './trouble.tsx';
import { createWorkspaceView, WorkspaceContext } from './workspace-context.ts';

/** What every screen of a workspace rests on: its name and zone, its policy, and what can be asked. */
export const WorkspaceFrame = () => {
  const { workspace } = useParams({ from: '/w/$workspace' });
  const summaries = useQuery(workspacesQuestion());
  const policy = useQuery(policyQuestion(workspace));
  const catalogue = useQuery(catalogueQuestion(workspace));
  const summary = summaries.data?.find(({ id }) => id === workspace);
  const view = useMemo(
    () =>
      summary && policy.data && catalogue.data
        ? createWorkspaceView(summary, policy.data, catalogue.data)
        : null,
    [summary, policy.data, catalogue.data],
  );
  if (view) {
    return (
      <WorkspaceContext value={view}>
        <Shell>
          <Outlet />
        </Shell>
      </WorkspaceContext>
    );
  }
  if (summaries.data && !summary) return <NotFound />;
  const error = [summaries, policy, catalogue].find((question) => question.error !== null)?.error;
  if (!error) return null;
  const retry = (): void => {
    for (const question of [summaries, policy, catalogue]) void question.refetch();
  };
  return <Trouble error={error} onRetry={retry} />;
};

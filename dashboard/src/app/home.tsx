import { useQuery } from '@tanstack/react-query';
import { Navigate } from '@tanstack/react-router';
import { workspacesQuestion } from '../api/questions.ts';
import { Trouble } from './trouble.tsx';

/** The first workspace's board; without a workspace, the first run. */
export const Home = () => {
  const { data, error, refetch } = useQuery(workspacesQuestion());
  if (error) return <Trouble error={error} onRetry={() => void refetch()} />;
  if (!data) return null;
  const first = data[0];
  if (!first) return <Navigate to="/start" replace />;
  return <Navigate to="/w/$workspace/scoreboard" params={{ workspace: first.id }} replace />;
};

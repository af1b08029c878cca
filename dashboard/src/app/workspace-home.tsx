import { Navigate } from '@tanstack/react-router';
import { useWorkspace } from './workspace-context.ts';

export const WorkspaceHome = () => {
  const { id } = useWorkspace();
  return <Navigate to="/w/$workspace/scoreboard" params={{ workspace: id }} replace />;
};

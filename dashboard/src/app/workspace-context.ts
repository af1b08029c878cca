import type { PolicyVersion, WorkspaceSummary } from '@botworth/contract/api';
import type { MetricDeclaration } from '@botworth/contract/catalogue';
import { createContext, useContext } from 'react';
import type { WeekStart } from '../time/week.ts';

export interface WorkspaceView {
  readonly id: string;
  readonly summary: WorkspaceSummary;
  readonly policy: PolicyVersion;
  readonly declarations: ReadonlyMap<string, MetricDeclaration>;
  readonly zone: string;
  readonly weekStart: WeekStart;
  readonly minN: number;
  readonly returnHours: number;
}

const OF_WORKSPACE = '<workspace>';

export const createWorkspaceView = (
  summary: WorkspaceSummary,
  policy: PolicyVersion,
  metrics: readonly MetricDeclaration[],
): WorkspaceView => {
  const { reporting, windows } = policy.document;
  return {
    id: summary.id,
    summary,
    policy,
    declarations: new Map(metrics.map((metric) => [metric.id, metric])),
    zone: reporting.zone === OF_WORKSPACE ? summary.timezone : reporting.zone,
    weekStart: reporting.week_start,
    minN: reporting.min_n,
    returnHours: windows.return_contact_hours,
  };
};

export const WorkspaceContext = createContext<WorkspaceView | null>(null);

export const useWorkspace = (): WorkspaceView => {
  const view = useContext(WorkspaceContext);
  if (view === null) throw new Error('This part of the page stands inside a workspace only.');
  return view;
};

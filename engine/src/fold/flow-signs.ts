import { goalOfFlow } from '@botworth/contract/flow-goals';
import type { FoldSettings } from './settings.ts';

/**
 * What reaches a flow's goal without an event that names it (goals.json, `counts_when`), a bit each. The row holds one
 * flow, so the fold has to know; whether it did reach it is said when a question is asked.
 */
export const goalSigns = {
  contact_captured: 1,
  meeting_booked: 2,
  order_completed: 4,
  product_chosen: 8,
  order_status_delivered: 16,
  return_answered_or_started: 32,
  handed_to_right_team: 64,
  issue_answered: 128,
} as const;

/** Flows and the sign of each one's goal, for the engine's `transform`. */
export interface FlowSigns {
  readonly flows: readonly string[];
  readonly signs: readonly number[];
}

const signOf = (goal: string | null): number =>
  goal !== null && Object.hasOwn(goalSigns, goal) ? goalSigns[goal as keyof typeof goalSigns] : 0;

export const flowSigns = (
  flows: readonly string[],
  { flowGoals }: Pick<FoldSettings, 'flowGoals'>,
): FlowSigns => {
  // Never empty: the engine wants an example of each.
  const names = [...new Set(['', ...flows])];
  return { flows: names, signs: names.map((flow) => signOf(goalOfFlow(flow, flowGoals))) };
};

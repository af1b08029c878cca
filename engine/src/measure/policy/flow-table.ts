import { type Job, jobs } from '@botworth/contract/dimensions';
import { goalOfFlow, guessFlowGoal } from '@botworth/contract/flow-goals';
import type { Rules } from './rules.ts';

export interface FlowMeaning {
  readonly job: Job;
  /** The flow's own goal; null = none declared and none guessed. */
  readonly goal: string | null;
  /** The policy does not name the flow: its job or goal is the guess of its name. */
  readonly guessed: boolean;
}

export const meaningOfFlow = (flow: string, rules: Pick<Rules, 'flowJobs' | 'flowGoals'>): FlowMeaning => {
  const guess = flow === '' ? undefined : guessFlowGoal(flow);
  const job = Object.hasOwn(rules.flowJobs, flow) ? rules.flowJobs[flow] : undefined;
  const goal = Object.hasOwn(rules.flowGoals, flow) ? rules.flowGoals[flow] : undefined;
  return {
    job: job ?? guess?.job ?? 'unknown',
    goal: goalOfFlow(flow, rules.flowGoals),
    guessed: guess !== undefined && (job === undefined || goal === undefined),
  };
};

/** The flows of a workspace as arrays for the engine's `transform`; a flow that is not listed comes out as `unlisted`. */
export interface FlowTable {
  readonly flows: readonly string[];
  readonly jobCodes: readonly number[];
  readonly goals: readonly string[];
}

export const unlistedFlow = 65_535;

export const flowTable = (flows: Iterable<string>, rules: Rules): FlowTable => {
  const names = [...new Set(['', ...flows])].sort();
  const meanings = names.map((name) => meaningOfFlow(name, rules));
  return {
    flows: names,
    jobCodes: meanings.map(({ job }) => jobs.indexOf(job)),
    goals: meanings.map(({ goal }) => goal ?? ''),
  };
};

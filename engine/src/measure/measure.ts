import type { PolicyVersion } from '@botworth/contract/api';
import type { MetricDeclaration } from '@botworth/contract/catalogue';
import type { QueryAnswer } from '@botworth/contract/result';
import type { Clock } from '../base/clock.ts';
import type { EventStore, Workspace } from '../store/port.ts';
import { catalogue } from './catalogue/catalogue.ts';
import { readRules } from './policy/rules.ts';
import { stageOf } from './policy/stage.ts';
import { type ParsedQuery, parseQuery } from './query/parse.ts';
import { planQuestion } from './query/plan.ts';
import { type Question, resolveQuestion } from './query/resolve.ts';
import { runPlan, UnlistedFlow } from './query/run.ts';
import { shapeAnswers } from './query/shape.ts';
import { createWorkspaceFacts, type WorkspaceFacts } from './workspace-facts.ts';

export interface Measure {
  catalogue(): readonly MetricDeclaration[];
  /** Answers under this one version, the comparison included; the caller has chosen it by `policy=` or the newest. */
  ask(workspace: Workspace, version: PolicyVersion, query: unknown): Promise<QueryAnswer>;
  /** The question behind a figure, for whatever explains it. Flows are read afresh. */
  question(workspace: Workspace, version: PolicyVersion, query: ParsedQuery): Promise<Question>;
  readonly facts: WorkspaceFacts;
}

export interface MeasureParts {
  readonly store: EventStore;
  readonly clock: Clock;
}

/** Flows may appear while a question is asked; one that meets a new one every time has other troubles. */
const mostTries = 3;

export const createMeasure = ({ store, clock }: MeasureParts): Measure => {
  const facts = createWorkspaceFacts(store, clock);

  const resolve = async (
    workspace: Workspace,
    version: PolicyVersion,
    query: ParsedQuery,
    fresh: boolean,
  ): Promise<Question> => {
    const rules = readRules(workspace, version);
    const flows = await facts.flows(workspace.number, rules, fresh);
    return resolveQuestion(query, { workspace: workspace.number, rules, flows, nowMs: clock.nowMs() });
  };

  const ask = async (
    workspace: Workspace,
    version: PolicyVersion,
    query: ParsedQuery,
    tries: number,
  ): Promise<QueryAnswer> => {
    const question = await resolve(workspace, version, query, tries > 0);
    const plan = planQuestion(question);
    const ids = question.metrics.map(({ declaration }) => declaration.id);
    try {
      const [gathered, presence, firstStarts] = await Promise.all([
        runPlan(store, plan, { tag: `measure workspace=${workspace.number} metrics=${ids.join(',')}` }),
        facts.presence(workspace.number),
        facts.firstStarts(workspace.number),
      ]);
      const stage = stageOf(
        question.rules,
        question.where,
        firstStarts,
        Math.min(question.now.endS, clock.nowMs() / 1000),
      );
      const results = shapeAnswers(plan, gathered, { workspaceId: workspace.id, presence, stage });
      return {
        query: echo(query, question),
        policy: version.version,
        results: Object.fromEntries(
          Object.entries(results).map(([id, { result, rows }]) => [id, { result, rows: [...rows] }]),
        ),
      };
    } catch (error) {
      if (!(error instanceof UnlistedFlow) || tries + 1 >= mostTries) throw error;
      return ask(workspace, version, query, tries + 1);
    }
  };

  return {
    catalogue: () => catalogue.map(({ declaration }) => declaration),
    ask: (workspace, version, query) => ask(workspace, version, parseQuery(query), 0),
    question: (workspace, version, query) => resolve(workspace, version, query, true),
    facts,
  };
};

/** The question as it was understood: defaults filled in, zone and instant named. */
const echo = (query: ParsedQuery, { rules, asOfMs, before }: Question): Record<string, unknown> => ({
  metrics: query.metrics.map(({ declaration }) => declaration.id),
  from: query.from,
  to: query.to,
  by: query.by,
  where: query.where,
  ...(query.compare === null || before === null
    ? {}
    : { compare: query.compare, compared_with: { from: before.from, to: before.to } }),
  zone: rules.zone,
  as_of: new Date(asOfMs).toISOString(),
  policy: rules.version,
});

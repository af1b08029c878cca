import { drillPage, freshnessSchema } from '@botworth/contract/api';
import { metricDeclarationSchema } from '@botworth/contract/catalogue';
import { cutKinds, cutNames, querySchema } from '@botworth/contract/query';
import { metricAnswerSchema, queryAnswerSchema } from '@botworth/contract/result';
import { z } from 'zod';
import { fail } from '../../base/app-error.ts';
import { drillParts } from '../../explain/drill.ts';
import { workspaceEndpoint } from '../http/endpoint.ts';
import { questionOf, questionShape } from '../http/query-text.ts';
import { pageShape } from './page-shape.ts';
import { policyAsked } from './policy-asked.ts';

const metric = z.string().max(100).meta({ description: 'Id of a metric of the catalogue.' });
const wrongNames = [
  'unknown_metric',
  'unknown_cut',
  'unknown_filter',
  'query_invalid',
  'query_too_heavy',
  'policy_version_not_found',
] as const;

const freshness = workspaceEndpoint(
  {
    method: 'get',
    path: '/freshness',
    access: 'read',
    summary: 'How far the figures have come',
    description: 'Equal counts mean that every acknowledged event is in the figures.',
    answer: freshnessSchema,
  },
  ({ workspace }, parts) => parts.freshness(workspace.number),
);

const catalogue = workspaceEndpoint(
  {
    method: 'get',
    path: '/catalogue',
    access: 'read',
    summary: 'Every metric, with its numerator, denominator and what it needs',
    answer: z.object({
      metrics: z.array(metricDeclarationSchema),
      cuts: z.array(z.object({ name: z.string(), kind: z.enum(['time', 'closed', 'open', 'flag']) })),
    }),
  },
  async (_asked, parts) => ({
    metrics: [...parts.measure.catalogue()],
    cuts: cutNames.map((name) => ({ name, kind: cutKinds[name] })),
  }),
);

const oneMetric = workspaceEndpoint(
  {
    method: 'get',
    path: '/metrics/{metric}',
    access: 'read',
    summary: 'One metric over a span of local days, cut and filtered',
    description: '`from` inclusive, `to` exclusive, in the zone of the workspace. `by` and `where` repeat.',
    params: { metric },
    query: questionShape,
    answer: metricAnswerSchema,
    errors: wrongNames,
  },
  async ({ workspace, params, query, about }, parts) => {
    const policy = await policyAsked(parts, workspace, query.policy);
    const answer = await parts.measure.ask(workspace, policy, {
      ...questionOf(query),
      metrics: [params.metric],
    });
    about([params.metric]);
    const found = answer.results[params.metric];
    if (found === undefined) return fail('internal', `The answer lacks ${params.metric}.`, {});
    return { query: answer.query, policy: answer.policy, ...found };
  },
);

const manyMetrics = workspaceEndpoint(
  {
    method: 'post',
    path: '/query',
    access: 'read',
    summary: 'Many metrics, cuts and filters in one question',
    body: querySchema,
    bodyWords: { what: 'field', errors: { invalid: 'query_invalid', unknownKey: 'query_invalid' } },
    answer: queryAnswerSchema,
    errors: wrongNames,
  },
  async ({ workspace, body, about }, parts) => {
    const policy = await policyAsked(parts, workspace, body.policy);
    const answer = await parts.measure.ask(workspace, policy, body);
    about(body.metrics);
    return answer;
  },
);

const drill = workspaceEndpoint(
  {
    method: 'get',
    path: '/metrics/{metric}/drill',
    access: 'read',
    summary: 'The exact conversations behind a figure',
    description:
      '`total` counts the conversations, `sum` adds their contributions: with part=numerator it is the numerator of the figure.',
    params: { metric },
    query: {
      ...questionShape,
      ...pageShape,
      part: z
        .string()
        .max(50)
        .default('numerator')
        .meta({ description: `One of ${drillParts.join(', ')}.` }),
    },
    answer: drillPage,
    errors: wrongNames,
  },
  async ({ workspace, params, query, about }, parts) => {
    const { part, after, limit, ...question } = query;
    const policy = await policyAsked(parts, workspace, question.policy);
    const page = await parts.explain.drill(workspace, policy, params.metric, questionOf(question), {
      part,
      limit,
      after,
    });
    about([params.metric]);
    return page;
  },
);

export const figureEndpoints = [freshness, catalogue, oneMetric, manyMetrics, drill];

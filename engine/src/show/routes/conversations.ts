import { conversationDetail, conversationPage } from '@botworth/contract/api';
import { z } from 'zod';
import { workspaceEndpoint } from '../http/endpoint.ts';
import { questionOf, questionShape } from '../http/query-text.ts';
import { pageShape } from './page-shape.ts';
import { policyAsked } from './policy-asked.ts';

const { from, to, where, policy, as_of } = questionShape;

const list = workspaceEndpoint(
  {
    method: 'get',
    path: '/conversations',
    access: 'read',
    summary: 'Conversations, newest first',
    query: { from: from.optional(), to: to.optional(), where, policy, as_of, ...pageShape },
    answer: conversationPage,
    errors: ['unknown_filter', 'query_invalid', 'query_too_heavy', 'policy_version_not_found'],
  },
  async ({ workspace, query }, parts) => {
    const { after, limit, policy: wanted, ...list } = query;
    const version = await policyAsked(parts, workspace, wanted);
    return parts.explain.conversations(workspace, version, questionOf(list), { after, limit });
  },
);

const one = workspaceEndpoint(
  {
    method: 'get',
    path: '/conversations/{id}',
    access: 'read',
    summary: 'One conversation with its events and the reason for each verdict',
    params: {
      id: z
        .string()
        .min(1)
        .max(2000)
        .meta({ description: 'Id of the conversation, escaped for an address.' }),
    },
    query: { policy, as_of },
    answer: conversationDetail,
    errors: ['conversation_not_found', 'policy_version_not_found', 'query_invalid'],
  },
  async ({ workspace, params, query }, parts) => {
    const version = await policyAsked(parts, workspace, query.policy);
    const asOfMs = query.as_of === undefined ? undefined : Date.parse(query.as_of);
    return parts.explain.conversation(workspace, version, params.id, { asOfMs });
  },
);

export const conversationEndpoints = [list, one];

import type {
  ConversationDetail,
  ConversationPage,
  DrillPage,
  Freshness,
  PolicyVersion,
  WorkspaceSummary,
  WriteKeySummary,
} from '@botworth/contract/api';
import type { MetricDeclaration } from '@botworth/contract/catalogue';
import type { Query } from '@botworth/contract/query';
import type { QueryAnswer } from '@botworth/contract/result';
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { call, searchText } from './client.ts';

export const workspacePath = (workspace: string): string =>
  `/api/workspaces/${encodeURIComponent(workspace)}`;

const under = (workspace: string, rest: string): string => `${workspacePath(workspace)}/${rest}`;

/** How long an answer about figures is used again without asking; freshness decides when it is asked earlier. */
const FIGURES_STALE_MS = 30_000;
const FRESHNESS_EVERY_MS = 5_000;
const PAGE_ROWS = 50;

export const workspacesQuestion = () =>
  queryOptions({
    queryKey: ['workspaces'],
    queryFn: async ({ signal }) =>
      (await call<{ workspaces: WorkspaceSummary[] }>('/api/workspaces', { signal })).workspaces,
    staleTime: FIGURES_STALE_MS,
  });

export const policyQuestion = (workspace: string) =>
  queryOptions({
    queryKey: ['workspace', workspace, 'policy'],
    queryFn: ({ signal }) => call<PolicyVersion>(under(workspace, 'policy'), { signal }),
    staleTime: FIGURES_STALE_MS,
  });

export const policyVersionsQuestion = (workspace: string) =>
  queryOptions({
    queryKey: ['workspace', workspace, 'policy', 'versions'],
    queryFn: async ({ signal }) =>
      (await call<{ versions: PolicyVersion[] }>(under(workspace, 'policy/versions'), { signal })).versions,
  });

export const catalogueQuestion = (workspace: string) =>
  queryOptions({
    queryKey: ['workspace', workspace, 'catalogue'],
    queryFn: async ({ signal }) =>
      (await call<{ metrics: MetricDeclaration[] }>(under(workspace, 'catalogue'), { signal })).metrics,
    staleTime: Number.POSITIVE_INFINITY,
  });

export const freshnessQuestion = (workspace: string, everyMs = FRESHNESS_EVERY_MS) =>
  queryOptions({
    queryKey: ['workspace', workspace, 'freshness'],
    queryFn: ({ signal }) => call<Freshness>(under(workspace, 'freshness'), { signal }),
    refetchInterval: everyMs,
    staleTime: 0,
    retry: false,
  });

export const keysQuestion = (workspace: string) =>
  queryOptions({
    queryKey: ['workspace', workspace, 'keys'],
    queryFn: async ({ signal }) =>
      (await call<{ keys: WriteKeySummary[] }>(under(workspace, 'keys'), { signal })).keys,
  });

/** A question as it is sent; the engine fills what is left out. */
export type Question = Pick<Query, 'metrics' | 'from' | 'to'> &
  Partial<Pick<Query, 'by' | 'where' | 'compare' | 'policy' | 'as_of'>>;

export const figuresQuestion = (workspace: string, question: Question) =>
  queryOptions({
    queryKey: ['workspace', workspace, 'figures', question],
    queryFn: ({ signal }) =>
      call<QueryAnswer>(under(workspace, 'query'), { method: 'POST', body: question, signal }),
    enabled: question.metrics.length > 0,
    staleTime: FIGURES_STALE_MS,
    placeholderData: keepPreviousData,
  });

export interface ListWish {
  readonly from?: string;
  readonly to?: string;
  readonly where?: readonly string[];
}

/** The newest conversation before a day, to find the week that a page opens with. */
export const newestQuestion = (workspace: string, before: string | null) =>
  queryOptions({
    queryKey: ['workspace', workspace, 'newest', before],
    queryFn: ({ signal }) =>
      call<ConversationPage>(under(workspace, `conversations${searchText({ to: before, limit: 1 })}`), {
        signal,
      }),
    staleTime: FIGURES_STALE_MS,
  });

/** How many conversations fit a wish; the one row that comes along is not looked at. */
export const countQuestion = (workspace: string, wish: ListWish) =>
  queryOptions({
    queryKey: ['workspace', workspace, 'count', wish],
    queryFn: ({ signal }) =>
      call<ConversationPage>(under(workspace, `conversations${searchText({ ...wish, limit: 1 })}`), {
        signal,
      }),
    staleTime: FIGURES_STALE_MS,
  });

export const conversationsQuestion = (workspace: string, wish: ListWish) =>
  infiniteQueryOptions({
    queryKey: ['workspace', workspace, 'conversations', wish],
    queryFn: ({ pageParam, signal }) =>
      call<ConversationPage>(
        under(workspace, `conversations${searchText({ ...wish, limit: PAGE_ROWS, after: pageParam })}`),
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });

export interface DrillWish extends ListWish {
  readonly metric: string;
  readonly part: string;
}

export const drillQuestion = (workspace: string, { metric, ...wish }: DrillWish) =>
  infiniteQueryOptions({
    queryKey: ['workspace', workspace, 'drill', metric, wish],
    queryFn: ({ pageParam, signal }) =>
      call<DrillPage>(
        under(
          workspace,
          `metrics/${encodeURIComponent(metric)}/drill${searchText({ ...wish, limit: PAGE_ROWS, after: pageParam })}`,
        ),
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });

export const conversationQuestion = (workspace: string, id: string) =>
  queryOptions({
    queryKey: ['workspace', workspace, 'conversation', id],
    queryFn: ({ signal }) =>
      call<ConversationDetail>(under(workspace, `conversations/${encodeURIComponent(id)}`), { signal }),
  });

export interface DemoProgress {
  readonly state: 'none' | 'running' | 'ready' | 'failed';
  readonly progress: number;
  readonly workspace_id: string | null;
}

export const demoQuestion = (isWatching: boolean) =>
  queryOptions({
    queryKey: ['demo'],
    queryFn: ({ signal }) => call<DemoProgress>('/api/demo', { signal }),
    retry: false,
    enabled: isWatching,
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? 1_000 : false),
  });

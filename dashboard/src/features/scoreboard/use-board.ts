import type { QueryAnswer, Result, ResultRow } from '@botworth/contract/result';
import { type UseQueryResult, useQueries } from '@tanstack/react-query';
import { figuresQuestion } from '../../api/questions.ts';
import { useWorkspace } from '../../app/workspace-context.ts';
import type { LocalDate } from '../../time/local-date.ts';
import { boardMetrics } from './board-metrics.ts';
import { boardQuestions } from './board-questions.ts';

export interface BoardFigure {
  readonly result: Result | undefined;
  readonly trend: readonly ResultRow[];
  readonly error: Error | null;
  /** When the last good answer came, if a later one failed. */
  readonly staleSinceMs: number | null;
  readonly retry: () => void;
}

export interface Board {
  readonly metrics: readonly string[];
  readonly figures: ReadonlyMap<string, BoardFigure>;
  readonly results: ReadonlyMap<string, Result>;
}

type Asked = UseQueryResult<QueryAnswer>;

const figureOf = (metric: string, board: Asked | undefined, trend: Asked | undefined): BoardFigure => {
  const result = board?.data?.results[metric]?.result;
  return {
    result: board?.isPlaceholderData ? undefined : result,
    trend: trend?.isPlaceholderData ? [] : (trend?.data?.results[metric]?.rows ?? []),
    error: board?.error ?? null,
    staleSinceMs: board?.isError && result ? board.dataUpdatedAt : null,
    retry: () => {
      void board?.refetch();
      void trend?.refetch();
    },
  };
};

export interface BoardAsked {
  readonly week: LocalDate | undefined;
  readonly compare: 'previous' | 'year';
  readonly channel: string | undefined;
}

/** All figures of the board: one question for the week, one for the weeks before it. */
export const useBoard = ({ week, compare, channel }: BoardAsked): Board => {
  const { id, declarations } = useWorkspace();
  const metrics = boardMetrics.filter(
    (metric) => declarations.get(metric)?.status !== 'declared' && declarations.has(metric),
  );
  const questions =
    week === undefined
      ? []
      : boardQuestions({
          week,
          compare,
          channel,
          metrics: metrics.map((metric) => ({ id: metric, cuts: declarations.get(metric)?.cuts ?? [] })),
        });
  const boards = useQueries({ queries: questions.map(({ board }) => figuresQuestion(id, board)) });
  const trends = useQueries({ queries: questions.map(({ trend }) => figuresQuestion(id, trend)) });
  const figures = new Map<string, BoardFigure>();
  questions.forEach(({ board }, at) => {
    for (const metric of board.metrics) figures.set(metric, figureOf(metric, boards[at], trends[at]));
  });
  const results = new Map(
    [...figures].flatMap(([metric, { result }]) => (result ? [[metric, result] as const] : [])),
  );
  return { metrics, figures, results };
};

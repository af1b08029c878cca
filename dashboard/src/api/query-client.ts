import { QueryClient } from '@tanstack/react-query';
import { ApiError } from './client.ts';

const ONE_MORE_TRY = 1;

/** A refusal stays one however often it is asked; only a lost connection or a busy engine is worth another try. */
const isWorthATry = (failures: number, error: Error): boolean =>
  failures < ONE_MORE_TRY &&
  error instanceof ApiError &&
  (error.status === 0 || error.status === 429 || error.status >= 500);

export const createQueryClient = (): QueryClient =>
  new QueryClient({ defaultOptions: { queries: { retry: isWorthATry, refetchOnWindowFocus: false } } });

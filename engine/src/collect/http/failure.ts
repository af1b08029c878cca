import { type ErrorBody, type ErrorCode, errorRegistry } from '@botworth/contract/errors';
import { AppError } from '../../base/app-error.ts';

export interface Failure {
  readonly status: number;
  readonly body: ErrorBody;
  /** Seconds, where the sender should come again. */
  readonly retryAfter: number | undefined;
}

const isRetried = (code: ErrorCode): boolean => {
  const definition = errorRegistry[code];
  return 'retried' in definition && definition.retried;
};

/** The answer to a request that was not taken as a whole. What is no known error of ours is nobody else's business. */
export const failureOf = (error: unknown, retryAfterSeconds: number): Failure => {
  const known =
    error instanceof AppError
      ? error
      : new AppError(
          'storage_unavailable',
          'The store did not take the events; nothing of this request was kept.',
        );
  const { status, whatToDo } = errorRegistry[known.code];
  const message = known.message.endsWith(whatToDo) ? known.message : `${known.message} ${whatToDo}`;
  return {
    status,
    body: {
      error: { code: known.code, message, details: { ...known.details }, docs: `/docs#${known.code}` },
    },
    retryAfter: isRetried(known.code) ? retryAfterSeconds : undefined,
  };
};

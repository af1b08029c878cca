import { type ErrorBody, type ErrorCode, errorRegistry } from '@botworth/contract/errors';
import { AppError } from '../../base/app-error.ts';

/** Seconds after which a sender may try again, where trying again can help. */
export const RETRY_AFTER_S = 2;

export interface ErrorAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: ErrorBody;
}

const errorBodyOf = (
  code: ErrorCode,
  message: string,
  details: Readonly<Record<string, unknown>>,
): ErrorBody => ({
  error: { code, message, details: { ...details }, docs: `/docs#${code}` },
});

/** What is not an AppError is a fault of ours: its text stays in the log, where the request id finds it. */
export const errorAnswer = (error: unknown, id: string): ErrorAnswer => {
  const known =
    error instanceof AppError
      ? error
      : new AppError(
          'internal',
          `Something failed that should not have. The log tells more under request id ${id}.`,
          { request_id: id },
        );
  const { status } = errorRegistry[known.code];
  return {
    status,
    headers: {
      ...(status === 401 ? { 'www-authenticate': 'Bearer realm="botworth"' } : {}),
      ...(status === 429 || status === 503 ? { 'retry-after': String(RETRY_AFTER_S) } : {}),
    },
    body: errorBodyOf(known.code, known.message, known.details),
  };
};

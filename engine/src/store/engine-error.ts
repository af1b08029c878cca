import { AppError } from '../base/app-error.ts';

/** In process the code stands in the message; over HTTP it is a field of the error. */
const codeOf = (cause: unknown, message: string): number =>
  Number(/Code: (\d+)/.exec(message)?.[1] ?? (cause instanceof Error && 'code' in cause ? cause.code : 0));

// Numbers of the engine's own list (ErrorCodes.cpp), names in its order.
/** TOO_MANY_ROWS, TIMEOUT_EXCEEDED, TOO_SLOW, MEMORY_LIMIT_EXCEEDED, TOO_MANY_BYTES, TOO_MANY_ROWS_OR_BYTES */
const overLimit = new Set([158, 159, 160, 241, 307, 396]);
/** NOT_ENOUGH_SPACE */
const diskFull = new Set([243]);
/** TOO_MANY_SIMULTANEOUS_QUERIES, TOO_MANY_PARTS: merges or other questions have to catch up. */
const busy = new Set([202, 252]);
/** SOCKET_TIMEOUT, NETWORK_ERROR, TABLE_IS_READ_ONLY, ALL_CONNECTION_TRIES_FAILED, KEEPER_EXCEPTION */
const unreachable = new Set([209, 210, 242, 279, 999]);

/** Whoever noticed it, the engine or a file of ours: the sender reads the same. */
export const storageFull = (details: Readonly<Record<string, unknown>>, cause: unknown): AppError =>
  new AppError(
    'storage_full',
    'The disk is full: nothing of this request was kept. Free space on the disk of the data folder; clients send again by themselves.',
    details,
    cause,
  );

/**
 * The engine's own words become one of ours where a person can do something about it. The work matters: a
 * question over its limit is too heavy, while rows that met a limit are fine and can be sent again.
 */
export const engineError = (
  cause: unknown,
  tag: string,
  work: 'question' | 'insert' = 'question',
): unknown => {
  if (cause instanceof AppError) return cause;
  const message = cause instanceof Error ? cause.message : String(cause);
  const code = codeOf(cause, message);
  const details = { engine_code: code, tag };
  if (diskFull.has(code) || /No space left on device|ENOSPC|Disk quota exceeded/i.test(message)) {
    return storageFull(details, cause);
  }
  if (overLimit.has(code) && work === 'question') {
    return new AppError(
      'query_too_heavy',
      'The question took more time or memory than one question may. Ask for a shorter span or fewer cuts.',
      details,
      cause,
    );
  }
  if (/HTML Form Exception: Field value too long|URI too long/i.test(message)) {
    return new AppError(
      'query_invalid',
      'The question holds a value or a list that is longer than the ClickHouse server takes (http_max_field_value_size). Ask with fewer values.',
      details,
      cause,
    );
  }
  if (busy.has(code) || overLimit.has(code)) {
    return new AppError(
      'overloaded',
      'The event store has more to do than it can: nothing of this request was kept. Send it again in a moment.',
      details,
      cause,
    );
  }
  if (unreachable.has(code) || /ECONN|EPIPE|ENOTFOUND|EAI_AGAIN|socket hang up|Timeout error/.test(message)) {
    return new AppError(
      'storage_unavailable',
      'The event store does not answer: nothing of this request was kept. Send it again in a moment.',
      details,
      cause,
    );
  }
  return cause;
};

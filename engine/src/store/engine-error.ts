import { AppError } from '../base/app-error.ts';

/** In process the code stands in the message; over HTTP it is a field of the error. */
const codeOf = (cause: unknown, message: string): number =>
  Number(/Code: (\d+)/.exec(message)?.[1] ?? (cause instanceof Error && 'code' in cause ? cause.code : 0));

const timeOrMemory = new Set([159, 160, 241, 396, 307, 158]);
const diskFull = new Set([243, 252]);

/** The engine's own words become one of ours where a person can do something about it. */
export const engineError = (cause: unknown, tag: string): unknown => {
  const message = cause instanceof Error ? cause.message : String(cause);
  const code = codeOf(cause, message);
  if (timeOrMemory.has(code)) {
    return new AppError(
      'query_too_heavy',
      'The question took more time or memory than one question may. Ask for a shorter span or fewer cuts.',
      { engine_code: code, tag },
      cause,
    );
  }
  if (diskFull.has(code) || /No space left on device|ENOSPC/i.test(message)) {
    return new AppError(
      'storage_full',
      'The disk is full: nothing of this request was kept. Free space on the disk of the data folder; clients send again by themselves.',
      { engine_code: code, tag },
      cause,
    );
  }
  return cause;
};

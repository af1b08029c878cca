import { type ErrorCode, errorRegistry } from '@botworth/contract/errors';

/** A failure that the person who caused it can read: a code of the registry and one sentence. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    code: ErrorCode,
    message: string,
    details: Readonly<Record<string, unknown>> = {},
    cause?: unknown,
  ) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.details = details;
  }

  get status(): number {
    return errorRegistry[this.code].status;
  }
}

/** A declared function, so that the compiler knows that nothing runs after it. */
export function fail(
  code: ErrorCode,
  message: string,
  details: Readonly<Record<string, unknown>> = {},
): never {
  throw new AppError(code, message, details);
}

import { exitCodes } from '../base/exit-codes.ts';

/** A store cannot be opened: one sentence for stderr, and the code that the shell sees. */
export class StoreOpenError extends Error {
  override readonly name: string = 'StoreOpenError';
  readonly exitCode: number;

  constructor(message: string, exitCode: number, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.exitCode = exitCode;
  }
}

export class NewerSchemaError extends StoreOpenError {
  override readonly name = 'NewerSchemaError';

  constructor(store: string, found: number, known: number) {
    super(
      `The ${store} has schema version ${found}, and this Botworth knows versions up to ${known}: it was written by a newer release. Start that release, or restore a backup made with this one.`,
      exitCodes.newerSchema,
    );
  }
}

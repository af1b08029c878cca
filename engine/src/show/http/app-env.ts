import type { ErrorCode } from '@botworth/contract/errors';

/** What one request carries from middleware to the line that is logged about it. */
export interface AppEnv {
  Variables: {
    requestId: string;
    /** The pattern, never the address: a label with ids in it would have no end. */
    route: string | undefined;
    workspace: string | undefined;
    actor: string | undefined;
    fault: ErrorCode | undefined;
    metrics: readonly string[] | undefined;
  };
}

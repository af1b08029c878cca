import type { Row } from './row.ts';
import type { Size } from './size.ts';

/** The workspace of the prepared store. */
export interface Bench {
  readonly size: Size;
  /** A data folder of this run's own. */
  readonly dataDir: string;
  readonly workspaceId: string;
  readonly workspaceNumber: number;
  readonly writeKey: string;
  readonly events: number;
  /** False where only what the stage leaves behind is wanted, not its figures. */
  readonly isMeasured: boolean;
  readonly say: (line: string) => void;
}

export type Stage = (bench: Bench) => Promise<Row[]>;

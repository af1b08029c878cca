import type { EventRow } from '../../src/store/schema/event-row.ts';

/** What a reader of conversation.md and definitions.md says about one episode, event by event. */
export interface Judged {
  readonly startMs: number;
  readonly endMs: number;
  readonly key: string;
  readonly columns: Readonly<Record<string, string | number | readonly string[]>>;
  readonly facts: ReadonlySet<string>;
  /** All that is in it, in order. */
  readonly events: readonly EventRow[];
  /** The first moment of being stuck, if so many fallbacks are one. */
  readonly stuck: (fallbacks: number) => Stuck | null;
}

export interface Stuck {
  readonly because: string;
  readonly eventId: string;
}

/** A message as a Segment client sends it. */
export interface Message {
  readonly type: 'track' | 'identify' | 'page';
  readonly messageId: string;
  readonly timestamp: string;
  readonly event?: string;
  readonly userId?: string;
  readonly anonymousId?: string;
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly traits?: Readonly<Record<string, unknown>>;
  readonly context?: Readonly<Record<string, unknown>>;
}

/** A message with its instant, for sorting and cutting. */
export interface Dated {
  readonly atMs: number;
  readonly message: Message;
}

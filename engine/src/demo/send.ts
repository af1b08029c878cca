import type { CollectAnswer } from '@botworth/contract/api';
import type { Message } from './scenario/message.ts';

export interface SendWish {
  readonly url: string;
  readonly writeKey: string;
  readonly messages: Iterable<Message>;
  /** Requests under way at a time. */
  readonly connections?: number;
  readonly batchSize?: number;
  readonly onSent?: (sent: number) => void;
  readonly signal?: AbortSignal | undefined;
}

const DEFAULT_CONNECTIONS = 8;
const DEFAULT_BATCH = 500;
const ATTEMPTS = 12;
const MOST_WAIT_MS = 10_000;

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

const isRetried = (status: number) => status === 429 || status >= 500;

/** Seconds that the server asks for, else twice as long as the last time. */
const waitMs = (header: string | null, attempt: number): number => {
  const seconds = Number(header);
  const asked = header !== null && Number.isFinite(seconds) ? seconds * 1000 : 100 * 2 ** attempt;
  return Math.min(Math.max(asked, 50), MOST_WAIT_MS);
};

const post = async ({ url, writeKey, signal }: SendWish, batch: readonly Message[]): Promise<void> => {
  const body = JSON.stringify({ batch });
  let problem = '';
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    let retryAfter: string | null = null;
    signal?.throwIfAborted();
    try {
      const answer = await fetch(`${url}/v1/batch`, {
        method: 'POST',
        headers: { authorization: `Basic ${btoa(`${writeKey}:`)}`, 'content-type': 'application/json' },
        body,
      });
      const text = await answer.text();
      if (answer.ok) {
        const { rejected } = JSON.parse(text) as CollectAnswer;
        const [first] = rejected;
        if (first === undefined) return;
        throw new Error(
          `The collect door refused event ${first.index} of a batch: ${first.field}: ${first.reason}`,
        );
      }
      problem = `${answer.status}: ${text.slice(0, 300)}`;
      if (!isRetried(answer.status)) throw new Error(`The collect door refused a batch with ${problem}`);
      retryAfter = answer.headers.get('retry-after');
    } catch (error) {
      // fetch throws a TypeError where no answer came at all; sending again is safe, every event has its id.
      if (!(error instanceof TypeError)) throw error;
      problem = error.message;
    }
    await pause(waitMs(retryAfter, attempt));
  }
  throw new Error(`The collect door did not take a batch in ${ATTEMPTS} attempts; last: ${problem}`);
};

function* batchesOf(messages: Iterable<Message>, size: number): Generator<Message[], void> {
  let batch: Message[] = [];
  for (const message of messages) {
    batch.push(message);
    if (batch.length === size) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}

/** Through the front door, as any client would: batches over HTTP, several at a time, again where it is asked to. */
export const sendAll = async (wish: SendWish): Promise<number> => {
  const batches = batchesOf(wish.messages, wish.batchSize ?? DEFAULT_BATCH);
  let sent = 0;
  let isBroken = false;
  const sender = async () => {
    while (!isBroken) {
      const next = batches.next();
      if (next.done === true) return;
      try {
        await post(wish, next.value);
      } catch (error) {
        isBroken = true;
        throw error;
      }
      sent += next.value.length;
      wish.onSent?.(sent);
    }
  };
  // All of them end before the failure of one is told: nobody sends on behind the caller's back.
  const ends = await Promise.allSettled(
    Array.from({ length: wish.connections ?? DEFAULT_CONNECTIONS }, sender),
  );
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
  return sent;
};

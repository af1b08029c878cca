import { expect, test } from 'vitest';
import { botTurnAt, createBatches, eventsOfConversation } from './batches.ts';

interface Message {
  readonly event: string;
  readonly messageId: string;
  readonly timestamp: string;
  readonly userId?: string;
  readonly anonymousId: string;
  readonly properties: { readonly conversation_id: string };
}

const read = (body: Buffer) => JSON.parse(body.toString()) as { batch: Message[]; sentAt: string };
const now = '2026-11-25T04:05:06.007Z';

test('a patched body is the batch that it says it is', () => {
  const batches = createBatches('run', 100);
  batches.body(1, 0, '2026-01-01T00:00:00.000Z');
  const { batch, sentAt } = read(batches.body(1, 1_234_500, now));
  expect(sentAt).toBe(now);
  expect(batch).toHaveLength(100);
  expect(batch[7]).toMatchObject({ event: 'message_sent', timestamp: now, anonymousId: 'run-a-0001234507' });
  expect(batch[99]?.properties.conversation_id).toBe('run-0001234599');
  expect(batch.filter(({ userId }) => userId !== undefined)).toHaveLength(20);
});

test('no event of a load is sent twice', () => {
  const ids = ['x0', 'x1'].flatMap((run) => {
    const batches = createBatches(run, 10);
    return [0, 10].flatMap((first) =>
      Array.from(
        { length: eventsOfConversation },
        (_, position) => read(batches.body(position, first, now)).batch,
      ).flat(),
    );
  });
  expect(new Set(ids.map(({ messageId }) => messageId)).size).toBe(400);
});

test('the bot speaks where the count of visible turns says so', () => {
  const batches = createBatches('run', 1);
  for (let position = 0; position < eventsOfConversation; position += 1) {
    const [message] = read(batches.body(position, 0, now)).batch;
    expect(botTurnAt(position)).toBe(message?.event === 'message_replied');
  }
});

/** The load generator: a process of its own that sends batches over keep-alive connections and notes each answer. */
import { Agent, request } from 'node:http';
import { pause } from '../sample.ts';
import { botTurnAt, createBatches, eventsOfConversation } from './batches.ts';

export interface LoadWish {
  readonly url: string;
  readonly writeKey: string;
  /** Part of every id, so that two loads never send the same event. */
  readonly run: string;
  readonly seconds: number;
  readonly connections: number;
  readonly eventsABatch: number;
  /** Events a second; absent: as fast as answers come. */
  readonly rate?: number;
}

export interface Acknowledged {
  /** Unix milliseconds, of the monotonic clock. */
  readonly atMs: number;
  /** Bot turns acknowledged so far, this batch included. */
  readonly botTurns: number;
}

export interface LoadReport {
  readonly events: number;
  readonly seconds: number;
  /** From the moment a batch was due (at a given rate) or sent, to its answer. */
  readonly latenciesMs: number[];
  readonly refused: number;
  readonly acknowledged: Acknowledged[];
  /** Events acknowledged in each second of the run. */
  readonly perSecond: number[];
  readonly cpuSeconds: number;
}

const nowMs = (): number => performance.timeOrigin + performance.now();

const load = async (wish: LoadWish): Promise<LoadReport> => {
  const authorization = `Basic ${Buffer.from(`${wish.writeKey}:`).toString('base64')}`;
  const target = new URL('/v1/batch', wish.url);
  const intervalMs = wish.rate === undefined ? 0 : (wish.eventsABatch * 1000) / wish.rate;
  const startedAt = nowMs();
  const endsAt = startedAt + wish.seconds * 1000;
  const latenciesMs: number[] = [];
  const acknowledged: Acknowledged[] = [];
  const perSecond: number[] = [];
  let events = 0;
  let botTurns = 0;
  let refused = 0;
  let dealt = 0;

  const post = (agent: Agent, body: Buffer): Promise<number> =>
    new Promise((resolve, reject) => {
      const sending = request(
        target,
        {
          agent,
          method: 'POST',
          headers: { authorization, 'content-type': 'application/json', 'content-length': body.length },
        },
        (answer) => {
          answer.resume();
          answer.once('end', () => resolve(answer.statusCode ?? 0));
        },
      );
      sending.once('error', reject);
      sending.end(body);
    });

  const connection = async (number: number): Promise<void> => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const batches = createBatches(`${wish.run}${number}`, wish.eventsABatch);
    for (let batch = 0; ; batch += 1) {
      const dueAt = wish.rate === undefined ? nowMs() : startedAt + dealt++ * intervalMs;
      if (dueAt >= endsAt) break;
      const early = dueAt - nowMs();
      if (early > 0) await pause(early);
      const position = batch % eventsOfConversation;
      const first = Math.floor(batch / eventsOfConversation) * wish.eventsABatch;
      const body = batches.body(position, first, new Date(nowMs()).toISOString());
      let status = await post(agent, body);
      while (status === 429 || status === 503) {
        refused += 1;
        await pause(200);
        status = await post(agent, body);
      }
      if (status !== 200) throw new Error(`/v1/batch answered ${status}.`);
      const atMs = nowMs();
      latenciesMs.push(atMs - dueAt);
      events += wish.eventsABatch;
      if (botTurnAt(position)) botTurns += wish.eventsABatch;
      acknowledged.push({ atMs, botTurns });
      const second = Math.floor((atMs - startedAt) / 1000);
      perSecond[second] = (perSecond[second] ?? 0) + wish.eventsABatch;
    }
    agent.destroy();
  };

  await Promise.all(Array.from({ length: wish.connections }, (_, number) => connection(number)));
  const { user, system } = process.cpuUsage();
  return {
    events,
    seconds: (nowMs() - startedAt) / 1000,
    latenciesMs,
    refused,
    acknowledged,
    perSecond: Array.from(perSecond, (count) => count ?? 0),
    cpuSeconds: (user + system) / 1e6,
  };
};

process.once('message', (wish: LoadWish) => {
  load(wish).then(
    (report) => process.send?.(report, () => process.exit(0)),
    (cause: unknown) => {
      process.stderr.write(`${cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)}\n`);
      process.exit(1);
    },
  );
});

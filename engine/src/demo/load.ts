import type { PolicyVersion } from '@botworth/contract/api';
import type { DemoReport } from '@botworth/contract/demo';
import { type ApiDoor, awaitFolded, callApi } from './api-door.ts';
import { readBack } from './read-back.ts';
import type { Message } from './scenario/message.ts';
import type { ScenarioWish } from './scenario/plan.ts';
import { createScenario } from './scenario/scenario.ts';
import { sendAll } from './send.ts';
import { shopPolicy } from './shop-policy.ts';
import { truthsOf } from './truths.ts';

export interface LoadWish {
  readonly door: ApiDoor;
  readonly workspace: string;
  readonly writeKey: string;
  readonly scenario: ScenarioWish;
  /** Share of the whole work that is done. */
  readonly onProgress?: (share: number) => void;
  readonly signal?: AbortSignal;
  /** What happens to the messages on their way: tests send them in disorder and twice. */
  readonly disturb?: (messages: Iterable<Message>) => Iterable<Message>;
}

/** About so many messages per conversation, seen and unseen widgets included; only the progress bar needs it. */
const MESSAGES_PER_CONVERSATION = 16;
const SENT_SHARE = 0.75;
const FOLDED_SHARE = 0.95;
const FOLD_DEADLINE_SECONDS = 300;

const seconds = (fromMs: number, toMs: number): number => Math.round(toMs - fromMs) / 1000;

/** The simulated shop into a workspace through the front door, and back out of it as figures. */
export const loadDemo = async (wish: LoadWish): Promise<DemoReport> => {
  const { door, workspace, onProgress } = wish;
  const scenario = createScenario(wish.scenario);
  const policy = await callApi<PolicyVersion>(door, 'GET', `/api/workspaces/${workspace}/policy`);
  if (policy.version === 1) {
    await callApi(
      door,
      'PUT',
      `/api/workspaces/${workspace}/policy`,
      shopPolicy(policy.document, scenario.plan),
    );
  }
  const expected = wish.scenario.conversations * MESSAGES_PER_CONVERSATION;
  const startedMs = performance.now();
  const messages = scenario.messages();
  await sendAll({
    url: door.url,
    writeKey: wish.writeKey,
    messages: wish.disturb === undefined ? messages : wish.disturb(messages),
    signal: wish.signal,
    onSent: (sent) => onProgress?.(Math.min(sent / expected, 1) * SENT_SHARE),
  });
  const sentMs = performance.now();
  onProgress?.(SENT_SHARE);
  await awaitFolded(door, workspace, {
    deadlineSeconds: FOLD_DEADLINE_SECONDS,
    signal: wish.signal,
    onProgress: (share) => onProgress?.(SENT_SHARE + share * (FOLDED_SHARE - SENT_SHARE)),
  });
  const foldedMs = performance.now();
  const truths = await readBack(door, workspace, truthsOf(scenario.plan, scenario.ledger));
  onProgress?.(1);
  return {
    seed: wish.scenario.seed,
    from: scenario.plan.startDate,
    to: scenario.plan.endDate,
    events: scenario.ledger.messages,
    conversations: scenario.ledger.entries.length,
    load_seconds: seconds(startedMs, sentMs),
    fold_seconds: seconds(sentMs, foldedMs),
    truths,
  };
};

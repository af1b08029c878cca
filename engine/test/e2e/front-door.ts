import type { ConversationDetail, DrillPage, Freshness } from '@botworth/contract/api';
import type { MetricAnswer } from '@botworth/contract/result';

/** The product as its users reach it: HTTP only. Tests that use this know nothing of the engine's inside. */
export interface FrontDoor {
  readonly url: string;
  readonly token: string;
}

export interface WorkspaceDoor {
  readonly id: string;
  readonly writeKey: string;
  ask(
    metric: string,
    parameters: Readonly<Record<string, string | readonly string[]>>,
  ): Promise<MetricAnswer>;
  drill(metric: string, parameters: Readonly<Record<string, string | readonly string[]>>): Promise<DrillPage>;
  conversation(id: string): Promise<ConversationDetail>;
  putPolicy(change: (document: Record<string, unknown>) => void): Promise<void>;
  send(messages: readonly object[]): Promise<void>;
  settle(): Promise<Freshness>;
  get<Answer>(path: string): Promise<Answer>;
}

export const call = async <Answer>(
  door: FrontDoor,
  method: string,
  path: string,
  body?: unknown,
): Promise<Answer> => {
  const answer = await fetch(`${door.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${door.token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${text}`);
  return JSON.parse(text) as Answer;
};

const addressOf = (parameters: Readonly<Record<string, string | readonly string[]>>): string => {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    for (const one of typeof value === 'string' ? [value] : value) search.append(name, one);
  }
  return search.toString();
};

/** Equal counts mean that every acknowledged event is in the figures. */
export const settle = async (door: FrontDoor, id: string, deadlineMs = 30_000): Promise<Freshness> => {
  const until = performance.now() + deadlineMs;
  for (;;) {
    const freshness = await call<Freshness>(door, 'GET', `/api/workspaces/${id}/freshness`);
    if (freshness.acknowledged === freshness.folded) return freshness;
    if (performance.now() > until) throw new Error(`Not settled: ${JSON.stringify(freshness)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};

export const makeWorkspace = async (
  door: FrontDoor,
  input: { name: string; timezone?: string; currency?: string },
): Promise<WorkspaceDoor> => {
  const made = await call<{ id: string; write_key: string }>(door, 'POST', '/api/workspaces', input);
  const base = `/api/workspaces/${made.id}`;
  return {
    id: made.id,
    writeKey: made.write_key,
    ask: (metric, parameters) => call(door, 'GET', `${base}/metrics/${metric}?${addressOf(parameters)}`),
    drill: (metric, parameters) =>
      call(door, 'GET', `${base}/metrics/${metric}/drill?${addressOf(parameters)}`),
    conversation: (id) => call(door, 'GET', `${base}/conversations/${encodeURIComponent(id)}`),
    putPolicy: async (change) => {
      const newest = await call<{ document: Record<string, unknown> }>(door, 'GET', `${base}/policy`);
      change(newest.document);
      await call(door, 'PUT', `${base}/policy`, newest.document);
    },
    send: async (messages) => {
      for (let start = 0; start < messages.length; start += 500) {
        const answer = await fetch(`${door.url}/v1/batch`, {
          method: 'POST',
          headers: {
            authorization: `Basic ${btoa(`${made.write_key}:`)}`,
            'content-type': 'application/json',
          },
          body: JSON.stringify({ batch: messages.slice(start, start + 500) }),
        });
        const text = await answer.text();
        if (answer.status !== 200) throw new Error(`/v1/batch answered ${answer.status}: ${text}`);
      }
    },
    settle: () => settle(door, made.id),
    get: (path) => call(door, 'GET', `${base}${path}`),
  };
};

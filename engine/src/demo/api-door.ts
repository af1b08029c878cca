import type { Freshness } from '@botworth/contract/api';

/** The product as its users reach it. */
export interface ApiDoor {
  readonly url: string;
  readonly token: string;
}

export const callApi = async <Answer>(
  door: ApiDoor,
  method: 'GET' | 'POST' | 'PUT',
  path: string,
  body?: unknown,
): Promise<Answer> => {
  const answer = await fetch(`${door.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${door.token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${text.slice(0, 500)}`);
  return JSON.parse(text) as Answer;
};

const POLL_MS = 100;

export interface FoldWish {
  readonly deadlineSeconds: number;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: (share: number) => void;
}

/** Until every acknowledged event is in the figures. */
export const awaitFolded = async (
  door: ApiDoor,
  workspace: string,
  { deadlineSeconds, signal, onProgress }: FoldWish,
): Promise<Freshness> => {
  const until = performance.now() + deadlineSeconds * 1000;
  for (;;) {
    const freshness = await callApi<Freshness>(door, 'GET', `/api/workspaces/${workspace}/freshness`);
    if (freshness.acknowledged === freshness.folded) return freshness;
    onProgress?.(freshness.folded / freshness.acknowledged);
    signal?.throwIfAborted();
    if (performance.now() > until) {
      throw new Error(
        `After ${deadlineSeconds} s only ${freshness.folded} of ${freshness.acknowledged} events are in the figures.`,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
};

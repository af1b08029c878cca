import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { call, type FrontDoor, settle } from './front-door.ts';
import { type RunningServer, startServer } from './start-server.ts';

/** The bench asks for twenty; three are enough to notice a broken promise in every run of the tests. */
const kills = Number(process.env.BOTWORTH_TEST_KILLS ?? '3');
const turnsPerBatch = 20;
const senders = 4;

/** One batch is one conversation of twenty visitor messages: half of it, or twice of it, would show at once. */
const batchOf = (id: string, writeKey: string): string =>
  JSON.stringify({
    writeKey,
    batch: Array.from({ length: turnsPerBatch }, (_, turn) => ({
      type: 'track',
      messageId: `${id}-${turn}`,
      event: 'message_sent',
      userId: `person-${id}`,
      timestamp: new Date(Date.UTC(2026, 3, 10, 10, 0, turn)).toISOString(),
      properties: { conversation_id: id, job: 'support', text: `line ${turn}` },
    })),
  });

const post = async (url: string, body: string): Promise<boolean> => {
  try {
    const answer = await fetch(`${url}/v1/batch`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    await answer.arrayBuffer();
    return answer.status === 200;
  } catch {
    return false;
  }
};

interface Listed {
  readonly total: number;
  readonly rows: { id: string; visitor_turns: number }[];
  readonly next: string | null;
}

const allConversations = async (door: FrontDoor, workspace: string): Promise<Map<string, number>> => {
  const found = new Map<string, number>();
  let after: string | null = '';
  while (after !== null) {
    const page: Listed = await call(
      door,
      'GET',
      `/api/workspaces/${workspace}/conversations?from=2026-04-01&to=2026-05-01&limit=200${after === '' ? '' : `&after=${encodeURIComponent(after)}`}`,
    );
    for (const row of page.rows) {
      expect(found.has(row.id), `${row.id} stands in the list twice`).toBe(false);
      found.set(row.id, row.visitor_turns);
    }
    after = page.next;
  }
  return found;
};

test(
  `killed ${kills} times during ingest, nothing acknowledged is lost and nothing is counted twice`,
  async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'botworth-kill-'));
    let server: RunningServer = await startServer({ dataDir });
    try {
      const door = () => ({ url: server.url, token: server.adminToken });
      const made = await call<{ id: string; write_key: string }>(door(), 'POST', '/api/workspaces', {
        name: 'Killed',
      });
      const acknowledged = new Set<string>();
      const unanswered: string[] = [];
      let number = 0;

      for (let round = 0; round < kills; round += 1) {
        let alive = true;
        const url = server.url;
        const sending = Array.from({ length: senders }, async () => {
          while (alive) {
            number += 1;
            const id = `k${number}`;
            if (await post(url, batchOf(id, made.write_key))) acknowledged.add(id);
            else unanswered.push(id);
          }
        });
        // Far enough apart to hit different moments of a commit and of a fold.
        await new Promise((resolve) => setTimeout(resolve, 400 + ((round * 7919) % 500)));
        await server.kill();
        alive = false;
        await Promise.all(sending);
        server = await startServer({ dataDir });
        // What a client does: it sends again what was never answered. Every second one, so that both cases are seen.
        for (const [index, id] of unanswered.splice(0).entries()) {
          if (index % 2 === 0 && (await post(server.url, batchOf(id, made.write_key)))) acknowledged.add(id);
        }
      }
      const freshness = await settle(door(), made.id, 60_000);
      const found = await allConversations(door(), made.id);
      const lost = [...acknowledged].filter((id) => !found.has(id));
      const wrong = [...found].filter(([, turns]) => turns !== turnsPerBatch);
      expect({ lost, wrong }).toEqual({ lost: [], wrong: [] });
      expect(acknowledged.size).toBeGreaterThan(kills);
      expect(freshness.acknowledged).toBeGreaterThanOrEqual(acknowledged.size * turnsPerBatch);
    } finally {
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    }
  },
  60_000 + kills * 20_000,
);

import { defaultPolicy } from '@botworth/contract/policy';
import { vocabulary } from '@botworth/contract/vocabulary';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fixedClock } from '../../src/base/clock.ts';
import { silentLog } from '../../src/base/log.ts';
import { createExplain, type Explain } from '../../src/explain/explain.ts';
import { createFolder } from '../../src/fold/folder.ts';
import { foldSettings } from '../../src/fold/settings.ts';
import { createMeasure } from '../../src/measure/measure.ts';
import type { EventStore } from '../../src/store/port.ts';
import { openTestEventStore } from '../../src/store/test-store.ts';
import { foldOracle } from '../oracle/fold-oracle.ts';
import { policyVersion, testWorkspace } from '../rows/conversation-row.ts';
import { buildEvent } from './build-event.ts';
import { randomWorld } from './random-stream.ts';

const clock = fixedClock(Date.UTC(2026, 10, 1));
const settings = foldSettings(defaultPolicy(), 'UTC');
const limit = defaultPolicy().trapped.fallbacks;
let store: EventStore;
let explain: Explain;
beforeAll(async () => {
  store = await openTestEventStore();
  explain = createExplain({ store, clock, measure: createMeasure({ store, clock }) });
});
afterAll(() => store?.close());

const besides: ReadonlySet<string> = new Set(
  Object.entries(vocabulary).flatMap(([name, { role }]) =>
    ['exposure', 'cost', 'identity'].includes(role) ? [name] : [],
  ),
);

let workspaces = 0;
/** A world in which nothing of this happens would prove nothing. */
const seen = { trapped: 0, attached: 0, besides: 0 };
const worlds = fc
  .tuple(...Array.from({ length: 50 }, (_, index) => randomWorld(`w${index}`)))
  .map((all) => all.flat());

test('a page shows the events that its row was folded from, and the moment of being stuck where the row says so', {
  timeout: 240_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(worlds, async (sent) => {
      workspaces += 1;
      const workspace = workspaces;
      const events = sent.map(({ told }, index) => buildEvent(workspace, told, index + 1));
      await store.insert('events', events.map((event) => `${JSON.stringify(event)}\n`).join(''), {
        tag: 'test',
      });
      await createFolder({ store, settingsOf: () => settings, clock, log: silentLog }).tick();
      const rows = foldOracle(events, settings);
      // A page takes a tenth of a second: all on which something happens, and some on which nothing does.
      const opened = rows.filter(
        ({ page, facts }, index) =>
          page.stuck(limit) !== null || facts.includes('adopted') || index % 6 === 0,
      );
      for (const { conversation_id: id, page, facts, columns } of opened) {
        const shown = await explain.conversation(testWorkspace(workspace), policyVersion(), id);
        const verdict = shown.verdicts.find(({ name }) => name === 'trapped');
        const stuck = page.stuck(limit);
        expect([id, verdict?.facts.stuck_because, verdict?.facts.event_id]).toEqual([
          id,
          stuck?.because ?? null,
          stuck?.eventId ?? null,
        ]);
        expect(stuck !== null).toBe(
          facts.includes('human_requested') ||
            Number(columns.n_repeat) > 0 ||
            Number(columns.n_fallback) >= limit,
        );
        if (shown.conversation.trapped) expect(verdict?.because).toBe(stuck?.because);
        if (facts.includes(`trapped_${limit}`)) expect(stuck).not.toBeNull();
        expect([
          id,
          shown.events
            .filter(({ name }) => !besides.has(name))
            .map(({ event_id, joined }) => ({ id: event_id, joined })),
        ]).toEqual([id, page.events]);
        seen.trapped += shown.conversation.trapped ? 1 : 0;
        seen.attached += page.events.filter(({ joined }) => joined === 'person').length;
        seen.besides += shown.events.filter(({ name }) => besides.has(name)).length;
      }
    }),
    { numRuns: Number(process.env.BOTWORTH_TEST_RUNS ?? '2'), endOnFailure: true, seed: 4680 },
  );
  for (const [what, times] of Object.entries(seen)) expect([what, times > 0]).toEqual([what, true]);
});

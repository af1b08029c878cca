import { defaultPolicy } from '@botworth/contract/policy';
import { systemClock } from '../../engine/src/base/clock.ts';
import { silentLog } from '../../engine/src/base/log.ts';
import { createFolder } from '../../engine/src/fold/folder.ts';
import { foldSettings } from '../../engine/src/fold/settings.ts';
import { raw } from '../../engine/src/sql/fragment.ts';
import { openDataFolder } from '../../engine/src/store/data-folder.ts';
import { openEventStore } from '../../engine/src/store/open-stores.ts';
import { bareFoldStatement, bareFoldTable } from '../bare/fold.ts';
import { waitUntilQuiet } from '../quiet-store.ts';
import { row } from '../row.ts';
import { median, timed } from '../sample.ts';
import { zone } from '../size.ts';
import type { Stage } from '../stage.ts';

const bareTable = 'bench_folded';
const rowCounts = `SELECT count() AS conversations, sum(n_user) AS visitor, sum(n_bot) AS bot, sum(n_human) AS human, sum(n_fallback) AS fallbacks,
 countIf(csat_scale > 0) AS ratings FROM conversations FINAL`;
const byHandCounts = `SELECT count() AS conversations, sum(visitor_turns) AS visitor, sum(bot_turns) AS bot, sum(human_turns) AS human,
 sum(fallbacks) AS fallbacks, countIf(csat_scale > 0) AS ratings FROM ${bareTable}`;

/** All events into all conversations, in turn with the statement by hand; leaves the product's rows for the stages after it. */
export const rebuildStage: Stage = async (bench) => {
  const folder = openDataFolder(bench.dataDir);
  const store = await openEventStore(folder, {}, silentLog);
  const options = { tag: 'bench', lane: 'fold', maxSeconds: 900 } as const;
  const settings = foldSettings(defaultPolicy(), zone);
  const folding = createFolder({ store, settingsOf: () => settings, clock: systemClock, log: silentLog });
  const byHand = async (episodes: boolean): Promise<number> => {
    await store.run(raw(`DROP TABLE IF EXISTS ${bareTable}`), options);
    await store.run(raw(bareFoldTable(bareTable)), options);
    const statement = bareFoldStatement(
      { events: 'events', into: bareTable, workspace: bench.workspaceNumber },
      episodes,
    );
    return timed(() => store.run(raw(statement), options));
  };
  const coreCounts = async (statement: string): Promise<Readonly<Record<string, string>>> =>
    (await store.rows<Record<string, string>>(raw(statement), options))[0] ?? {};
  try {
    if (!bench.isMeasured) {
      await folding.rebuild(bench.workspaceNumber);
      return [];
    }
    await waitUntilQuiet(store);
    const ours: number[] = [];
    const bare: number[] = [];
    const simple: number[] = [];
    for (let round = 0; round < bench.size.rebuilds; round += 1) {
      ours.push((await timed(() => folding.rebuild(bench.workspaceNumber))) / 1000);
      bare.push((await byHand(true)) / 1000);
      bench.say(`  rebuild: ${ours.at(-1)?.toFixed(1)} s, by hand ${bare.at(-1)?.toFixed(1)} s`);
    }
    const ofHand = await coreCounts(byHandCounts);
    const ofRows = await coreCounts(rowCounts);
    const differing = Object.keys(ofRows).filter((name) => ofRows[name] !== ofHand[name]);
    if (differing.length > 0)
      bench.say(`  rebuild: ${JSON.stringify(ofRows)} against ${JSON.stringify(ofHand)}`);
    simple.push((await byHand(false)) / 1000);
    await store.run(raw(`DROP TABLE IF EXISTS ${bareTable}`), options);
    const conversations = Number(ofRows.conversations);
    const what = `full rebuild, ${bench.events.toLocaleString('en')} events into ${conversations.toLocaleString('en')} conversations`;
    return [
      row({
        id: 'rebuild',
        what,
        value: median(ours),
        unit: 's',
        against: { what: 'one statement by hand', value: median(bare) },
        atMost: 15,
        ratioAtMost: 1.5,
      }),
      row({
        id: 'rebuild.simple',
        what: 'the same against one GROUP BY that cuts no thread',
        value: median(ours),
        unit: 's',
        against: { what: 'one GROUP BY', value: median(simple) },
      }),
      row({
        id: 'rebuild.differ',
        what: 'core counts that differ from those by hand (conversations, turns by whom, fallbacks, ratings)',
        value: differing.length,
        unit: 'counts',
        atMost: 0,
      }),
    ];
  } finally {
    await folding.stop();
    await store.close();
    folder.release();
  }
};

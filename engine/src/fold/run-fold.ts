import { codesWithRole } from '@botworth/contract/vocabulary';
import { raw, sql } from '../sql/fragment.ts';
import { type FoldRun, step, together } from './fold-run.ts';
import { foldAgain, foldAllThreads, gatherEvents, makeRows } from './fold-threads.ts';
import { storeLinks } from './identity/links.ts';
import { rebuildIdentities, updateIdentities } from './identity/update-identities.ts';
import { foldPersonDays, keepExposures } from './people/exposures.ts';
import {
  adoptStrays,
  countKept,
  findStanding,
  gatherKeys,
  gatherPeople,
  gatherPersons,
} from './people/gather-people.ts';
import { publish } from './people/publish.ts';
import { findReturns } from './people/returns.ts';
import { keepStrays } from './people/strays.ts';

const joining = codesWithRole('turn', 'opening', 'inside', 'session_end', 'feedback', 'business').join(', ');

/** What came since the last fold: rows of its threads, and whom they touch. */
const foldBatch = async (run: FoldRun, healing: boolean): Promise<void> => {
  await step(
    run,
    'threads',
    sql`INSERT INTO fold_threads SELECT DISTINCT thread FROM fold_batch WHERE code IN (${raw(joining)})`,
  );
  const events = gatherEvents(run);
  const changedKeys = storeLinks(run, healing).then((keys) => updateIdentities(run, keys));
  const persons = together(changedKeys, events).then(async ([keys]) => {
    await gatherPersons(run, keys);
    await together(findStanding(run), gatherKeys(run));
  });
  await together(
    events.then(() => makeRows(run)),
    persons,
    keepExposures(run),
  );
  await together(keepStrays(run), gatherPeople(run));
};

/** Everything, as if nothing had been folded before. */
const foldWhole = async (run: FoldRun, storedEvents: number): Promise<void> => {
  const identities = storeLinks(run, false).then(() => rebuildIdentities(run));
  await together(identities, foldAllThreads(run, storedEvents));
  await keepExposures(run);
  await keepStrays(run);
  await gatherPeople(run);
  await gatherKeys(run);
};

/**
 * Events → conversations. What is new stands in `fold_batch`; a whole fold needs none. Each step may run again
 * after a crash: all of them are computed from what is stored.
 */
export const runFold = async (
  run: FoldRun,
  { storedEvents, healing }: { readonly storedEvents: number; readonly healing: boolean },
): Promise<void> => {
  if (run.whole) await foldWhole(run, storedEvents);
  else await foldBatch(run, healing);
  const kept = await countKept(run);
  if (kept.strays || kept.adopters) {
    const { threads } = await adoptStrays(run, kept);
    if (threads > 0) await foldAgain(run);
  }
  await findReturns(run);
  await publish(run);
  // Where none of these persons ever saw the widget or a page, they have no days, and never had any.
  if (run.whole || kept.exposures) await foldPersonDays(run);
};

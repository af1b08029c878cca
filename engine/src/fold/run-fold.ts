import { codesWithRole } from '@botworth/contract/vocabulary';
import { raw, sql } from '../sql/fragment.ts';
import { type FoldRun, step } from './fold-run.ts';
import { foldAgain, foldThreads } from './fold-threads.ts';
import { storeLinks } from './identity/links.ts';
import { rebuildIdentities, updateIdentities } from './identity/update-identities.ts';
import { foldPersonDays, keepExposures } from './people/exposures.ts';
import { adoptStrays, gatherPeople, gatherPersons } from './people/gather-people.ts';
import { publish } from './people/publish.ts';
import { findReturns } from './people/returns.ts';
import { keepStrays } from './people/strays.ts';

const joining = codesWithRole('turn', 'opening', 'inside', 'session_end', 'feedback', 'business').join(', ');

/**
 * Events → conversations. What is new stands in `fold_batch`; a whole fold needs none. Each step may run again
 * after a crash: all of them are computed from what is stored.
 */
export const runFold = async (
  run: FoldRun,
  { storedEvents, healing }: { readonly storedEvents: number; readonly healing: boolean },
): Promise<void> => {
  if (!run.whole)
    await step(
      run,
      'threads',
      sql`INSERT INTO fold_threads SELECT DISTINCT thread FROM fold_batch WHERE code IN (${raw(joining)})`,
    );
  const changedKeys = await storeLinks(run, healing);
  if (run.whole) await rebuildIdentities(run);
  const touchedKeys = run.whole ? [] : await updateIdentities(run, changedKeys);
  await keepExposures(run);
  await foldThreads(run, storedEvents);
  await keepStrays(run);
  await gatherPersons(run, touchedKeys);
  await gatherPeople(run);
  const { threads } = await adoptStrays(run);
  if (threads > 0) await foldAgain(run);
  await findReturns(run);
  await publish(run);
  await foldPersonDays(run);
};

import { raw } from '../engine/src/sql/fragment.ts';
import type { EventStore } from '../engine/src/store/port.ts';
import { pause } from './sample.ts';

const LONGEST_MS = 180_000;
const POLL_MS = 500;
/** A merge begins a moment after the store was opened: quiet is what stays so. */
const QUIET_POLLS = 4;

/**
 * Until the engine does nothing on its own: a store that was just copied or filled merges what is due for its time to
 * live, and that would be charged to whatever is measured first. Replaced parts, too, are deleted in somebody's time.
 */
export const waitUntilQuiet = async (store: EventStore): Promise<void> => {
  const until = performance.now() + LONGEST_MS;
  for (let quiet = 0; quiet < QUIET_POLLS && performance.now() < until; ) {
    const [row] = await store.rows<{ busy: string }>(
      raw(
        'SELECT (SELECT count() FROM system.merges) + (SELECT count() FROM system.parts WHERE NOT active AND database = currentDatabase()) AS busy',
      ),
      { tag: 'bench quiet' },
    );
    quiet = Number(row?.busy ?? 0) === 0 ? quiet + 1 : 0;
    await pause(POLL_MS);
  }
};

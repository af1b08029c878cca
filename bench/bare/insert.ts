import type { Session } from 'chdb';
import { loadChdb } from '../../engine/src/store/chdb/chdb-store.ts';

/**
 * The engine's own speed with nothing of ours around it: the bytes of rows that were just stored, in inserts as large
 * as the group commit made, one after the other as a single writer does, each durable like the product's.
 */
export interface BareInsert {
  readonly rowsPerSecond: number;
  readonly rowsAnInsert: number;
}

const MiB = 1024 ** 2;
/** Read back at once, in memory: no disk read beside the inserts. */
const sampleRows = 100_000;

const split = (bytes: Uint8Array, rowsAnInsert: number): Uint8Array[] => {
  const chunks: Uint8Array[] = [];
  let from = 0;
  let rows = 0;
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) {
    rows += 1;
    if (rows < rowsAnInsert) continue;
    chunks.push(bytes.subarray(from, at + 1));
    from = at + 1;
    rows = 0;
  }
  // A rest smaller than an insert is left out: it would be another size.
  return chunks.length > 0 ? chunks : [bytes];
};

const numberOf = async (session: Session, text: string): Promise<number> =>
  Number((await session.queryAsync(text, { format: 'TSV' })).text().trim());

/** All rows of one commit carry the same milliseconds in their sequence: those of the given time are the commits that count. */
export const measureBareInsert = async (
  eventsPath: string,
  between: readonly [fromMs: number, toMs: number],
  seconds: number,
): Promise<BareInsert> => {
  const [from, to] = between.map((ms) => BigInt(Math.round(ms)) << 20n);
  const committed = `seq >= ${from} AND seq < ${to}`;
  const session = new (loadChdb().Session)(eventsPath);
  try {
    await session.queryAsync(
      `SET output_format_json_quote_64bit_integers = 1, date_time_input_format = 'basic', max_memory_usage = ${4096 * MiB}`,
    );
    const rowsAnInsert = Math.round(
      await numberOf(
        session,
        `SELECT sum(c) / count() FROM (SELECT count() AS c FROM events WHERE ${committed} GROUP BY intDiv(seq, 1048576))`,
      ),
    );
    const sample = await session.queryAsync(`SELECT * FROM events WHERE ${committed} LIMIT ${sampleRows}`, {
      format: 'JSONEachRow',
    });
    const chunks = split(sample.bytes(), rowsAnInsert);
    const insert = (place: number) =>
      session.insert({ table: 'events', values: chunks[place % chunks.length] ?? '', format: 'JSONEachRow' });
    for (let place = 0; place < 5; place += 1) await insert(place);
    const startedAt = performance.now();
    let inserts = 0;
    while (performance.now() - startedAt < seconds * 1000) await insert(inserts++);
    const took = (performance.now() - startedAt) / 1000;
    return { rowsPerSecond: (inserts * rowsAnInsert) / took, rowsAnInsert };
  } finally {
    session.close();
  }
};

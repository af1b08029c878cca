import { loadChdb } from '../../engine/src/store/chdb/chdb-store.ts';

/**
 * The engine's own speed with nothing of ours around it: rows that were just stored, in inserts of a given size, one
 * after the other as a single writer does, each durable like the product's.
 */
export interface BareInsert {
  readonly rowsPerSecond: number;
  readonly rowsAnInsert: number;
}

const MiB = 1024 ** 2;
/** Read back at once, in memory: no disk read beside the inserts. */
const sampleRows = 100_000;

const isDefault = (value: unknown): boolean =>
  value === '' || value === 0 || value === '0' || (Array.isArray(value) && value.length === 0);

/** As a writer by hand would send them: what is at its default is left out. */
const sparse = (line: string): string =>
  JSON.stringify(
    Object.fromEntries(
      Object.entries(JSON.parse(line) as Record<string, unknown>).filter(([, value]) => !isDefault(value)),
    ),
  );

const split = (bytes: Uint8Array, rowsAnInsert: number): Buffer[] => {
  const lines = Buffer.from(bytes).toString().trimEnd().split('\n').map(sparse);
  const chunks: Buffer[] = [];
  // A rest smaller than an insert is left out: it would be another size.
  for (let from = 0; from + rowsAnInsert <= lines.length; from += rowsAnInsert)
    chunks.push(Buffer.from(`${lines.slice(from, from + rowsAnInsert).join('\n')}\n`));
  return chunks;
};

/** A row's sequence begins with the milliseconds of its commit. */
export const measureBareInsert = async (
  eventsPath: string,
  between: readonly [fromMs: number, toMs: number],
  rowsAnInsert: number,
  seconds: number,
): Promise<BareInsert> => {
  const [from, to] = between.map((ms) => BigInt(Math.round(ms)) << 20n);
  const session = new (loadChdb().Session)(eventsPath);
  try {
    await session.queryAsync(
      `SET output_format_json_quote_64bit_integers = 1, date_time_input_format = 'basic', input_format_parallel_parsing = 0, max_memory_usage = ${4096 * MiB}`,
    );
    const sample = await session.queryAsync(
      `SELECT * FROM events WHERE seq >= ${from} AND seq < ${to} LIMIT ${sampleRows}`,
      { format: 'JSONEachRow' },
    );
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

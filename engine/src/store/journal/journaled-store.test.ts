import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLog } from '../../base/log.ts';
import type { EventStore } from '../port.ts';
import { journaled } from './journaled-store.ts';
import { encodeRecord } from './record.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'botworth-journal-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const line = (seq: number, more: object = {}): string => `${JSON.stringify({ seq, ...more })}\n`;
const bytes = (...seqs: readonly number[]): Buffer => Buffer.from(seqs.map((seq) => line(seq)).join(''));
const segments = (): string[] => readdirSync(dir).filter((name) => name.endsWith('.log'));

/** A table in memory that outlives the "process", and fails or waits when told to. */
const createTable = () => {
  const table = {
    inserts: [] as number[][],
    failure: undefined as Error | undefined,
    gate: undefined as Promise<void> | undefined,
    isBad: (_line: string): boolean => false,
    seqs: (): number[] => table.inserts.flat(),
    store: (): EventStore => ({
      kind: 'chdb',
      rows: async <Row>() => [{ last: String(Math.max(0, ...table.seqs())) }] as Row[],
      run: async () => undefined,
      insert: async (_table, lines) => {
        const held = Buffer.from(lines as Uint8Array)
          .toString()
          .trimEnd()
          .split('\n');
        await table.gate;
        if (table.failure !== undefined) throw table.failure;
        if (held.some(table.isBad)) throw new Error('Code: 27. DB::Exception: Cannot parse input');
        table.inserts.push(held.map((text) => Number(JSON.parse(text).seq)));
      },
      append: () => Promise.reject(new Error('The journal stands before it.')),
      settle: async () => undefined,
      ping: async () => undefined,
      close: async () => undefined,
    }),
  };
  return table;
};

/** Time stands still and every wait ends at once, unless the test holds it. */
const open = (
  table: ReturnType<typeof createTable>,
  later: (run: () => void, ms: number) => void = queueMicrotask,
) => journaled(table.store(), { dir, log: silentLog, nowMs: () => 0, later });

describe('a store with a journal', () => {
  it('acknowledges before the table has the rows, and says when it has', async () => {
    const table = createTable();
    let openGate = () => {};
    table.gate = new Promise((resolve) => {
      openGate = resolve;
    });
    const store = await open(table);
    const { refused, landed } = await store.append(bytes(1, 2));
    expect([refused, table.seqs(), segments().length]).toEqual([[], [], 1]);
    openGate();
    expect(await landed).toEqual([]);
    await store.settle();
    expect([table.seqs(), segments()]).toEqual([[1, 2], []]);
    await store.close();
  });

  it('writes what came meanwhile together, in the order in which it came', async () => {
    const table = createTable();
    const waits: (() => void)[] = [];
    const store = await open(table, (run) => waits.push(run));
    await (await store.append(bytes(1))).landed;
    const appended = [
      await store.append(bytes(2)),
      await store.append(bytes(3, 4)),
      await store.append(bytes(5)),
    ];
    expect(table.inserts).toEqual([[1]]);
    expect(waits).toHaveLength(1);
    waits[0]?.();
    for (const { landed } of appended) await landed;
    expect(table.inserts).toEqual([[1], [2, 3, 4, 5]]);
    await store.close();
  });

  it('after a crash, the next process brings in what the table did not get, and nothing twice', async () => {
    const table = createTable();
    const first = await open(table);
    await (await first.append(bytes(1, 2))).landed;
    await first.settle();
    // From here on the process is as good as dead: the table takes nothing any more.
    table.gate = new Promise(() => undefined);
    await first.append(bytes(3, 4, 5));
    await first.append(bytes(6));
    table.gate = undefined;
    // The engine had taken a part of it before it died.
    table.inserts.push([3]);
    const second = await open(table);
    expect(table.seqs()).toEqual([1, 2, 3, 4, 5, 6]);
    expect(segments()).toEqual([]);
    await second.append(bytes(7));
    await second.settle();
    expect(table.seqs()).toEqual([1, 2, 3, 4, 5, 6, 7]);
    await second.close();
  });

  it('a half-written record was acknowledged to nobody and is left out', async () => {
    const table = createTable();
    table.gate = new Promise(() => undefined);
    const first = await open(table);
    await first.append(bytes(1));
    const [name = ''] = segments();
    const whole = readFileSync(join(dir, name));
    writeFileSync(join(dir, name), Buffer.concat([whole, whole.subarray(0, whole.length - 3)]));
    table.gate = undefined;
    await (await open(table)).close();
    expect([table.seqs(), readdirSync(dir)]).toEqual([[1], []]);
  });

  it('a damaged file is kept, and what stands before the damage is stored', async () => {
    const table = createTable();
    const name = '00000000000000000001.log';
    const content = Buffer.concat([bytes(1), bytes(2), bytes(3)].map(encodeRecord));
    content[content.length / 2] = 0xff;
    writeFileSync(join(dir, name), content);
    await (await open(table)).close();
    expect([table.seqs(), readdirSync(dir)]).toEqual([[1], [`${name}.damaged`]]);
  });

  it('while the table takes nothing, it goes on acknowledging, is not well, and brings all in later', async () => {
    const table = createTable();
    table.failure = new Error('The table is away.');
    const waits: (() => void)[] = [];
    const store = await open(table, (run) => waits.push(run));
    const { landed } = await store.append(bytes(1));
    await store.append(bytes(2));
    await expect.poll(() => waits.length).toBe(1);
    await expect(store.ping()).rejects.toThrow('The table is away.');
    await expect(store.settle()).rejects.toThrow('The table is away.');
    table.failure = undefined;
    waits.shift()?.();
    expect(await landed).toEqual([]);
    await store.settle();
    await store.ping();
    expect(table.seqs()).toEqual([1, 2]);
    await store.close();
  });

  it('closed while the table takes nothing, it leaves the rows to the next process', async () => {
    const table = createTable();
    table.failure = new Error('The table is away.');
    const store = await open(table, () => undefined);
    await store.append(bytes(1));
    await store.close();
    table.failure = undefined;
    await (await open(table)).close();
    expect([table.seqs(), segments()]).toEqual([[1], []]);
  });

  it('a row that the table refuses is named to its sender, kept in a file, and holds up nothing', async () => {
    const table = createTable();
    table.isBad = (text) => text.includes('"bad"');
    const waits: (() => void)[] = [];
    const store = await open(table, (run) => waits.push(run));
    await (await store.append(bytes(1))).landed;
    const sound = await store.append(bytes(2, 3));
    const bad = await store.append(Buffer.from(`${line(4)}${line(5, { bad: true })}${line(6)}`));
    waits[0]?.();
    expect([await sound.landed, await bad.landed]).toEqual([[], [1]]);
    expect(table.seqs()).toEqual([1, 2, 3, 4, 6]);
    expect(readFileSync(join(dir, 'refused.jsonl'), 'utf8')).toBe(line(5, { bad: true }));
    await store.close();
  });

  it('a disk that takes nothing fails the request with a sentence, and keeps what was there', async () => {
    const table = createTable();
    const store = await open(table);
    rmSync(dir, { recursive: true });
    await expect(store.append(bytes(1))).rejects.toMatchObject({ code: 'storage_unavailable' });
    await store.close();
  });

  it('waits for larger pieces while much arrives, and no longer than usual otherwise', async () => {
    const waitsWith = async (floodBytes: number): Promise<number[]> => {
      const waits: number[] = [];
      const store = await journaled(createTable().store(), {
        dir,
        log: silentLog,
        nowMs: () => 0,
        later: (run, ms) => {
          waits.push(ms);
          queueMicrotask(run);
        },
        pace: { everyMs: 200, floodMs: 800, floodBytes, enoughBytes: 1e6, insertBytes: 1e6 },
      });
      for (const seq of [1, 2, 3]) {
        const { landed } = await store.append(bytes(seq));
        await landed;
      }
      await store.close();
      return waits;
    };
    expect(await waitsWith(1e6)).toEqual([200, 200]);
    expect(await waitsWith(1)).toEqual([200, 800]);
  });
});

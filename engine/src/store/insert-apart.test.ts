import { describe, expect, it } from 'vitest';
import { AppError } from '../base/app-error.ts';
import { insertApart } from './insert-apart.ts';

const lines = (count: number): string[] => Array.from({ length: count }, (_, place) => `{"row":${place}}`);

const parseFault = new Error('Code: 27. DB::Exception: Cannot parse input');

const poisoned = async (bad: ReadonlySet<string>, all: readonly string[], fault: Error) => {
  const written: string[] = [];
  let inserts = 0;
  const insert = async (piece: Uint8Array) => {
    inserts += 1;
    const held = Buffer.from(piece).toString().trim().split('\n');
    if (held.some((line) => bad.has(line))) throw fault;
    written.push(...held);
  };
  const outcome = await insertApart(insert, Buffer.from(`${all.join('\n')}\n`)).catch(
    (error: unknown) => error,
  );
  return { outcome, written, inserts };
};

describe('rows that the store cannot hold', () => {
  const all = lines(40);
  it('are found, and all others are written, in their order', async () => {
    const bad = new Set([all[7] ?? '', all[31] ?? '']);
    const { outcome, written } = await poisoned(bad, all, parseFault);
    expect(outcome).toEqual([7, 31]);
    expect(written).toEqual(all.filter((line) => !bad.has(line)));
  });
  it('may be the only one', async () => {
    expect((await poisoned(new Set(all), all.slice(0, 1), parseFault)).outcome).toEqual([0]);
  });
  it('are not looked for when the store itself fails', async () => {
    const fault = new AppError('storage_unavailable', 'No answer.');
    expect(await poisoned(new Set(all), all, fault)).toMatchObject({ outcome: fault, inserts: 1 });
  });
  it('are none when the store refuses every row', async () => {
    expect((await poisoned(new Set(all), all, parseFault)).outcome).toBeInstanceOf(Error);
  });
});

import { describe, expect, it } from 'vitest';
import { decodeRecords, encodeRecord } from './record.ts';

const texts = ['{"seq":1}\n', '{"seq":2,"text":"مرحبا 😀"}\n', `${'x'.repeat(3000)}\n`];
const segment = Buffer.concat(texts.map((text) => encodeRecord(Buffer.from(text))));
const read = (bytes: Buffer) => decodeRecords(bytes).records.map((record) => record.toString());

describe('records', () => {
  it('come back as they were written', () => {
    expect(read(segment)).toEqual(texts);
    expect(decodeRecords(segment)).toMatchObject({ unreadBytes: 0, isDamaged: false });
  });
  it('cut anywhere, the whole ones before the cut come back, and the torn one is no damage', () => {
    const ends = [0];
    for (const text of texts) ends.push((ends.at(-1) ?? 0) + 8 + Buffer.byteLength(text));
    for (let cut = 0; cut < segment.length; cut += 1) {
      const decoded = decodeRecords(segment.subarray(0, cut));
      expect(decoded.records).toHaveLength(ends.filter((end) => end > 0 && end <= cut).length);
      expect(decoded.isDamaged).toBe(false);
    }
  });
  it('changed in the middle, what stands before is read and the damage is told', () => {
    const changed = Buffer.from(segment);
    const second = 8 + Buffer.byteLength(texts[0] ?? '');
    changed[second + 10] = (changed[second + 10] ?? 0) ^ 1;
    expect(read(changed)).toEqual(texts.slice(0, 1));
    expect(decodeRecords(changed)).toMatchObject({ isDamaged: true, unreadBytes: segment.length - second });
  });
});

import { crc32 } from 'node:zlib';

/**
 * One record of a segment: length and CRC-32 of what follows, then JSON lines. A process that dies while it writes
 * leaves a record whose length or sum does not fit: nobody was told that it is kept.
 */
const HEAD_BYTES = 8;

export const encodeRecord = (lines: Uint8Array): Buffer => {
  const record = Buffer.allocUnsafe(HEAD_BYTES + lines.length);
  record.writeUInt32LE(lines.length, 0);
  record.writeUInt32LE(crc32(lines), 4);
  record.set(lines, HEAD_BYTES);
  return record;
};

export interface Decoded {
  readonly records: readonly Buffer[];
  /** Bytes from the first record that does not fit on; 0 = all fit. */
  readonly unreadBytes: number;
  /** What does not fit is not the last thing that was written: the disk changed it. */
  readonly isDamaged: boolean;
}

export const decodeRecords = (segment: Buffer): Decoded => {
  const records: Buffer[] = [];
  let at = 0;
  while (at + HEAD_BYTES <= segment.length) {
    const end = at + HEAD_BYTES + segment.readUInt32LE(at);
    const lines = segment.subarray(at + HEAD_BYTES, end);
    if (end > segment.length || crc32(lines) !== segment.readUInt32LE(at + 4)) {
      return { records, unreadBytes: segment.length - at, isDamaged: end < segment.length };
    }
    records.push(lines);
    at = end;
  }
  return { records, unreadBytes: segment.length - at, isDamaged: false };
};

import { encodeRecord } from './record.ts';
import { createSegment, type SegmentFile } from './segment-file.ts';

/** What was appended and is not in the table yet. */
export interface Pending {
  readonly lines: Uint8Array;
  readonly segment: Segment;
  readonly land: (refused: readonly number[]) => void;
}

/** A file and how much of it is still needed. */
export interface Segment {
  readonly file: SegmentFile;
  /** Records in it that are not in the table, and writes on their way into it. */
  needed: number;
  /** Nothing is written to it any more. */
  isFull: boolean;
}

export interface Journal {
  /** Durable when it resolves; `landed` resolves when the lines are in the table. */
  append(lines: Uint8Array): Promise<{ readonly landed: Promise<readonly number[]> }>;
  /** The oldest of what waits, up to so many bytes, at least one; its segments take no more. */
  take(bytes: number): readonly Pending[];
  /** These are in the table: their segments are deleted once nothing in them is needed. */
  done(pending: readonly Pending[]): Promise<void>;
  waitingBytes(): number;
  close(): Promise<void>;
}

/** `{"seq":123,…`: the collector writes the sequence first. */
export const seqOf = (lines: Uint8Array): bigint => {
  const head = Buffer.from(lines.buffer, lines.byteOffset, Math.min(lines.length, 40)).toString('latin1');
  return BigInt(/^\{"seq":"?(\d+)/.exec(head)?.[1] ?? 0);
};

/**
 * Lines are kept in files until they are in the table. A write of the engine has a price of its own, however few its
 * rows; a file has nearly none, so that senders are answered at once and the table is written in large pieces.
 */
export const createJournal = (dir: string): Journal => {
  const waiting: Pending[] = [];
  let waitingBytes = 0;
  let current: Segment | null = null;
  let queue: Promise<unknown> = Promise.resolve();

  const drop = async (segment: Segment): Promise<void> => {
    if (segment.isFull && segment.needed === 0) await segment.file.remove();
  };

  const segmentFor = async (lines: Uint8Array): Promise<Segment> => {
    if (current !== null && !current.isFull) return current;
    current = { file: await createSegment(dir, seqOf(lines)), needed: 0, isFull: false };
    return current;
  };

  const write = async (lines: Uint8Array) => {
    const segment = await segmentFor(lines);
    segment.needed += 1;
    try {
      await segment.file.append(encodeRecord(lines));
    } catch (error) {
      segment.needed -= 1;
      await drop(segment);
      throw error;
    }
    let land: Pending['land'] = () => undefined;
    const landed = new Promise<readonly number[]>((resolve) => {
      land = resolve;
    });
    waiting.push({ lines, segment, land });
    waitingBytes += lines.length;
    return { landed };
  };

  return {
    append: (lines) => {
      const written = queue.then(() => write(lines));
      queue = written.catch(() => undefined);
      return written;
    },
    take: (bytes) => {
      let taken = 0;
      let count = 0;
      for (const { lines } of waiting) {
        if (count > 0 && taken + lines.length > bytes) break;
        taken += lines.length;
        count += 1;
      }
      waitingBytes -= taken;
      const pending = waiting.splice(0, count);
      for (const { segment } of pending) segment.isFull = true;
      return pending;
    },
    done: async (pending) => {
      for (const { segment } of pending) {
        segment.needed -= 1;
        await drop(segment);
      }
    },
    waitingBytes: () => waitingBytes,
    close: async () => {
      await queue;
      if (current !== null) {
        current.isFull = true;
        await current.file.close();
        await drop(current);
      }
    },
  };
};

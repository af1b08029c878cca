import { versionOf } from './sequence.ts';

/** Digits of the greatest 64-bit number. */
const DIGITS = 20;
const GAP = ' '.repeat(DIGITS);
const HEAD = `{"seq":${GAP},"first":${GAP},`;
const SEQ_AT = '{"seq":'.length;
const FIRST_AT = SEQ_AT + DIGITS + ',"first":'.length;
const ROW_BYTES = 1024;

/**
 * The rows of one request as bytes. Strings glued together from forty pieces, kept until they are written, would cost
 * the garbage collector more than everything else that is done for an event. The sequence is not known yet: its
 * place is left open.
 */
export class RequestLines {
  #bytes: Buffer;
  #end = 0;
  readonly #starts: number[] = [];

  constructor(expectedRows: number) {
    this.#bytes = Buffer.allocUnsafe(expectedRows * ROW_BYTES);
  }

  /** A line without its head, from its second member on. */
  add(tail: string): void {
    const line = HEAD + tail;
    // A unit of UTF-16 takes at most three bytes of UTF-8.
    const needed = this.#end + line.length * 3;
    if (needed > this.#bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(needed, 2 * this.#bytes.length));
      this.#bytes.copy(larger, 0, 0, this.#end);
      this.#bytes = larger;
    }
    this.#starts.push(this.#end);
    this.#end += this.#bytes.write(line, this.#end, 'utf8');
  }

  /** Of the rows from one to before another. */
  bytesOf(from: number, to: number): Buffer {
    return this.#bytes.subarray(this.#starts[from] ?? this.#end, this.#starts[to] ?? this.#end);
  }

  /** How many bytes those are, without making a view of them: this is asked for every event. */
  sizeOf(from: number, to: number): number {
    return (this.#starts[to] ?? this.#end) - (this.#starts[from] ?? this.#end);
  }

  setSequence(row: number, seq: bigint): void {
    const start = this.#starts[row] ?? 0;
    this.#bytes.write(String(seq), start + SEQ_AT, 'latin1');
    this.#bytes.write(String(versionOf(seq)), start + FIRST_AT, 'latin1');
  }
}

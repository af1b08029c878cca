import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib';
import { limits } from '@botworth/contract/limits';
import { AppError } from '../../base/app-error.ts';

export interface BodyText {
  readonly text: string;
  /** The bytes were not all UTF-8; each wrong one reads as U+FFFD. */
  readonly brokenUtf8: boolean;
}

/** What is read and thrown away of a body over the limit, so that the sender gets its answer and not a broken pipe. */
const DRAINED_BYTES = 8 * limits.bodyBytes;

const tooLarge = (): AppError =>
  new AppError(
    'body_too_large',
    `The body is over the limit of ${limits.bodyBytes} bytes. Split the batch.`,
    { limit_bytes: limits.bodyBytes },
  );

const unreadable = (why: string): AppError => new AppError('body_unreadable', why);

/** The raw bytes; keeps at most the limit, and goes on reading without keeping. `arrived` may refuse by throwing. */
export const readBytes = async (
  stream: AsyncIterable<Uint8Array>,
  arrived: (bytes: number) => void = () => undefined,
): Promise<Buffer> => {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of stream) {
    bytes += chunk.byteLength;
    if (bytes <= limits.bodyBytes) {
      arrived(chunk.byteLength);
      chunks.push(chunk);
    } else if (bytes > DRAINED_BYTES) break;
  }
  if (bytes > limits.bodyBytes) throw tooLarge();
  const [only] = chunks;
  return chunks.length === 1 && only !== undefined
    ? Buffer.from(only.buffer, only.byteOffset, only.byteLength)
    : Buffer.concat(chunks);
};

/** A sender that hangs up is no fault of ours, and its answer reaches nobody. */
export const readIncoming = async (
  incoming: IncomingMessage,
  arrived: (bytes: number) => void,
): Promise<Buffer> => {
  try {
    return await readBytes(incoming, arrived);
  } catch (error) {
    if (incoming.readableAborted && !(error instanceof AppError))
      throw unreadable('The connection ended before the body did.');
    throw error;
  }
};

const OPTIONS = { maxOutputLength: limits.bodyBytes } as const;

/**
 * In the main thread on purpose: the engine's statements occupy the thread pool, where the asynchronous forms would
 * wait behind them. A body of the largest size takes some 15 ms.
 */
const decoders: Readonly<Record<string, (bytes: Buffer) => Buffer>> = {
  gzip: (bytes) => gunzipSync(bytes, OPTIONS),
  'x-gzip': (bytes) => gunzipSync(bytes, OPTIONS),
  br: (bytes) => brotliDecompressSync(bytes, OPTIONS),
  deflate: (bytes) => {
    // Half of the senders mean zlib's form, half the bare one; zlib's begins with 8 in the low four bits.
    return ((bytes[0] ?? 0) & 0x0f) === 8 ? inflateSync(bytes, OPTIONS) : inflateRawSync(bytes, OPTIONS);
  },
  identity: (bytes) => bytes,
};

const isGzip = (bytes: Buffer): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

/** `{`, `[` or white space: a proxy unpacked the body and left its header. */
const looksLikeJson = (bytes: Buffer): boolean =>
  [0x7b, 0x5b, 0x20, 0x0a, 0x0d, 0x09].includes(bytes[0] ?? 0);

const decode = (bytes: Buffer, encoding: string): Buffer => {
  const decoder = Object.hasOwn(decoders, encoding) ? decoders[encoding] : undefined;
  if (decoder === undefined)
    throw unreadable(
      `The Content-Encoding "${encoding.slice(0, 40)}" is not known; use gzip, deflate or br.`,
    );
  try {
    return decoder(bytes);
  } catch (error) {
    if (error instanceof RangeError) throw tooLarge();
    throw unreadable(`The body does not decompress as ${encoding}.`);
  }
};

/** Bytes as sent → text. Compression is recognised by its header and, for gzip, by its first bytes as well. */
export const decodeBody = (sent: Buffer, contentEncoding: string | undefined): BodyText => {
  let bytes = sent;
  const encodings = (contentEncoding ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
    .reverse();
  if (encodings.length > 2) throw unreadable('The body is compressed more than twice.');
  for (const encoding of encodings) {
    if (looksLikeJson(bytes) && encoding !== 'identity' && !isGzip(bytes)) break;
    bytes = decode(bytes, encoding);
  }
  if (isGzip(bytes)) bytes = decode(bytes, 'gzip');
  const brokenUtf8 = !isUtf8(bytes);
  const text = bytes.toString('utf8');
  return { text: text.startsWith('\ufeff') ? text.slice(1) : text, brokenUtf8 };
};

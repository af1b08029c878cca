import { fail } from '../../base/app-error.ts';
import { isPlainText } from './plain-text.ts';

/** A policy with long lists is some tens of kilobytes. */
const BODY_BYTES = 1024 * 1024;

const jsonType = /^application\/([a-z0-9.+-]*\+)?json\b/i;

/** Strict where the collect door is generous: this side has no clients that mislabel their bodies. */
export const readJsonBody = async (request: Request): Promise<unknown> => {
  const type = request.headers.get('content-type');
  // Nothing was sent: a route whose body may be absent takes it, every other says what is missing.
  const hasBody =
    Number(request.headers.get('content-length') ?? 0) > 0 || request.headers.has('transfer-encoding');
  if (type === null && !hasBody) return undefined;
  // No body at all: whether one is needed is for the schema to say.
  if (type === null && (request.body === null || request.headers.get('content-length') === '0'))
    return undefined;
  if (type === null || !jsonType.test(type)) {
    return fail(
      'body_unreadable',
      `The body is labelled ${type === null ? 'as nothing' : `"${type.slice(0, 100)}"`}; send Content-Type: application/json.`,
      { content_type: type },
    );
  }
  const tooLarge = () =>
    fail('body_too_large', `The body is over ${BODY_BYTES} bytes.`, { limit_bytes: BODY_BYTES });
  if (Number(request.headers.get('content-length') ?? 0) > BODY_BYTES) tooLarge();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > BODY_BYTES) tooLarge();
    chunks.push(chunk);
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
    return JSON.parse(text, (key, value: unknown) => {
      if (!isPlainText(key) || (typeof value === 'string' && !isPlainText(value)))
        throw new Error(
          `"${key.slice(0, 50)}" holds a NUL character or half a surrogate pair, which no store keeps`,
        );
      return value;
    });
  } catch (error) {
    return fail(
      'body_unreadable',
      `The body is not JSON: ${error instanceof Error ? error.message : 'it cannot be read'}.`,
      {},
    );
  }
};

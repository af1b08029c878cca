import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.webmanifest': 'application/manifest+json',
  '.txt': 'text/plain; charset=utf-8',
  '.map': 'application/json',
};
const compressible = /^(text\/|application\/(json|manifest)|image\/svg)/;

/** Whether an address ends in a kind of file that a build may hold. */
export const isFileName = (path: string): boolean => extname(path) in types;

export type Encoding = 'br' | 'gzip' | 'identity';

export interface BuiltFile {
  readonly type: string;
  readonly etag: string;
  /** The name holds a hash of the content, so it may be kept for ever. */
  readonly isHashed: boolean;
  readonly text: () => string;
  readonly bytes: (encoding: Encoding) => Promise<Uint8Array<ArrayBuffer>>;
  readonly encodings: readonly Encoding[];
}

const compress: Readonly<Record<Encoding, (bytes: Buffer) => Promise<Buffer>>> = {
  // 9 of 11: a tenth of the time of 11 for a hundredth more bytes, since it is done at the first request.
  br: (bytes) =>
    promisify(brotliCompress)(bytes, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
    }),
  gzip: (bytes) => promisify(gzip)(bytes),
  identity: async (bytes) => bytes,
};

const builtFile = (path: string, content: Buffer): BuiltFile => {
  const type = types[extname(path)] ?? 'application/octet-stream';
  const made = new Map<Encoding, Promise<Uint8Array<ArrayBuffer>>>();
  const encodings: readonly Encoding[] =
    compressible.test(type) && content.length > 1024 ? ['br', 'gzip'] : [];
  return {
    type,
    etag: `"${createHash('sha256').update(content).digest('base64url').slice(0, 22)}"`,
    isHashed: /^\/assets\/.+-[\w-]{8,}\.\w+$/.test(path),
    text: () => content.toString('utf8'),
    encodings,
    bytes: (encoding) => {
      const known = made.get(encoding) ?? compress[encoding](content).then((bytes) => new Uint8Array(bytes));
      made.set(encoding, known);
      return known;
    },
  };
};

/** All files of the build, by address: some hundred kilobytes, so they are kept in memory. Null: not built. */
export const readBuiltPages = async (folder: string): Promise<ReadonlyMap<string, BuiltFile> | null> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = new Map<string, BuiltFile>();
  for (const entry of entries) {
    if (!entry.isFile() || entry.name.endsWith('.map')) continue;
    const file = join(entry.parentPath, entry.name);
    const address = file.slice(folder.length).replaceAll('\\', '/').replace(/^\/*/, '/');
    files.set(address, builtFile(address, await readFile(file)));
  }
  return files.has('/index.html') ? files : null;
};

/** What a policy must allow for the scripts that stand in the page itself. */
export const inlineScriptHashes = (html: string): string[] =>
  [...html.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g)].map(([, code = '']) =>
    createHash('sha256').update(code).digest('base64'),
  );

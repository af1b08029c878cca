import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/** How the command line finds the server that holds the data folder, and proves that it may speak to it. */
const serverFileSchema = z.object({ url: z.url(), pid: z.int().positive(), token: z.string().min(1) });
export type ServerFile = z.infer<typeof serverFileSchema>;

const pathIn = (dataDir: string) => join(dataDir, 'server.json');

/** Readable by the owner alone: who can read the data may also speak for its owner. */
export const writeServerFile = async (dataDir: string, content: ServerFile): Promise<void> => {
  const path = pathIn(dataDir);
  await rm(`${path}.new`, { force: true });
  await writeFile(`${path}.new`, `${JSON.stringify(content)}\n`, { mode: 0o600, flag: 'wx' });
  await rename(`${path}.new`, path);
};

export const removeServerFile = (dataDir: string): Promise<void> => rm(pathIn(dataDir), { force: true });

/** Null where no server runs, or its file cannot be read. A file alone does not mean that it still runs. */
export const readServerFile = async (dataDir: string): Promise<ServerFile | null> => {
  const text = await readFile(pathIn(dataDir), 'utf8').catch(() => null);
  if (text === null) return null;
  try {
    return serverFileSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
};

import { exitCodes } from '../../base/exit-codes.ts';
import type { Config } from '../../config/read-config.ts';
import { openDataFolder } from '../../store/data-folder.ts';
import { isLoopbackName } from '../auth/host-names.ts';
import { createApp } from '../http/create-app.ts';
import { type Listening, listen } from './listen.ts';
import { type OpenParts, openParts, type Surroundings } from './open-parts.ts';
import { removeServerFile, writeServerFile } from './server-file.ts';
import { startingAnswer } from './starting-answer.ts';
import { warnOfShortToken } from './warn-of-short-token.ts';

/** Requests that are under way get so long to end by themselves. */
const LAST_REQUESTS_MS = 5_000;

export interface Started {
  readonly url: string;
  /** The page that signs a browser in, where there is one. */
  readonly signIn: string | null;
  readonly stores: string;
}

/** A failure that a person can mend: its sentence goes to stderr, its code to the shell. */
class StartError extends Error {
  override readonly name = 'StartError';
  readonly exitCode: number;

  constructor(message: string, exitCode: number) {
    super(message);
    this.exitCode = exitCode;
  }
}

const explainListen = (error: unknown, { host, port }: Config): unknown => {
  const code = error instanceof Error && 'code' in error ? error.code : '';
  if (code === 'EADDRINUSE')
    return new StartError(
      `Port ${port} on ${host} is in use. Stop what uses it, or set BOTWORTH_PORT (0 takes a free one).`,
      exitCodes.portInUse,
    );
  if (code === 'EACCES')
    return new StartError(
      `This user may not listen on port ${port}. Set BOTWORTH_PORT to one above 1023.`,
      exitCodes.portInUse,
    );
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return new StartError(
      `This machine has no address ${host}. Set BOTWORTH_HOST to one that it has, like 127.0.0.1 or 0.0.0.0.`,
      exitCodes.wrongUsage,
    );
  return error;
};

const within = async (ms: number, work: Promise<void>): Promise<void> => {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([work, limit]).finally(() => clearTimeout(timer));
};

/** From configuration to a server, until `stopped` resolves; what was acknowledged by then is on disk. */
export const runServer = async (
  config: Config,
  around: Surroundings,
  started: (what: Started) => void,
  stopped: Promise<unknown>,
): Promise<void> => {
  warnOfShortToken(config.adminToken, around.log);
  if (config.roles !== 'all') {
    throw new StartError(
      `BOTWORTH_ROLES is "${config.roles}", but this release runs every role in one process. Leave it unset, or set it to "all".`,
      exitCodes.wrongUsage,
    );
  }
  // Before the stores, which take seconds the first time: who cannot have the folder or the port learns it at once.
  const folder = openDataFolder(config.dataDir, config.secret);
  const { log } = around;
  let answer = startingAnswer;
  let listening: Listening | null = null;
  let open: OpenParts | null = null;
  try {
    listening = await listen((request, env) => answer(request, env), config).catch((error: unknown) => {
      throw explainListen(error, config);
    });
    open = await openParts(config, folder, around, listening.url);
    const { parts } = open;
    const app = createApp(parts);
    answer = (request, env) => app.fetch(request, env as object);
    const { url } = listening;
    await writeServerFile(config.dataDir, { url, pid: process.pid, token: parts.localToken });
    const hasLink = parts.adminToken === null && isLoopbackName(config.host);
    started({
      url,
      signIn: hasLink ? `${url}/enter?key=${parts.entryKeys.make()}` : null,
      stores: `${parts.store.kind}, ${parts.state.kind}`,
    });
    log.info({ url, version: around.version }, 'listening');
    await stopped;
    log.info({}, 'stopping');
  } finally {
    open?.beginStop();
    if (listening !== null) {
      await removeServerFile(config.dataDir);
      const closing = listening.close();
      await within(LAST_REQUESTS_MS, closing);
    }
    if (open === null) folder.release();
    else await open.close();
    log.info({}, 'stopped');
  }
};

import { readFileSync } from 'node:fs';
import type { FrontDoor } from '../engine/test/e2e/front-door.ts';
import { type RunningServer, startServer } from '../engine/test/e2e/start-server.ts';
import type { Bench } from './stage.ts';

export const doorOf = (server: RunningServer): FrontDoor => ({ url: server.url, token: server.adminToken });

/** The built server on this run's data, stopped whatever happens. */
export const withServer = async <Result>(
  { dataDir }: Pick<Bench, 'dataDir'>,
  work: (server: RunningServer) => Promise<Result>,
): Promise<Result> => {
  const server = await startServer({ dataDir, deadlineMs: 120_000 });
  try {
    return await work(server);
  } catch (cause) {
    process.stderr.write(server.output());
    throw cause;
  } finally {
    await server.stop();
  }
};

/** Resident memory in MiB; NaN where the system does not say. */
const residentMiB = (pid: number): number => {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
  } catch {
    return Number.NaN;
  }
};

/** Watches the server's memory once a second until stopped. */
export const watchMemory = (pid: number): (() => number[]) => {
  const seen: number[] = [residentMiB(pid)];
  const timer = setInterval(() => seen.push(residentMiB(pid)), 1000);
  return () => {
    clearInterval(timer);
    seen.push(residentMiB(pid));
    return seen;
  };
};

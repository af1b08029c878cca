import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { LoadReport, LoadWish } from './send.ts';

/** Starts the load generator and resolves with what it noted. */
export const runLoad = (wish: LoadWish): Promise<LoadReport> =>
  new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(new URL('send.ts', import.meta.url)), { execArgv: ['--import', 'tsx'] });
    let report: LoadReport | undefined;
    child.once('message', (answer: LoadReport) => {
      report = answer;
    });
    child.once('error', reject);
    child.once('exit', (code) =>
      report === undefined ? reject(new Error(`The load generator ended with ${code}.`)) : resolve(report),
    );
    child.send(wish);
  });

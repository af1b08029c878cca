import type { Logger } from 'pino';

/** What parts log to; the composition root makes it. */
export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>;

export const silentLog: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

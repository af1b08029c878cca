import { randomUUID } from 'node:crypto';

const acceptable = /^[A-Za-z0-9._-]{8,128}$/;

/** The sender's own id where it has one that a log line can hold; else a new one. */
export const requestId = (sent: string | undefined): string =>
  sent !== undefined && acceptable.test(sent) ? sent : randomUUID();

import pino, { type Logger } from 'pino';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

/** Wherever they stand in a line: nothing that opens a door is ever written down. */
const secrets = [
  'authorization',
  'cookie',
  'set-cookie',
  'token',
  'secret',
  'writeKey',
  'write_key',
  'password',
];

const redacted = [
  ...secrets,
  ...secrets.map((name) => `*["${name}"]`),
  ...secrets.map((name) => `*.*["${name}"]`),
].map((path) => (/[-]/.test(path) && !path.includes('[') ? `["${path}"]` : path));

/** JSON lines on standard error: standard output belongs to what a command says. */
export const createLog = (level: LogLevel, destination: NodeJS.WritableStream = process.stderr): Logger =>
  pino(
    {
      level,
      redact: { paths: redacted, censor: '[redacted]' },
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
    },
    destination as pino.DestinationStream,
  );

import { type Config, readConfig } from './read-config.ts';

/** The configuration of this process; what a command line option gives wins over the environment. */
export const processConfig = (options: Readonly<Record<string, string | undefined>> = {}): Config => {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  return readConfig({ ...process.env, ...Object.fromEntries(given) });
};

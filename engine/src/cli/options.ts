import type { Command } from 'commander';
import type { SettingOptions } from './tools.ts';

/** For options that may repeat. */
const collect = (value: string, before: string[]): string[] => [...before, value];

/** The settings that every command understands, over the environment and the configuration file. */
export const addSettings = (command: Command): Command =>
  command.option('--data <folder>', 'the data folder, instead of BOTWORTH_DATA');

export const settingsOf = (options: Readonly<Record<string, unknown>>): SettingOptions => ({
  ...(typeof options.data === 'string' ? { data: options.data } : {}),
  ...(typeof options.port === 'string' ? { port: options.port } : {}),
  ...(typeof options.host === 'string' ? { host: options.host } : {}),
});

/** What a question may hold, in the words of the API. */
export const addQuestion = (command: Command): Command =>
  command
    .option('--workspace <id or name>', 'needed where there are several')
    .option('--from <date>', 'first local day; default: four weeks before the end')
    .option('--to <date>', 'local day after the last one; default: today')
    .option('--by <cut>', 'a cut, may repeat', collect, [])
    .option('--where <filter>', 'like intent:billing,refund or !intent:billing, may repeat', collect, [])
    .option('--compare <with>', 'previous or year')
    .option('--policy <version>', 'ask under this version of the policy')
    .option('--as-of <instant>', 'judge maturity as of this instant');

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
const list = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : []);

export const questionIn = (options: Readonly<Record<string, unknown>>) => ({
  from: text(options.from),
  to: text(options.to),
  by: list(options.by),
  where: list(options.where),
  compare: text(options.compare),
  policy: text(options.policy),
  as_of: text(options.asOf),
});

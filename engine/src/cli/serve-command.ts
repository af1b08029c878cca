import type { Command } from 'commander';
import { addSettings, settingsOf } from './options.ts';
import type { Outcome, Tools } from './tools.ts';

export const addServeCommand = (program: Command, tools: Tools, outcome: Outcome): void => {
  addSettings(
    program
      .command('serve')
      .description('the server: collects, computes, and shows; runs until it is told to stop'),
  )
    .option('--port <number>', 'instead of BOTWORTH_PORT (4680); 0 takes a free one')
    .option('--host <address>', 'instead of BOTWORTH_HOST (127.0.0.1)')
    .option('--json', 'what is printed at the start is one JSON line')
    .action(async (options: Record<string, unknown>) => {
      outcome.exitCode = await tools.serve(settingsOf(options), { isJson: options.json === true });
    });
};

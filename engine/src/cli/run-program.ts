import { Command, CommanderError } from 'commander';
import { AppError } from '../base/app-error.ts';
import { exitCodes } from '../base/exit-codes.ts';
import { isReaderGone } from '../base/reader-gone.ts';
import { addDemoCommand } from './demo-command.ts';
import { addDoctorCommand } from './doctor-command.ts';
import { Refused } from './door.ts';
import { addExportCommand } from './export-command.ts';
import { addLinkCommand } from './link-command.ts';
import { addQueryCommand } from './query-command.ts';
import { addServeCommand } from './serve-command.ts';
import type { Outcome, Tools } from './tools.ts';

/** Adds the commands of a part that `main.ts` knows and this folder does not, such as the demo's. */
export type AddCommand = (program: Command, tools: Tools, outcome: Outcome) => void;

const wrongQuestion: ReadonlySet<string> = new Set([
  'workspace_not_found',
  'unknown_metric',
  'unknown_cut',
  'unknown_filter',
  'query_invalid',
  'policy_version_not_found',
]);

const exitCodeOf = (error: unknown): number => {
  if (
    typeof error === 'object' &&
    error !== null &&
    'exitCode' in error &&
    typeof error.exitCode === 'number'
  )
    return error.exitCode;
  const code = error instanceof Refused || error instanceof AppError ? error.code : '';
  return wrongQuestion.has(code) ? exitCodes.wrongUsage : exitCodes.failed;
};

const createProgram = (tools: Tools, outcome: Outcome, more: readonly AddCommand[]): Command => {
  const program = new Command('botworth');
  program
    .description(
      'What is your bot worth? Conversations and outcomes, every figure with its denominator and interval.',
    )
    .version(tools.version)
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void tools.out.write(text),
      writeErr: (text) => void tools.err.write(text),
    });
  for (const add of [
    addServeCommand,
    addQueryCommand,
    addExportCommand,
    addDoctorCommand,
    addLinkCommand,
    addDemoCommand,
    ...more,
  ])
    add(program, tools, outcome);
  return program;
};

/** One sentence on stderr and an exit code, whatever went wrong; with --json also the error as the API would give it. */
export const runProgram = async (
  argv: readonly string[],
  tools: Tools,
  more: readonly AddCommand[] = [],
): Promise<number> => {
  const outcome: Outcome = { exitCode: exitCodes.ok };
  try {
    await createProgram(tools, outcome, more).parseAsync([...argv], { from: 'user' });
    return outcome.exitCode;
  } catch (error) {
    if (isReaderGone(error)) return exitCodes.ok;
    // commander has written its own sentence; its 1 for a wrong option is our 2.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.wrongUsage;
    const message = error instanceof Error ? error.message : String(error);
    if (argv.includes('--json')) {
      const code = error instanceof Refused || error instanceof AppError ? error.code : 'internal';
      tools.out.write(`${JSON.stringify({ error: { code, message } })}\n`);
    }
    tools.err.write(`botworth: ${message}\n`);
    return exitCodeOf(error);
  }
};

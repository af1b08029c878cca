import type { Command } from 'commander';
import { exitCodes } from '../base/exit-codes.ts';
import { addSettings, settingsOf } from './options.ts';
import type { Check, Outcome, Tools } from './tools.ts';

const marks: Readonly<Record<Check['state'], string>> = { ok: '✓', warning: '!', failed: '✗' };

export const addDoctorCommand = (program: Command, tools: Tools, outcome: Outcome): void => {
  addSettings(
    program.command('doctor').description('looks at everything that a start needs, and says what is wrong'),
  )
    .option('--json', 'one JSON document')
    .action(async (options: Record<string, unknown>) => {
      const found: Check[] = [];
      for await (const check of tools.checks(settingsOf(options))) {
        found.push(check);
        if (options.json !== true)
          tools.out.write(`${marks[check.state]} ${check.name}: ${check.sentence}\n`);
      }
      const isWell = found.every(({ state }) => state !== 'failed');
      if (options.json === true) tools.out.write(`${JSON.stringify({ ok: isWell, checks: found })}\n`);
      if (!isWell) outcome.exitCode = exitCodes.failed;
    });
};

import type { DemoReport, DemoRequest, DemoStatus, DemoTruth } from '@botworth/contract/demo';
import { type Command, InvalidArgumentError } from 'commander';
import { ask, type Door } from './door.ts';
import { addSettings, settingsOf } from './options.ts';
import { createProgressBar } from './progress-bar.ts';
import type { Outcome, Tools } from './tools.ts';
import { textTable } from './write-table.ts';

const POLL_MS = 250;

const wholeNumber = (text: string): number => {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('It takes a whole number.');
  return Number(text);
};

const numberOf = (name: keyof DemoRequest, value: unknown) =>
  typeof value === 'number' ? { [name]: value } : {};

const percent = (value: number | null): string => (value === null ? '—' : `${(value * 100).toFixed(1)} %`);

const span = ({ interval }: DemoTruth): string =>
  interval === null ? '—' : `${percent(interval[0])} – ${percent(interval[1])}`;

const verdict = ({ inside, exact }: DemoTruth): string => (inside ? (exact ? 'exact' : 'inside') : 'OUTSIDE');

const reportText = (report: DemoReport, url: string, workspace: string): string => {
  const table = textTable(
    ['what was planted', 'planted', 'measured', '95 %', 'of', ''],
    report.truths.map((truth) => [
      truth.id,
      percent(truth.planted),
      percent(truth.measured),
      span(truth),
      String(truth.planted_denominator),
      verdict(truth),
    ]),
  );
  const inside = report.truths.filter((truth) => truth.inside).length;
  const named = ['fallback-regression', 'trap-messenger', 'gap-after'];
  const links = report.truths
    .filter(({ id }) => named.includes(id))
    .map(({ sentence, page }) => `  ${sentence}\n    ${url}${page}\n`);
  return [
    `Simulated data: ${report.conversations} conversations, ${report.events} events, ${report.from} to ${report.to}, seed ${report.seed}.\n`,
    `Loaded in ${report.load_seconds} s, in the figures ${report.fold_seconds} s later.\n\n`,
    table,
    `\n${inside} of ${report.truths.length} planted values lie inside the measured intervals.\n\n`,
    `  The board\n    ${url}/w/${workspace}/scoreboard\n`,
    ...links,
  ].join('');
};

/** Until the demo is ready; a failure is thrown as its sentence. */
const follow = async (door: Door, tools: Tools): Promise<DemoStatus> => {
  const bar = createProgressBar('% of the demo', tools.err);
  try {
    for (;;) {
      const status = await ask<DemoStatus>(door, 'GET', '/api/demo');
      if (status.state === 'ready') return status;
      if (status.state !== 'running') throw new Error(status.problem ?? 'The demo could not be loaded.');
      bar.show(Math.round(status.progress * 100), 100);
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  } finally {
    bar.end();
  }
};

export const addDemoCommand = (program: Command, tools: Tools, outcome: Outcome): void => {
  addSettings(
    program
      .command('demo')
      .description('fills a workspace with a simulated shop, and reads back what was planted in it'),
  )
    .option('--seed <number>', 'the same seed gives the same shop', wholeNumber)
    .option('--weeks <number>', 'weeks up to the last complete one (26)', wholeNumber)
    .option('--conversations <number>', 'about so many in all (13000)', wholeNumber)
    .option('--port <number>', 'of the server that is started where none runs; 0 takes a free one')
    .option('--host <address>', 'of the server that is started where none runs')
    .option('--exit', 'stop that server when the demo is loaded')
    .option('--json', 'the report as one JSON document')
    .action(async (options: Record<string, unknown>) => {
      const settings = settingsOf(options);
      const isJson = options.json === true;
      const request: DemoRequest = {
        ...numberOf('seed', options.seed),
        ...numberOf('weeks', options.weeks),
        ...numberOf('conversations', options.conversations),
      };

      const fill = async (door: Door): Promise<void> => {
        await ask(door, 'POST', '/api/demo', request);
        const { report, workspace_id: workspace } = await follow(door, tools);
        if (report === undefined || workspace === null)
          throw new Error('The demo is there without its report.');
        const url = door.url ?? '';
        tools.out.write(
          isJson
            ? `${JSON.stringify({ url, workspace_id: workspace, ...report })}\n`
            : reportText(report, url, workspace),
        );
        if (report.truths.some(({ inside }) => !inside)) outcome.exitCode = 1;
      };

      const running = await tools.findServer(settings);
      if (running !== null) return fill(running);
      const exitCode = await tools.serve(settings, { isJson, isQuiet: isJson }, async () => {
        const door = await tools.findServer(settings);
        if (door === null) throw new Error('The server that was started for the demo cannot be reached.');
        await fill(door);
        return options.exit === true;
      });
      if (exitCode !== 0) outcome.exitCode = exitCode;
    });
};

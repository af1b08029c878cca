import type { MetricAnswer, Result } from '@botworth/contract/result';
import type { Command } from 'commander';
import { askedSpan, searchOf } from './asked-span.ts';
import { ask } from './door.ts';
import { findWorkspace } from './find-workspace.ts';
import { addQuestion, addSettings, questionIn, settingsOf } from './options.ts';
import type { Tools } from './tools.ts';
import { textTable, visibleText } from './write-table.ts';

/** Enough digits for a script that reads the table; the page is where figures are laid out. */
const figure = (value: number | null, unit: Result['unit']): string => {
  if (value === null) return '—';
  return unit === 'rate' ? `${(value * 100).toFixed(1)} %` : String(Math.round(value * 100) / 100);
};

const span = ({ interval, unit }: Result): string =>
  interval === null
    ? '—'
    : `${interval[0] === null ? '…' : figure(interval[0], unit)} – ${interval[1] === null ? '…' : figure(interval[1], unit)}`;

const count = (value: number | null) => (value === null ? '—' : String(value));

const cells = (result: Result): string[] => [
  result.value === null && result.reason !== undefined
    ? result.reason.replaceAll('_', ' ')
    : figure(result.value, result.unit),
  span(result),
  count(result.numerator),
  count(result.denominator),
  count(result.n),
  result.change?.verdict ?? '—',
];

const head = ['value', '95 %', 'numerator', 'denominator', 'n', 'change'];

const answerTable = ({ result, rows }: MetricAnswer): string => {
  const cuts = Object.keys(rows[0]?.cut ?? {});
  const body = [
    [...cuts.map((_, column) => (column === 0 ? 'all' : '')), ...cells(result)],
    ...rows.map((row) => [...cuts.map((cut) => row.cut[cut] ?? 'unknown'), ...cells(row)]),
  ];
  return textTable([...cuts, ...head], body);
};

/** What the figures lack, each once: without it a dash in the table has no reason. */
const missingText = ({ result, rows }: MetricAnswer): string => {
  const lines = new Map(
    [result, ...rows].flatMap(({ missing }) => missing.map(({ event, why }) => [event, why] as const)),
  );
  if (lines.size === 0) return '';
  return `\nMissing\n${[...lines].map(([event, why]) => `  ${visibleText(event)}: ${visibleText(why)}\n`).join('')}`;
};

export const addQueryCommand = (program: Command, tools: Tools): void => {
  addSettings(
    addQuestion(
      program
        .command('query')
        .description('a metric as a table: value, interval, numerator and denominator')
        .argument('<metric>', 'id of the catalogue, like deflection_rate')
        .option('--json', 'the answer as the API gives it'),
    ),
  ).action(async (metric: string, options: Record<string, unknown>) => {
    const question = questionIn(options);
    const door = await tools.openDoor(settingsOf(options));
    try {
      const workspace = await findWorkspace(
        door,
        typeof options.workspace === 'string' ? options.workspace : undefined,
      );
      const days = askedSpan(question, workspace.timezone, tools.nowMs());
      const search = searchOf({ ...question, ...days });
      const answer = await ask<MetricAnswer>(
        door,
        'GET',
        `/api/workspaces/${workspace.id}/metrics/${encodeURIComponent(metric)}?${search}`,
      );
      if (options.json === true) tools.out.write(`${JSON.stringify(answer)}\n`);
      else
        tools.out.write(
          `${metric}, ${days.from} to ${days.to} (${workspace.timezone}), policy ${answer.policy}\n${answerTable(answer)}${missingText(answer)}`,
        );
    } finally {
      await door.close();
    }
  });
};

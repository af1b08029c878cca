import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { type ConversationPage, type ConversationRow, conversationRow } from '@botworth/contract/api';
import type { MetricAnswer, ResultRow } from '@botworth/contract/result';
import type { Command } from 'commander';
import { pageLimits } from '../explain/cursor.ts';
import { askedSpan, searchOf } from './asked-span.ts';
import { ask, type Door } from './door.ts';
import { findWorkspace } from './find-workspace.ts';
import { addQuestion, addSettings, questionIn, settingsOf } from './options.ts';
import { createProgressBar } from './progress-bar.ts';
import type { Tools } from './tools.ts';
import { type Cell, plainCsv, spreadsheetCsv } from './write-csv.ts';

type Row = Readonly<Record<string, Cell>>;

/** A row as its columns: the rating is two. */
const flatConversation = ({ csat, contribution: _, ...row }: ConversationRow): Row => ({
  ...row,
  csat_score: csat?.score ?? null,
  csat_scale: csat?.scale ?? null,
});

const conversationColumns = Object.keys(conversationRow.shape).flatMap((name) =>
  name === 'csat' ? ['csat_score', 'csat_scale'] : name === 'contribution' ? [] : [name],
);

const flatResult = ({ cut, interval, ...row }: ResultRow): Row => ({
  ...cut,
  metric: row.metric,
  value: row.value,
  reason: row.reason ?? null,
  unit: row.unit,
  numerator: row.numerator,
  denominator: row.denominator,
  n: row.n,
  low: interval?.[0] ?? null,
  high: interval?.[1] ?? null,
  policy: row.policy,
});

/** Opened before anything is asked: a folder that is not there is a sentence, not a crash after the first page. */
const openFile = async (path: string, program: Command): Promise<WriteStream> => {
  const file = createWriteStream(path);
  try {
    await once(file, 'open');
    return file;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    return program.error(`error: the file "${path}" cannot be written: ${reason}.`, { exitCode: 2 });
  }
};

/** Page by page, each with the key where the last one ended: the same rows at every page size. */
async function* conversationPages(
  door: Door,
  base: string,
  question: Readonly<Record<string, string | readonly string[] | undefined>>,
): AsyncGenerator<ConversationPage> {
  let after: string | undefined;
  do {
    const search = searchOf({ ...question, limit: String(pageLimits.most), after });
    const page = await ask<ConversationPage>(door, 'GET', `${base}/conversations?${search}`);
    yield page;
    after = page.next ?? undefined;
  } while (after !== undefined);
}

export const addExportCommand = (program: Command, tools: Tools): void => {
  addSettings(
    addQuestion(
      program
        .command('export')
        .description('conversations, or the rows of a metric, as CSV or JSONL')
        .argument('<what>', '"conversations", or the id of a metric')
        .option('--format <format>', 'csv or jsonl', 'csv')
        .option('--json', 'the same as --format jsonl')
        .option(
          '--for-spreadsheet',
          'CSV to be opened in a spreadsheet: ids of digits stay texts, and are not rounded; programs read the plain form',
        )
        .option('--out <file>', 'a file; default: standard output'),
    ),
  ).action(async (what: string, options: Record<string, unknown>) => {
    const isJson = options.json === true || options.format === 'jsonl';
    if (!isJson && options.format !== 'csv')
      program.error(`error: there is no format "${String(options.format)}": csv or jsonl.`, { exitCode: 2 });
    if (isJson && options.forSpreadsheet === true)
      program.error('error: --for-spreadsheet is a form of CSV: leave out --json and --format jsonl.', {
        exitCode: 2,
      });
    const csv = options.forSpreadsheet === true ? spreadsheetCsv : plainCsv;
    const file = typeof options.out === 'string' ? await openFile(options.out, program) : null;
    const door = await tools.openDoor(settingsOf(options));
    const out: NodeJS.WritableStream = file ?? tools.out;
    // Kept until the next write: who reads (`| head`) may have gone while the next page was fetched.
    let broken: unknown = null;
    const keepError = (error: unknown): void => {
      broken ??= error;
    };
    out.on('error', keepError);
    const write = async (text: string) => {
      if (broken !== null) throw broken;
      if (!out.write(text)) await once(out, 'drain');
    };
    const bar = createProgressBar(
      what === 'conversations' ? 'conversations' : 'rows',
      file === null ? { write: () => true } : tools.err,
    );
    try {
      const workspace = await findWorkspace(
        door,
        typeof options.workspace === 'string' ? options.workspace : undefined,
      );
      const base = `/api/workspaces/${workspace.id}`;
      const { by, compare, ...plain } = questionIn(options);
      const days = askedSpan(plain, workspace.timezone, tools.nowMs());
      const line = (columns: readonly string[], row: Row) =>
        isJson ? `${JSON.stringify(row)}\n` : csv.line(columns.map((name) => row[name]));
      if (what === 'conversations') {
        if (!isJson) await write(csv.start + csv.line(conversationColumns));
        let done = 0;
        for await (const page of conversationPages(door, base, { ...plain, ...days })) {
          await write(page.rows.map((row) => line(conversationColumns, flatConversation(row))).join(''));
          done += page.rows.length;
          bar.show(done, page.total);
        }
      } else {
        const answer = await ask<MetricAnswer>(
          door,
          'GET',
          `${base}/metrics/${encodeURIComponent(what)}?${searchOf({ ...plain, by, compare, ...days })}`,
        );
        const rows = (answer.rows.length > 0 ? answer.rows : [{ ...answer.result, cut: {} }]).map(flatResult);
        const columns = Object.keys(rows[0] ?? {});
        if (!isJson) await write(csv.start + csv.line(columns));
        await write(rows.map((row) => line(columns, row)).join(''));
      }
    } finally {
      bar.end();
      await door.close();
      out.off('error', keepError);
      // One that failed has closed itself.
      if (file !== null && !file.destroyed) {
        file.end();
        await once(file, 'close');
      }
    }
  });
};

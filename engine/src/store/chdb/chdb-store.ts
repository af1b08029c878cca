import { createRequire } from 'node:module';
import type { Session } from 'chdb';
import { type Fragment, print } from '../../sql/fragment.ts';
import { engineError } from '../engine-error.ts';
import { insertApart } from '../insert-apart.ts';
import type { EventStore, QueryOptions } from '../port.ts';
import { parameterText } from './parameter-text.ts';
import { SessionPool } from './session-pool.ts';

const MiB = 1024 * 1024;
const readMemoryBytes = 512 * MiB;
const foldMemoryBytes = 4096 * MiB;

/** Fixed for every session: how values look in answers, and how FINAL reads. */
const sessionSettings = [
  'output_format_json_quote_64bit_integers = 1',
  'output_format_json_quote_decimals = 1',
  'output_format_json_quote_denormals = 1',
  'do_not_merge_across_partitions_select_final = 1',
  'optimize_move_to_prewhere_if_final = 1',
  "date_time_input_format = 'basic'",
  'input_format_skip_unknown_fields = 0',
  // A batch is smaller than one chunk of the parallel reader, which then only costs: a quarter of an insert's CPU.
  'input_format_parallel_parsing = 0',
  // Bound values travel in a SET statement; a list of filters may be long.
  'max_query_size = 67108864',
  // A spill would slow a question down without a word; the limit says it instead.
  'max_bytes_before_external_group_by = 0',
].join(', ');

const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

export interface ChdbWishes {
  readonly path: string;
  readonly readers?: number;
}

type ChdbModule = { readonly Session: new (path: string) => Session };

/** The library is loaded late, so that an unsupported platform gets a sentence instead of a stack. */
export const loadChdb = (): ChdbModule => createRequire(import.meta.url)('chdb') as ChdbModule;

export const openChdbStore = async ({ path, readers = 2 }: ChdbWishes): Promise<EventStore> => {
  const chdb = loadChdb();
  const open = () => new chdb.Session(path);
  const lanes = {
    read: new SessionPool(Array.from({ length: readers }, open)),
    write: new SessionPool([open()]),
    // A small fold has steps that run side by side.
    fold: new SessionPool([open(), open()]),
  };

  /** What a statement may take and what its parameters are: sent with it, for another way to the engine and back would cost as much as a small one. */
  const settingsFor = (options: QueryOptions, params: readonly string[]): string => {
    const limits = [
      `log_comment = ${quoted(options.tag)}`,
      `max_execution_time = ${options.maxSeconds ?? (options.lane === 'read' || options.lane === undefined ? 30 : 600)}`,
      `max_memory_usage = ${options.maxMemoryBytes ?? (options.lane === 'fold' ? foldMemoryBytes : readMemoryBytes)}`,
      `max_threads = ${options.maxThreads ?? 2}`,
    ];
    return `SET ${[...limits, ...params].join(', ')};\n`;
  };

  const execute = async (fragment: Fragment, options: QueryOptions, format: string): Promise<string> => {
    const { text, params } = print(fragment);
    const bound = Object.entries(params).map(([name, value]) => `param_${name} = ${parameterText(value)}`);
    try {
      const statements = settingsFor(options, bound) + text;
      return await lanes[options.lane ?? 'read'].with(async (session) => {
        try {
          return (await session.queryAsync(statements, { format })).text();
        } catch (cause) {
          // What an answer that broke off had written so far comes as the session's next answer: that is this one.
          await session.queryAsync('SELECT 1', { format: 'Null' }).catch(() => undefined);
          throw cause;
        }
      });
    } catch (cause) {
      throw engineError(cause, options.tag);
    }
  };

  const insert: EventStore['insert'] = async (table, lines, options) => {
    try {
      await lanes.write.with(async (session) => {
        await session.insert({
          table,
          values: typeof lines === 'string' ? Buffer.from(lines) : lines,
          format: 'JSONEachRow',
        });
      });
    } catch (cause) {
      throw engineError(cause, options.tag, 'insert');
    }
  };

  for (const lane of Object.values(lanes)) {
    // Each session of a lane is taken once, at the same time, so that every one gets the settings.
    await lane.each((session) => session.queryAsync(`SET ${sessionSettings}`));
  }

  return {
    kind: 'chdb',
    rows: async <Row>(statement: Fragment, options: QueryOptions): Promise<Row[]> => {
      const text = await execute(statement, options, 'JSONEachRow');
      if (text.length === 0) return [];
      return JSON.parse(`[${text.trimEnd().replaceAll('\n', ',')}]`) as Row[];
    },
    run: async (statement, options) => {
      await execute(statement, options, 'Null');
    },
    insert,
    append: async (lines) => ({
      refused: await insertApart((piece) => insert('events', piece, { tag: 'append' }), lines),
    }),
    settle: async () => undefined,
    ping: async () => {
      await execute({ parts: ['SELECT 1'] }, { tag: 'ping', maxSeconds: 5 }, 'Null');
    },
    close: async () => {
      for (const lane of Object.values(lanes)) await lane.close();
    },
  };
};

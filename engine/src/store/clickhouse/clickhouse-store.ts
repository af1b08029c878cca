import { Readable } from 'node:stream';
import { ClickHouseLogLevel, createClient } from '@clickhouse/client';
import { exitCodes } from '../../base/exit-codes.ts';
import type { Log } from '../../base/log.ts';
import { type Fragment, identifier, print, sql } from '../../sql/fragment.ts';
import { engineError } from '../engine-error.ts';
import { insertApart } from '../insert-apart.ts';
import type { EventStore, QueryOptions } from '../port.ts';
import { StoreOpenError } from '../store-error.ts';

const MiB = 1024 * 1024;
/** Older servers lack parts of the dialect: FINAL with PREWHERE moved, xxHash64 as used, JSON quoting per query. */
const oldestMajor = 24;

export interface ClickhouseWishes {
  readonly url: string;
  readonly log: Log;
}

const settingsOf = (options: QueryOptions) => ({
  log_comment: options.tag,
  max_execution_time:
    options.maxSeconds ?? (options.lane === 'read' || options.lane === undefined ? 30 : 600),
  max_memory_usage: String(options.maxMemoryBytes ?? (options.lane === 'fold' ? 4096 : 512) * MiB),
  ...(options.maxThreads === undefined ? {} : { max_threads: options.maxThreads }),
  output_format_json_quote_64bit_integers: 1 as const,
  output_format_json_quote_decimals: 1 as const,
  output_format_json_quote_denormals: 1 as const,
  do_not_merge_across_partitions_select_final: 1 as const,
  optimize_move_to_prewhere_if_final: 1 as const,
  max_query_size: String(64 * MiB),
  input_format_skip_unknown_fields: 0 as const,
  date_time_input_format: 'basic' as const,
  // The answer is sent when it is whole: an error in the middle would otherwise come after a status of 200.
  wait_end_of_query: 1 as const,
});

const bytesOf = (lines: Uint8Array | string): Buffer =>
  typeof lines === 'string'
    ? Buffer.from(lines)
    : Buffer.from(lines.buffer, lines.byteOffset, lines.byteLength);

const explainOpening = (cause: unknown): string => {
  const message = cause instanceof Error ? cause.message : String(cause);
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  // AUTHENTICATION_FAILED, REQUIRED_PASSWORD, WRONG_PASSWORD, UNKNOWN_USER
  if (['516', '194', '193', '192'].includes(code)) {
    return 'ClickHouse at BOTWORTH_CLICKHOUSE_URL refused user or password. Put them into the address: http://user:password@host:8123.';
  }
  // UNKNOWN_DATABASE
  if (code === '81') {
    return `The database that BOTWORTH_CLICKHOUSE_URL names does not exist: ${message.slice(0, 200)} Make it with CREATE DATABASE, or correct the address.`;
  }
  return `ClickHouse at BOTWORTH_CLICKHOUSE_URL does not answer: ${message.slice(0, 300)}. Check host and port (HTTP, usually 8123).`;
};

export const openClickhouseStore = async ({ url, log }: ClickhouseWishes): Promise<EventStore> => {
  const client = createClient({
    url,
    request_timeout: 600_000,
    max_open_connections: 12,
    keep_alive: { enabled: true },
    // Long values go into the body: an address longer than the server takes would be refused.
    use_multipart_params_auto: true,
    // Errors are answered or logged by us, once.
    log: { level: ClickHouseLogLevel.OFF },
  });
  const ping = async () => {
    const answer = await client.ping({ select: true });
    if (!answer.success) throw answer.error;
  };
  try {
    await ping();
    const answer = await client.query({ query: 'SELECT version() AS version', format: 'JSONEachRow' });
    const [row] = await answer.json<{ version: string }>();
    const major = Number.parseInt(row?.version ?? '0', 10);
    if (major < oldestMajor) {
      throw new StoreOpenError(
        `The ClickHouse server has version ${row?.version ?? 'unknown'}; Botworth needs ${oldestMajor}.1 or newer.`,
        exitCodes.failed,
      );
    }
    log.info({ version: row?.version }, 'Connected to ClickHouse.');
  } catch (cause) {
    await client.close();
    if (cause instanceof StoreOpenError) throw cause;
    throw new StoreOpenError(explainOpening(cause), exitCodes.failed, cause);
  }

  const parametersOf = (fragment: Fragment) => {
    const { text, params } = print(fragment);
    return {
      query: text,
      query_params: Object.fromEntries(Object.entries(params).map(([name, bound]) => [name, bound.value])),
    };
  };

  const insert: EventStore['insert'] = async (table, lines, options) => {
    try {
      // The lines are JSON already: their bytes are passed on as they are.
      const answer = await client.exec({
        query: print(sql`INSERT INTO ${identifier(table)} FORMAT JSONEachRow`).text,
        values: Readable.from([bytesOf(lines)], { objectMode: false }),
        clickhouse_settings: {
          ...settingsOf({ ...options, lane: 'write' }),
          async_insert: 0,
          input_format_parallel_parsing: 0,
        },
      });
      answer.stream.resume();
    } catch (cause) {
      throw engineError(cause, options.tag, 'insert');
    }
  };

  return {
    kind: 'clickhouse',
    rows: async <Row>(statement: Fragment, options: QueryOptions): Promise<Row[]> => {
      try {
        const answer = await client.query({
          ...parametersOf(statement),
          format: 'JSONEachRow',
          clickhouse_settings: settingsOf(options),
        });
        return await answer.json<Row>();
      } catch (cause) {
        throw engineError(cause, options.tag);
      }
    },
    run: async (statement, options) => {
      try {
        await client.command({ ...parametersOf(statement), clickhouse_settings: settingsOf(options) });
      } catch (cause) {
        throw engineError(cause, options.tag);
      }
    },
    insert,
    append: async (lines) => ({
      refused: await insertApart((piece) => insert('events', piece, { tag: 'append' }), lines),
    }),
    settle: async () => undefined,
    ping,
    close: () => client.close(),
  };
};

import type { UnsequencedRow } from '../canonical/read-message.ts';

/** What `JSON.stringify` would quote without a change: most ids, names and dates. */
const PLAIN = /^[\w\-.:/ @#,=+]*$/;
const quote = (text: string): string =>
  text.length < 64 && PLAIN.test(text) ? `"${text}"` : JSON.stringify(text);

const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
/** The engine stores UTF-8, which has no half of a surrogate pair; the JSON columns keep it as its escape. */
const wellFormed = (text: string): string => text.replace(LONE_SURROGATE, '\ufffd');

const text = (column: string, value: string): string => (value === '' ? '' : `,"${column}":${quote(value)}`);
const number = (column: string, value: number): string => (value === 0 ? '' : `,"${column}":${value}`);
const long = (column: string, value: string): string => (value === '0' ? '' : `,"${column}":${value}`);

/** In the table's order, which the engine's reader guesses next. Spelt out: a loop over names is twice as slow. */
const write = (row: UnsequencedRow): string =>
  `"workspace_id":${row.workspace_id},"thread":${row.thread},"eid":"${row.eid}","digest":${row.digest},"ts":"${row.ts}",` +
  `"received_at":"${row.received_at}"${number('code', row.code)},"name":${quote(row.name)},"event_id":${quote(row.event_id)}` +
  text('thread_id', row.thread_id) +
  long('episode_ms', row.episode_ms) +
  number('actor', row.actor) +
  number('kind', row.kind) +
  number('channel', row.channel) +
  number('job', row.job) +
  number('flags', row.flags) +
  long('key', row.key) +
  (row.ties.length === 0 ? '' : `,"ties":[${row.ties.join(',')}]`) +
  text('bot', row.bot) +
  text('bot_version', row.bot_version) +
  text('flow', row.flow) +
  text('step', row.step) +
  text('intent', row.intent) +
  `,"confidence":${row.confidence}` +
  text('goal', row.goal) +
  text('reason', row.reason) +
  text('by', row.by) +
  text('language', row.language) +
  text('device', row.device) +
  text('country', row.country) +
  text('page', row.page) +
  text('referrer', row.referrer) +
  text('source', row.source) +
  text('medium', row.medium) +
  text('campaign', row.campaign) +
  text('variant', row.variant) +
  long('continued_from', row.continued_from) +
  number('score', row.score) +
  number('scale', row.scale) +
  long('text_hash', row.text_hash) +
  text('text', row.text) +
  `,"properties":${JSON.stringify(row.properties)},"context":${JSON.stringify(row.context)},"via":${quote(row.via)}}\n`;

const clean = (row: UnsequencedRow): UnsequencedRow =>
  Object.fromEntries(
    Object.entries(row).map(([column, value]) => [
      column,
      typeof value === 'string' ? wellFormed(value) : value,
    ]),
  ) as unknown as UnsequencedRow;

/**
 * The JSONEachRow line without its head, `{"seq":…,"first":…,`, see request-lines.ts. Columns at their default are
 * left out; the engine fills them in. `mayBeMalformed`: the body had surrogates as escapes, so a lone one may be among
 * them. JSON.stringify writes that as `\\udxxx`, which the engine refuses, and the whole insert with it.
 */
export const lineTail = (row: UnsequencedRow, mayBeMalformed: boolean): string =>
  write(mayBeMalformed ? clean(row) : row);

/** The raw text may hold a lone surrogate: only an escape can write one, UTF-8 cannot. */
export const MAY_BE_MALFORMED = /\\ud[89a-f]/i;

import { channels, conversationStates, handledBy, jobs } from '@botworth/contract/dimensions';
import { type CutName, cutKinds, cutNames, type TimeGrain } from '@botworth/contract/query';
import { fail } from '../../base/app-error.ts';
import { nearest } from '../../base/nearest.ts';
import { type Fragment, raw } from '../../sql/fragment.ts';
import type { VerdictName } from '../verdicts/columns.ts';
import { fact } from '../verdicts/facts.ts';
import { stateAsOf, wordVerdicts } from '../verdicts/words.ts';

/** How a cut's value stands in a row of conversations: a number out of a closed list, or text. */
export interface CutColumn {
  readonly kind: 'closed' | 'open' | 'flag';
  readonly sql: Fragment;
  readonly needs: readonly VerdictName[];
  /** Closed cuts: the word of each code. */
  readonly words: readonly string[];
}

const closed = (sql: Fragment, words: readonly string[], needs: readonly VerdictName[] = []): CutColumn => ({
  kind: 'closed',
  sql,
  needs,
  words,
});
const enumCode = (column: string): Fragment => raw(`CAST(${column}, 'Int8')`);
const open = (column: string): CutColumn => ({ kind: 'open', sql: raw(column), needs: [], words: [] });
const flag = (sql: Fragment, needs: readonly VerdictName[] = []): CutColumn => ({
  kind: 'flag',
  sql,
  needs,
  words: ['false', 'true'],
});
/** Code 0 is "has none": a row of its own. */
const worded = (name: keyof typeof wordVerdicts): CutColumn =>
  closed(wordVerdicts[name].sql, ['none', ...wordVerdicts[name].words], wordVerdicts[name].needs);

type TimeCut = TimeGrain;
export type ValueCut = Exclude<CutName, TimeCut>;

export const cutColumns: Readonly<Record<ValueCut, CutColumn>> = {
  job: closed(raw('v_job'), jobs, ['job']),
  channel: closed(enumCode('channel'), channels),
  handled_by: closed(enumCode('handled_by'), handledBy),
  state: closed(stateAsOf.sql, conversationStates, stateAsOf.needs),
  outcome: worded('outcome'),
  resolution: worded('resolution'),
  bot: open('bot'),
  bot_version: open('bot_version'),
  flow: open('flow'),
  intent: open('intent'),
  campaign: open('campaign'),
  source: open('source'),
  medium: open('medium'),
  page: open('page'),
  device: open('device'),
  language: open('language'),
  country: open('country'),
  variant: open('variant'),
  returning: flag(fact('returning')),
  matured: flag(raw('v_matured'), ['matured']),
};

export const isTimeCut = (cut: CutName): cut is TimeCut => cutKinds[cut] === 'time';

/** What an empty text is called. */
export const unknownWord = 'unknown';

export const readCut = (name: string, code: 'unknown_cut' | 'unknown_filter'): CutName => {
  if (Object.hasOwn(cutKinds, name)) return name as CutName;
  const near = nearest(name, cutNames);
  const what = code === 'unknown_cut' ? 'cut' : 'filter';
  return fail(
    code,
    `There is no ${what} called “${name.slice(0, 80)}”${near.length === 0 ? '' : `; near it: ${near.join(', ')}`}.`,
    {
      [what]: name.slice(0, 256),
      nearest: near,
    },
  );
};

/** A value of a closed cut as its code; a word that is not on the list is an error that names the list. */
export const codeOf = (cut: ValueCut, word: string): number => {
  const { words, kind } = cutColumns[cut];
  const code = words.indexOf(word);
  if (code >= 0) return code;
  return fail('unknown_filter', `${cut} is never “${word.slice(0, 80)}”; it is one of ${words.join(', ')}.`, {
    filter: cut,
    value: word.slice(0, 256),
    nearest: kind === 'flag' ? words : nearest(word, words),
  });
};

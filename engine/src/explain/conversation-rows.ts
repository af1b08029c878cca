import type { ConversationRow } from '@botworth/contract/api';
import { conversationStates, jobs, outcomes, resolutions } from '@botworth/contract/dimensions';
import { derivedRows } from '../measure/query/derived-rows.ts';
import { type VerdictContext, type VerdictName, verdictColumns } from '../measure/verdicts/columns.ts';
import { fact } from '../measure/verdicts/facts.ts';
import { eligibilityRule, stateAsOf, wordVerdicts } from '../measure/verdicts/words.ts';
import type { Fragment } from '../sql/fragment.ts';

/** The verdicts that a row shows. */
const shownVerdicts: readonly VerdictName[] = [
  'job',
  'eligible',
  'deflected',
  'trapped',
  'matured',
  ...wordVerdicts.resolution.needs,
  ...wordVerdicts.outcome.needs,
  ...stateAsOf.needs,
];

const columns = [
  'conversation_id',
  'thread_id',
  'person',
  'started_ms',
  'ended_ms',
  'started_s',
  'ended_s',
  'conv',
  'channel',
  'bot',
  'flow',
  'job',
  'intent',
  'language',
  'country',
  'device',
  'handled_by',
  'n_user',
  'n_bot',
  'n_human',
  'n_fallback',
  'ttfua_ms',
  'csat_score',
  'csat_scale',
  'thread',
  'facts',
  'return_s',
  'handoff_reason',
  'handoff_by',
  'pickup_ms',
];

/** Rows that `readRow` reads, with these verdicts beside those that every row shows. `from` names table and condition. */
export const conversationRows = (
  context: VerdictContext,
  from: Fragment,
  more: readonly VerdictName[] = [],
): Fragment => {
  const words = [
    { name: 'v_resolution_word', sql: wordVerdicts.resolution.sql },
    { name: 'v_outcome_word', sql: wordVerdicts.outcome.sql },
    { name: 'v_state_word', sql: stateAsOf.sql },
    { name: 'v_test', sql: fact('test') },
    ...(more.length === 0 ? [] : [{ name: 'v_rule', sql: eligibilityRule.sql }]),
  ];
  const derived = [...verdictColumns([...shownVerdicts, ...more], context), ...words];
  return derivedRows(derived, columns, from);
};

export interface StoredRow {
  readonly [column: string]: unknown;
}

const text = (value: unknown): string => String(value ?? '');
const number = (value: unknown): number => Number(value ?? 0);
/** A hash of 64 bits: with letters before it no spreadsheet takes it for a number and rounds it. */
const personId = (hash: string): string => `p_${hash}`;
const never = 4_294_967_295;

export const readRow = (row: StoredRow): ConversationRow => {
  const answerMs = number(row.ttfua_ms);
  const scale = number(row.csat_scale);
  const resolution = number(row.v_resolution_word);
  return {
    id: text(row.conversation_id),
    thread_id: text(row.thread_id),
    person: personId(text(row.person)),
    started_at: new Date(number(row.started_ms)).toISOString(),
    ended_at: new Date(number(row.ended_ms)).toISOString(),
    // Not the stored duration, whose milliseconds end after 49.7 days.
    duration_seconds: Math.max(0, number(row.ended_ms) - number(row.started_ms)) / 1000,
    channel: text(row.channel),
    bot: text(row.bot),
    flow: text(row.flow),
    job: jobs[number(row.v_job)] ?? 'unknown',
    intent: text(row.intent),
    language: text(row.language),
    country: text(row.country),
    device: text(row.device),
    handled_by: text(row.handled_by),
    state: conversationStates[number(row.v_state_word)] ?? 'opened',
    resolution: resolution === 0 ? null : (resolutions[resolution - 1] ?? null),
    outcome: outcomes[number(row.v_outcome_word) - 1] ?? 'open',
    eligible: number(row.v_eligible) === 1,
    deflected: number(row.v_deflected) === 1,
    trapped: number(row.v_trapped) === 1,
    matured: number(row.v_matured) === 1,
    visitor_turns: number(row.n_user),
    bot_turns: number(row.n_bot),
    human_turns: number(row.n_human),
    fallbacks: number(row.n_fallback),
    first_answer_seconds: answerMs === never ? null : answerMs / 1000,
    csat: scale === 0 ? null : { score: number(row.csat_score) / 100, scale },
    test: number(row.v_test) === 1,
    ...(row.contribution === undefined ? {} : { contribution: number(row.contribution) }),
  };
};

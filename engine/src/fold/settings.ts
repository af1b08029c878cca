import { channels } from '@botworth/contract/dimensions';
import type { PolicyDocument } from '@botworth/contract/policy';
import { intentByName, intentKey } from '@botworth/contract/taxonomy';
import { z } from 'zod';

/**
 * What decides how events become rows. All else in the policy is applied when a question is asked. A change
 * here rebuilds the workspace's rows.
 */
export interface FoldSettings {
  /** IANA zone of the workspace's days. */
  readonly zone: string;
  /** By channel code. */
  readonly gapMs: readonly number[];
  /** Under it an intent was not recognised; an intent sent without a confidence was. */
  readonly minConfidence: number;
  /** Platform name → our intent, before the taxonomy's own names and aliases. */
  readonly intentMap: Readonly<Record<string, string>>;
  /** Flow → its own goal, before the guess of its name: which flow a conversation is of depends on it. */
  readonly flowGoals: Readonly<Record<string, string>>;
  /** A key tied to more strong keys than this is no tie. */
  readonly identityCap: number;
}

const MINUTE_MS = 60_000;
const IDENTITY_CAP = 10;

export const foldSettings = (policy: PolicyDocument, workspaceZone: string): FoldSettings => {
  const gaps = policy.windows.episode_gap_minutes;
  return {
    zone: policy.reporting.zone === '<workspace>' ? workspaceZone : policy.reporting.zone,
    // A source that never says its channel is read like any other that we have no gap for.
    gapMs: channels.map((channel) => Math.round(gaps[channel === 'unknown' ? 'other' : channel] * MINUTE_MS)),
    minConfidence: policy.intent.min_confidence,
    intentMap: policy.intent.map,
    flowGoals: policy.goals,
    identityCap: IDENTITY_CAP,
  };
};

/** Counted up whenever the same events make other rows than before: rows that an earlier program folded are made anew. */
const ROWS_EDITION = 3;

const inOrder = (names: Readonly<Record<string, string>>): readonly (readonly [string, string])[] =>
  Object.entries(names).sort(([left], [right]) => (left < right ? -1 : 1));

/** Equal text = the same rows: what a mark remembers of the settings that its rows were folded with. */
export const settingsText = (settings: FoldSettings): string =>
  JSON.stringify({
    ...settings,
    rows: ROWS_EDITION,
    intentMap: inOrder(settings.intentMap),
    flowGoals: inOrder(settings.flowGoals),
  });

const entries = z.array(z.tuple([z.string(), z.string()])).transform((pairs) => Object.fromEntries(pairs));

const writtenSettings = z.object({
  zone: z.string(),
  gapMs: z.array(z.number()),
  minConfidence: z.number(),
  intentMap: entries,
  // Rows of the editions before the third were folded without.
  flowGoals: entries.default({}),
  identityCap: z.number(),
});

/** Of a mark: what its rows were folded with, whatever the policy says since. */
export const readSettingsText = (text: string): FoldSettings => writtenSettings.parse(JSON.parse(text));

/** '' = not recognised. A name that nobody knows stands for itself. */
export const mapIntent = (settings: Pick<FoldSettings, 'intentMap'>, sent: string): string => {
  if (sent === '') return '';
  const key = intentKey(sent);
  const map = settings.intentMap;
  const named = Object.hasOwn(map, sent)
    ? map[sent]
    : Object.entries(map).find(([name]) => intentKey(name) === key)?.[1];
  const ours = named ?? sent;
  const known = intentByName.get(intentKey(ours)) ?? ours;
  return known === 'unknown' ? '' : known;
};

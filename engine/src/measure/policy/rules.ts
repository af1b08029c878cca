import type { PolicyVersion } from '@botworth/contract/api';
import { channels } from '@botworth/contract/dimensions';
import type { PolicyDocument } from '@botworth/contract/policy';
import { taxonomy } from '@botworth/contract/taxonomy';
import type { WeekStart } from '../../base/zone.ts';
import type { Workspace } from '../../store/port.ts';

/** A policy version as the measure reads it: windows in seconds, lists ready to bind, nothing left to look up. */
export interface Rules {
  readonly version: number;
  readonly zone: string;
  readonly weekStart: WeekStart;
  readonly minN: number;
  readonly returnWindowS: number;
  readonly minVisitorTurns: number;
  readonly fallbackGrain: 'turn' | 'session';
  readonly trappedFallbacks: number;
  /** Longest scale last; `from` is the lowest positive score × 100, as rows carry scores. */
  readonly csat: readonly { readonly scale: number; readonly from: number }[];
  readonly eligibleIntents: readonly string[];
  readonly excludedIntents: readonly string[];
  /** Intents that make a conversation a support conversation where nothing else says so. */
  readonly supportIntents: readonly string[];
  /** Seconds of silence that close a conversation, by channel code. */
  readonly gapS: readonly number[];
  readonly flowGoals: PolicyDocument['goals'];
  readonly flowJobs: PolicyDocument['jobs'];
  readonly launchedOn: Readonly<Record<string, string>>;
}

const taxonomySupport = taxonomy.filter(({ job }) => job === 'support').map(({ id }) => id);
/** Rows hold a scale up to 254; 255 stands for any longer one. */
const longestScale = 254;

const workspaceZone = (document: PolicyDocument, workspace: Pick<Workspace, 'timezone'>): string =>
  document.reporting.zone === '<workspace>' ? workspace.timezone : document.reporting.zone;

export const readRules = (workspace: Workspace, { version, document }: PolicyVersion): Rules => {
  const { eligibility, windows, surveys, reporting } = document;
  const gaps: Readonly<Record<string, number>> = windows.episode_gap_minutes;
  return {
    version,
    zone: workspaceZone(document, workspace),
    weekStart: reporting.week_start,
    minN: reporting.min_n,
    returnWindowS: Math.round(windows.return_contact_hours * 3600),
    minVisitorTurns: document.engaged.min_visitor_turns,
    fallbackGrain: document.fallback.grain,
    trappedFallbacks: document.trapped.fallbacks,
    csat: Object.entries(surveys.csat.positive_from)
      .map(([scale, from]) => ({ scale: Number(scale), from: Math.round(from * 100) }))
      .filter(({ scale, from }) => scale >= 1 && scale <= longestScale && from >= 0 && from <= 65_000)
      .sort((one, other) => one.scale - other.scale),
    eligibleIntents: eligibility.intents,
    excludedIntents: eligibility.exclude,
    supportIntents: [...new Set([...taxonomySupport, ...eligibility.intents, ...eligibility.exclude])],
    gapS: channels.map((channel) => Math.round((gaps[channel] ?? gaps.other ?? 30) * 60)),
    flowGoals: document.goals,
    flowJobs: document.jobs,
    launchedOn: Object.fromEntries(
      Object.entries(document.bots).flatMap(([bot, { launched_on }]) =>
        launched_on === null ? [] : [[bot, launched_on]],
      ),
    ),
  };
};

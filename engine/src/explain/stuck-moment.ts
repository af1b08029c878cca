import type { FoldedEpisode } from '../fold/read-episode.ts';
import type { Rules } from '../measure/policy/rules.ts';
import type { EpisodeEvent } from './conversation-events.ts';

/** The moment at which the visitor got stuck, as the fold finds it: the earliest of the three ways to get there. */
export const stuckMoment = (
  episode: Pick<FoldedEpisode, 'firstAsk' | 'firstRepeat' | 'fallbacks'> | null,
  events: readonly EpisodeEvent[],
  rules: Pick<Rules, 'trappedFallbacks'>,
): { readonly because: string; readonly event: EpisodeEvent } | null => {
  if (episode === null) return null;
  const ways = [
    ['asked_for_a_person', episode.firstAsk],
    ['repeated_a_message', episode.firstRepeat],
    ['too_many_fallbacks', episode.fallbacks[rules.trappedFallbacks - 1] ?? 0n],
  ] as const;
  const [because, key] = ways
    .filter(([, one]) => one !== 0n)
    .reduce<readonly [string, bigint]>(
      (first, one) => (first[1] === 0n || one[1] < first[1] ? one : first),
      ['', 0n],
    );
  const event = events.find(({ orderKey, joined }) => joined === 'thread' && orderKey === key);
  return key === 0n || event === undefined ? null : { because, event };
};

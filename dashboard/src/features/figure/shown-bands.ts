import type { Result } from '@botworth/contract/result';

/** Bands that are worth a shade behind the line; what lies below or above them is the rest of the plot. */
const shaded: ReadonlySet<string> = new Set([
  'meaningful',
  'strong',
  'very_good_or_check',
  'in_band',
  'upper_edge',
  'early',
  'normal',
  'useful',
  'broad_flows',
  'narrow_flows',
  'support',
]);
const main: ReadonlySet<string> = new Set(['strong', 'in_band', 'normal', 'support', 'broad_flows']);

type Edge = NonNullable<Result['band']>['edges'][number];

export interface ShownBand extends Edge {
  readonly isMain: boolean;
}

export const shownBands = (band: Result['band']): readonly ShownBand[] =>
  (band?.edges ?? [])
    .filter(({ name }) => shaded.has(name))
    .map((edge) => ({ ...edge, isMain: main.has(edge.name) }));

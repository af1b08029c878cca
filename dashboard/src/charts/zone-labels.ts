import type { SparkPoint, SparkScale } from './spark-scale.ts';

export interface Zone {
  /** Percent of the plot's height. */
  readonly top: number;
  readonly foot: number;
}

export interface ZoneLabel {
  readonly block: 'top' | 'foot';
  readonly inline: 'start' | 'end';
}

interface Box {
  readonly top: number;
  readonly foot: number;
}

const overlaps = (one: Box, other: Box): boolean => one.top < other.foot && other.top < one.foot;

/** A label takes so much of the plot's width, and stands over the weeks below it. */
const LABEL_WIDTH = 0.45;

const spots: readonly ZoneLabel[] = [
  { block: 'top', inline: 'start' },
  { block: 'foot', inline: 'start' },
  { block: 'foot', inline: 'end' },
  { block: 'top', inline: 'end' },
];

/** Where ribbon and line lie over a part of the weeks. */
const inkOver = (points: readonly SparkPoint[], scale: SparkScale, inline: ZoneLabel['inline']): Box[] => {
  const width = Math.max(1, Math.ceil(points.length * LABEL_WIDTH));
  const part = inline === 'start' ? points.slice(0, width) : points.slice(-width);
  return part.flatMap(({ value, interval }) =>
    value === null
      ? []
      : [{ top: scale.at(interval?.[1] ?? value) - 2, foot: scale.at(interval?.[0] ?? value) + 2 }],
  );
};

/**
 * A free corner of each zone for its name: clear of the ribbon, of the dashed target and of other names. Without
 * one the name is left out: the card says the band in words as well.
 */
export const zoneLabels = (
  zones: readonly Zone[],
  points: readonly SparkPoint[],
  scale: SparkScale,
  targetAt: number | null,
  textHeight: number,
): readonly (ZoneLabel | null)[] => {
  const ink = { start: inkOver(points, scale, 'start'), end: inkOver(points, scale, 'end') };
  const line = targetAt === null ? [] : [{ top: targetAt - 1, foot: targetAt + 1 }];
  const taken: { readonly box: Box; readonly inline: ZoneLabel['inline'] }[] = [];
  return zones.map((zone) => {
    if (zone.foot - zone.top < textHeight) return null;
    const free = spots.find(({ block, inline }) => {
      const box =
        block === 'top'
          ? { top: zone.top, foot: zone.top + textHeight }
          : { top: zone.foot - textHeight, foot: zone.foot };
      const others = taken.filter((other) => other.inline === inline).map((other) => other.box);
      if ([...ink[inline], ...line, ...others].some((other) => overlaps(box, other))) return false;
      taken.push({ box, inline });
      return true;
    });
    return free ?? null;
  });
};

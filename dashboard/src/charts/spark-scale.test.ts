import { describe, expect, it } from 'vitest';
import { dodge } from './dodge.ts';
import { runsOf, type SparkPoint, sparkPaths, sparkScale } from './spark-scale.ts';
import { zoneLabels } from './zone-labels.ts';

const point = (value: number | null, half = 0.02, isUnripe = false): SparkPoint => ({
  week: '2026-04-27',
  value,
  interval: value === null ? null : [value - half, value + half],
  isUnripe,
});

describe('the scale of a small line', () => {
  it('holds ribbon and target', () => {
    const scale = sparkScale([point(0.4), point(0.5)], [0.6], true);
    expect(scale.low).toBeLessThan(0.38);
    expect(scale.high).toBeGreaterThan(0.6);
    expect(scale.at(0.5)).toBeGreaterThan(0);
    expect(scale.at(0.5)).toBeLessThan(100);
  });

  it('shows no room below 0 or, for a rate, above 1', () => {
    const scale = sparkScale([point(0.001), point(0.999)], [], true);
    expect(scale.low).toBe(0);
    expect(scale.high).toBe(1);
  });

  it('is not flattened by one week of few conversations', () => {
    const calm = Array.from({ length: 12 }, () => point(0.4));
    const wild = point(0.4, 0.4);
    expect(sparkScale([...calm, wild], [], true).high).toBeLessThan(0.5);
  });

  it('survives no points and equal points', () => {
    expect(sparkScale([], [], true).at(0.5)).toBeGreaterThanOrEqual(0);
    expect(Number.isFinite(sparkScale([point(0.4, 0)], [], true).at(0.4))).toBe(true);
  });
});

describe('the line', () => {
  it('breaks where a week has no value', () => {
    expect(runsOf([point(0.1), point(null), point(0.2), point(0.3)])).toEqual([[0], [2, 3]]);
  });

  it('is dotted from the last ripe week on', () => {
    const points = [point(0.4), point(0.42), point(0.44, 0.02, true)];
    const paths = sparkPaths(points, sparkScale(points, [], true));
    expect(paths.line.match(/L/g)).toHaveLength(1);
    expect(paths.unripe.match(/L/g)).toHaveLength(1);
  });

  it('has a ribbon only where both ends are known', () => {
    const points: SparkPoint[] = [
      point(0.4),
      { ...point(0.4), interval: [0.3, null] },
      { ...point(0.4), interval: null },
    ];
    expect(sparkPaths(points, sparkScale(points, [], true)).ribbon).toBe('');
  });
});

describe('labels', () => {
  it('never cover each other and stay inside', () => {
    const placed = dodge([50, 52, 98, 99], 17);
    const sorted = placed.toSorted((a, b) => a - b);
    for (let at = 1; at < sorted.length; at += 1)
      expect((sorted[at] ?? 0) - (sorted[at - 1] ?? 0)).toBeGreaterThanOrEqual(16.99);
    expect(Math.max(...placed)).toBeLessThanOrEqual(100);
  });

  it('stay where they want to be when there is room', () => {
    expect(dodge([10, 60], 17)).toEqual([10, 60]);
  });

  it('of a zone dodge the ribbon, and are left out where there is no room', () => {
    const points = Array.from({ length: 10 }, () => point(0.5, 0.05));
    const scale = { low: 0, high: 1, at: (value: number) => (1 - value) * 100 };
    const zones = [
      { top: 0, foot: 100 },
      { top: 40, foot: 60 },
      { top: 90, foot: 95 },
    ];
    const [free, covered, thin] = zoneLabels(zones, points, scale, null, 15);
    expect(free).toEqual({ block: 'top', inline: 'start' });
    expect(covered).toBeNull();
    expect(thin).toBeNull();
  });
});

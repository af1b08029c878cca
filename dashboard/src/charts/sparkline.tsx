import type { ReactNode } from 'react';
import { dodge } from './dodge.ts';
import { type SparkPoint, sparkPaths, sparkScale } from './spark-scale.ts';
import { zoneLabels } from './zone-labels.ts';
import './sparkline.css';

export interface SparkBand {
  readonly name: string;
  readonly low: number | null;
  readonly high: number | null;
  /** The band to be in, where there are several. */
  readonly isMain: boolean;
}

export interface SparkTick {
  readonly text: string;
  /** Place among the points. */
  readonly at: number;
}

export interface SparklineProps {
  readonly points: readonly SparkPoint[];
  readonly bands: readonly SparkBand[];
  readonly target: { readonly value: number; readonly label: ReactNode } | null;
  readonly isRate: boolean;
  /** The value at the end of the line, printed beside it. */
  readonly now: ReactNode;
  readonly ticks: readonly SparkTick[];
  /** The sentence that stands for the picture. */
  readonly label: string;
}

/** Percent of the plot's height that one line of small text takes. */
const TEXT_HEIGHT = 17;

/** Line with its ribbon, bands behind, target dashed. The drawing stretches; all words are text above it. */
export const Sparkline = ({ points, bands, target, isRate, now, ticks, label }: SparklineProps) => {
  const last = points.findLastIndex(({ value }) => value !== null);
  const lastPoint = points[last];
  const scale = sparkScale(points, target ? [target.value] : [], isRate);
  const paths = sparkPaths(points, scale);
  const x = (at: number): number => (points.length > 1 ? (at / (points.length - 1)) * 100 : 100);
  const nowAt = lastPoint?.value != null ? scale.at(lastPoint.value) : null;
  const targetAt = target ? scale.at(target.value) : null;
  const wanted = [nowAt, targetAt].filter((at) => at !== null);
  const placed = dodge(wanted, TEXT_HEIGHT, 4, 96);
  const zones = bands
    .map((band) => ({
      ...band,
      top: scale.at(band.high ?? scale.high),
      foot: scale.at(band.low ?? scale.low),
    }))
    .filter(({ top, foot }) => foot - top > 1);
  const labels = zoneLabels(zones, points, scale, targetAt, TEXT_HEIGHT);
  return (
    <div className="spark" role="img" aria-label={label}>
      <div className="plot">
        {zones.map((zone, index) => {
          const label = labels[index];
          return (
            <div
              key={zone.name}
              className={zone.isMain ? 'zone main' : 'zone'}
              style={{ insetBlockStart: `${zone.top}%`, blockSize: `${zone.foot - zone.top}%` }}
            >
              {label ? (
                <span className={`zone-name at-${label.block} at-${label.inline}`}>{zone.name}</span>
              ) : null}
            </div>
          );
        })}
        <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
          <path className="ribbon" d={paths.ribbon} />
          {targetAt === null ? null : <path className="target" d={`M0 ${targetAt}H100`} />}
          <path className="line" d={paths.line} />
          <path className="line unripe" d={paths.unripe} />
        </svg>
        {nowAt === null ? null : (
          <span
            className={lastPoint?.isUnripe ? 'dot open' : 'dot'}
            style={{ insetBlockStart: `${nowAt}%`, insetInlineStart: `${x(last)}%` }}
          />
        )}
      </div>
      <div className="gutter">
        {nowAt === null ? null : (
          <span className="end-label now" style={{ insetBlockStart: `${placed[0] ?? nowAt}%` }}>
            <b>{now}</b>
          </span>
        )}
        {target === null || targetAt === null ? null : (
          <span className="end-label target" style={{ insetBlockStart: `${placed.at(-1) ?? targetAt}%` }}>
            {target.label}
          </span>
        )}
      </div>
      <div className="ticks">
        {ticks.map(({ text, at }, index) => (
          <span
            key={`${text}${at}`}
            className={at === 0 || index === ticks.length - 1 ? 'begins' : undefined}
            style={{ insetInlineStart: `${x(at)}%` }}
          >
            <bdi className="n">{text}</bdi>
          </span>
        ))}
      </div>
    </div>
  );
};

import { bind, type Fragment, raw, sql } from '../../sql/fragment.ts';
import { offsetsOver } from './local-time.ts';
import type { Question } from './resolve.ts';
import { stepOf } from './time-axis.ts';

/**
 * Local seconds of a row's start: UTC plus the zone's offset, which steps at each change of the clocks. Plain numbers
 * instead of the engine's zone functions, which are several times slower and know zones of their own age.
 */
export const localSeconds = ({ rules, now, before }: Question): Fragment => {
  const fromS = Math.min(now.startS, before?.startS ?? now.startS);
  const [first, ...changes] = offsetsOver(rules.zone, fromS, now.endS);
  let previous = first?.offsetS ?? 0;
  let seconds = sql`toInt64(started_s) + ${bind('Int32', previous)}`;
  for (const { fromS: atS, offsetS } of changes) {
    seconds = sql`${seconds} + (started_s >= ${bind('UInt32', atS)}) * ${bind('Int32', offsetS - previous)}`;
    previous = offsetS;
  }
  return seconds;
};

/** Place of a row's bucket on the axis of its own period, so that buckets of both periods meet by number. */
export const bucketIndex = ({ axis, axisBefore }: Question): Fragment => {
  if (axis === null) return raw('0');
  const origin =
    axisBefore === null
      ? sql`${bind('Int64', axis.originS)}`
      : sql`(${bind('Int64', axis.originS)} + v_period * ${bind('Int64', axisBefore.originS - axis.originS)})`;
  if (axis.grain !== 'month')
    return sql`toUInt32(intDiv(v_local - ${origin}, ${raw(String(stepOf(axis.grain)))}))`;
  const day = sql`intDiv(v_local - ${origin}, 86400) + 1`;
  const ofNow = sql`arrayElement(${bind('Array(UInt16)', axis.bucketOfDay ?? [])}, ${day})`;
  if (axisBefore === null) return sql`toUInt32(${ofNow})`;
  const ofBefore = sql`arrayElement(${bind('Array(UInt16)', axisBefore.bucketOfDay ?? [])}, ${day})`;
  return sql`toUInt32(if(v_period = 1, ${ofBefore}, ${ofNow}))`;
};

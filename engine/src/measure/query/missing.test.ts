import type { EventName } from '@botworth/contract/vocabulary';
import { describe, expect, test } from 'vitest';
import { metricOf } from '../catalogue/catalogue.ts';
import { missingFor } from './missing.ts';

const nothing = { value: null, numerator: 0, n: 0, reason: 'no_data' } as const;
const cell = { withoutKind: 0, unlistedScales: new Map<number, number>() };

const of = (metric: string, judged: Parameters<typeof missingFor>[1], ...arrived: readonly EventName[]) => {
  const { unmeasurable, list } = missingFor(metricOf(metric), judged, cell, {
    has: (event) => arrived.includes(event),
  });
  return [unmeasurable, list.map(({ event }) => event)];
};

describe('a figure without units', () => {
  test.each(['deflection_rate', 'resolution_rate', 'handoff_rate'])(
    '%s is not measurable while no reply of a bot ever came, and asks for one',
    (metric) => {
      expect(of(metric, nothing, 'message_sent')).toEqual([true, ['message_replied']]);
      expect(of(metric, nothing)).toEqual([true, ['message_sent', 'message_replied']]);
    },
  );

  test('has no data once all that a unit is made of has come', () => {
    expect(of('deflection_rate', nothing, 'message_sent', 'message_replied')).toEqual([false, []]);
    expect(of('deflection_rate', nothing, 'option_selected', 'bot_fallback')).toEqual([false, []]);
  });

  test('names what its unit lacks before what its numerator lacks, each once', () => {
    expect(of('trapped_rate', nothing, 'chat_opened')).toEqual([
      true,
      ['message_sent', 'message_replied', 'bot_fallback', 'human_requested'],
    ]);
    expect(of('knowledge_gap_rate', nothing, 'message_sent')).toEqual([
      true,
      ['message_replied', 'knowledge_gap', 'bot_fallback'],
    ]);
  });

  test('that waits for its window lacks nothing', () => {
    expect(of('deflection_rate', { ...nothing, reason: 'not_matured' })).toEqual([false, []]);
  });
});

test('ratings of which nobody says who was asked are counted as missing, whatever other conversations say', () => {
  const rated = { value: 0.5, numerator: 2, n: 4, reason: null };
  const listed = (asked: Parameters<typeof missingFor>[4]) =>
    missingFor(metricOf('csat'), rated, cell, { has: () => true }, asked).list.map(({ why }) => why);
  expect(listed({ asked: 9, rated: 4 })).toEqual([]);
  expect(listed({ asked: 9, rated: 1 })).toEqual([expect.stringContaining('3 of 4 rated conversations')]);
  expect(listed({ asked: 0, rated: 0 })).toEqual([expect.stringContaining('answered / ended')]);
});

test('a numerator of zero is not measurable while what it counts was never sent', () => {
  const zero = { value: 0, numerator: 0, n: 40, reason: null };
  expect(of('knowledge_gap_rate', zero, 'message_sent', 'message_replied')).toEqual([
    true,
    ['knowledge_gap', 'bot_fallback'],
  ]);
  expect(of('knowledge_gap_rate', zero, 'message_sent', 'message_replied', 'bot_fallback')).toEqual([
    false,
    [],
  ]);
});

import { expect, test } from 'vitest';
import { eventCode, eventNames, isEventName, vocabulary } from './vocabulary.ts';

test('every event has a code of its own that fits a byte', () => {
  const codes = eventNames.map((name) => vocabulary[name].code);
  expect(new Set(codes).size).toBe(codes.length);
  for (const code of codes) {
    expect(code).toBeGreaterThan(0);
    expect(code).toBeLessThan(256);
  }
});

test('a name that is not canonical has code 0, inherited names included', () => {
  expect(eventCode('constructor')).toBe(0);
  expect(isEventName('toString')).toBe(false);
  expect(eventCode('Message Sent')).toBe(0);
});

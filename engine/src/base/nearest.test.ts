import { expect, test } from 'vitest';
import { nearest } from './nearest.ts';

test('a slip of the finger finds the name that was meant', () => {
  const names = ['deflection_rate', 'resolution_rate', 'handoff_rate', 'csat'];
  expect(nearest('deflecton_rate', names)[0]).toBe('deflection_rate');
  expect(nearest('handof', names)[0]).toBe('handoff_rate');
  expect(nearest('CSTA', names)[0]).toBe('csat');
});

test('nothing is offered for what is like nothing', () => {
  expect(nearest('x'.repeat(1_000_000), ['csat'])).toEqual([]);
  expect(nearest('zzzzzzzz', ['csat', 'ces'])).toEqual([]);
});

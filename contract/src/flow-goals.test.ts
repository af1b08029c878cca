import { expect, test } from 'vitest';
import { flowGoals, guessFlowGoal } from './flow-goals.ts';

test.each([
  ['FAQ bot', 'faq'],
  ['track-my-order', 'order_tracking'],
  ['sales_call', 'demo'],
  ['Gift finder', 'product_finder'],
  ['zzz', undefined],
])('the flow %s is guessed as %s', (flow, type) => {
  expect(guessFlowGoal(flow)?.type).toBe(type);
});

test.each(flowGoals.map(({ type }) => type))(
  'a flow called by the name of its kind is that kind: %s',
  (type) => {
    expect(guessFlowGoal(type)?.type).toBe(type);
  },
);

test('every kind of flow can be recognised by each of its parts or by an earlier kind', () => {
  for (const kind of flowGoals) {
    for (const part of kind.match) {
      const guess = guessFlowGoal(part);
      expect(guess && flowGoals.indexOf(guess)).toBeLessThanOrEqual(flowGoals.indexOf(kind));
    }
  }
});

import { expect, it } from 'vitest';
import { callFor } from './missing-words.tsx';

it('the call that is offered for a rating carries what a rating is refused without', () => {
  expect(callFor('csat_submitted')).toContain('properties: { conversation_id, score: 4, scale: 5 }');
});

it('the call that is offered for an event without parts of its own names its conversation', () => {
  expect(callFor('chat_impression')).toContain('properties: { conversation_id }');
});

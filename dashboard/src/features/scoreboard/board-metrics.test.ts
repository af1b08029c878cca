import { expect, it } from 'vitest';
import { boardMetrics } from './board-metrics.ts';

it('the support board has its twelve metrics, engagement among them until leads have a board', () => {
  expect([...boardMetrics].sort()).toEqual([
    'bounce_rate',
    'csat',
    'deflection_rate',
    'engagement_rate',
    'fallback_rate',
    'goal_completion_rate',
    'handoff_rate',
    'knowledge_gap_rate',
    'resolution_rate',
    'session_length',
    'time_to_first_useful_answer',
    'trapped_rate',
  ]);
});

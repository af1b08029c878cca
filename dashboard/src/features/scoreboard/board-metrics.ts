/** First what came of it, then how, then what surrounds it. */
export const boardMetrics = [
  'deflection_rate',
  'resolution_rate',
  'csat',
  'fallback_rate',
  'handoff_rate',
  'time_to_first_useful_answer',
  'engagement_rate',
  'goal_completion_rate',
  'knowledge_gap_rate',
  'bounce_rate',
  'trapped_rate',
  'session_length',
] as const;

export const JOB = 'support';
export const TREND_WEEKS = 26;

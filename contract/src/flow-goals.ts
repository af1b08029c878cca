/** A kind of flow: how its name is recognised, what it is hired for, and what counts as reaching its goal. */
export interface FlowGoal {
  readonly type: string;
  /** Parts of a flow's name, lower case; the first kind with a part that occurs in the name is the guess. */
  readonly match: readonly string[];
  readonly job: 'support' | 'lead' | 'booking' | 'sales';
  readonly goal: string;
  /** In words; the expression that counts it stands in the measure. */
  readonly countsWhen: string;
  /** Share of started conversations that reach the goal; null = no published band, an open end is null. */
  readonly band: readonly [low: number, high: number | null] | null;
}

export const flowGoals: readonly FlowGoal[] = [
  {
    type: 'faq',
    match: ['faq', 'help', 'support'],
    job: 'support',
    goal: 'issue_answered',
    countsWhen: 'resolution in (confirmed, assumed)',
    band: [0.2, 0.4],
  },
  {
    type: 'order_tracking',
    match: ['track', 'order'],
    job: 'support',
    goal: 'order_status_delivered',
    countsWhen: 'bot_goal_completed or useful answer on order_status',
    band: [0.4, null],
  },
  {
    type: 'returns',
    match: ['return', 'exchange'],
    job: 'support',
    goal: 'return_answered_or_started',
    countsWhen: 'bot_goal_completed or useful answer on return_policy',
    band: [0.4, null],
  },
  {
    type: 'triage',
    match: ['route', 'triage', 'menu'],
    job: 'support',
    goal: 'handed_to_right_team',
    countsWhen: 'human reply after handoff with an intent set',
    band: null,
  },
  {
    type: 'lead_capture',
    match: ['lead', 'contact', 'newsletter'],
    job: 'lead',
    goal: 'contact_captured',
    countsWhen: 'lead_captured_chat',
    band: [0.2, 0.4],
  },
  {
    type: 'quote',
    match: ['quote', 'estimate'],
    job: 'lead',
    goal: 'quote_requested',
    countsWhen: 'bot_goal_completed:quote_requested',
    band: [0.4, null],
  },
  {
    type: 'demo',
    match: ['demo', 'sales_call'],
    job: 'booking',
    goal: 'meeting_booked',
    countsWhen: 'meeting_booked, not cancelled',
    band: [0.4, null],
  },
  {
    type: 'appointment',
    match: ['book', 'appointment', 'reserv'],
    job: 'booking',
    goal: 'meeting_booked',
    countsWhen: 'meeting_booked, not cancelled',
    band: [0.4, null],
  },
  {
    type: 'product_finder',
    match: ['finder', 'recommend', 'gift', 'style'],
    job: 'sales',
    goal: 'product_chosen',
    countsWhen: 'option_selected:product or product link opened',
    band: [0.2, 0.4],
  },
  {
    type: 'checkout_help',
    match: ['checkout', 'cart'],
    job: 'sales',
    goal: 'order_completed',
    countsWhen: 'order_completed within 24 h',
    band: null,
  },
  {
    type: 'feature_onboarding',
    match: ['onboard', 'tour'],
    job: 'sales',
    goal: 'first_use',
    countsWhen: 'bot_goal_completed:first_use',
    band: [0.4, null],
  },
];

/** The kind that a flow's name suggests; a guess, which the policy's `goals` and `jobs` overrule. */
export const guessFlowGoal = (flow: string): FlowGoal | undefined => {
  const name = flow.toLowerCase();
  // A kind called by its own name is that kind: "checkout_help" is no help page, though "help" occurs in it.
  return (
    flowGoals.find(({ type }) => type === name) ??
    flowGoals.find(({ match }) => match.some((part) => name.includes(part)))
  );
};

/** The flow's own goal: the policy's, else the guess of its name; null = none. */
export const goalOfFlow = (flow: string, goals: Readonly<Record<string, string>>): string | null =>
  Object.hasOwn(goals, flow)
    ? (goals[flow] ?? null)
    : flow === ''
      ? null
      : (guessFlowGoal(flow)?.goal ?? null);

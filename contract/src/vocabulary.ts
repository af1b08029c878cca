/**
 * The canonical events: one flat list, boring on purpose. The code is what a stored row carries
 * (UInt8), so a code is never reused and never changes its meaning. 0 is "a name nobody mapped yet".
 */

/** What an event can do to the cutting of a thread into conversations. */
export type EventRole =
  /** A visitor, bot or human spoke or chose: makes or extends an episode. */
  | 'turn'
  /** The chat was opened: makes or extends an episode. */
  | 'opening'
  /** The platform said that the session ended: ends the episode. */
  | 'session_end'
  /** Happened inside a conversation, but never opens one. */
  | 'inside'
  /** Ratings and surveys: join the conversation they name, else the thread's, else the person's. */
  | 'feedback'
  /** Leads, meetings, tickets, orders: join like feedback. */
  | 'business'
  /** What the bot's work cost. */
  | 'cost'
  /** Seen before the chat: pages, impressions, forms. */
  | 'exposure'
  /** Ties or unties a person's keys. */
  | 'identity';

export interface EventDefinition {
  readonly code: number;
  readonly role: EventRole;
  /** Who acts when the sender does not say. Where several may, none is assumed and the kind decides. */
  readonly actor: 'visitor' | 'bot' | 'human' | 'system';
  readonly meaning: string;
  /** Properties that the fold or a metric reads, each with what it holds. */
  readonly reads?: Readonly<Record<string, string>>;
}

const define = (
  code: number,
  role: EventRole,
  actor: EventDefinition['actor'],
  meaning: string,
  reads?: Readonly<Record<string, string>>,
): EventDefinition =>
  reads === undefined ? { code, role, actor, meaning } : { code, role, actor, meaning, reads };

export const vocabulary = {
  page_viewed: define(1, 'exposure', 'visitor', 'A page was shown.', { page: 'path of the page' }),
  chat_impression: define(2, 'exposure', 'system', 'The widget was really shown to a visitor.'),
  chat_opened: define(3, 'opening', 'visitor', 'The chat was opened.', { by: 'visitor or widget' }),
  chat_closed: define(4, 'session_end', 'system', 'The platform ended the session.'),
  form_submitted: define(5, 'exposure', 'visitor', 'A form was sent: the baseline for lead quality.'),

  message_sent: define(10, 'turn', 'visitor', 'The visitor wrote or said something.', {
    text: 'what was said',
  }),
  message_replied: define(11, 'turn', 'bot', 'The bot or a person replied.', {
    kind: 'greeting, answer, question, clarification, fallback, menu, handoff, other',
    sources: 'the articles it drew on',
    private: 'true for a note that the visitor does not see',
  }),
  chat_engaged: define(
    12,
    'inside',
    'visitor',
    'The platform says that the visitor engaged; a turn where no messages are sent.',
  ),
  option_selected: define(13, 'turn', 'visitor', 'The visitor chose an option.', {
    label: 'text of the option',
    step: 'flow step; product where the options are products',
  }),
  flow_started: define(14, 'inside', 'bot', 'A flow began.', { flow: 'name of the flow' }),
  flow_step_reached: define(15, 'inside', 'bot', 'A step of the flow was reached.', {
    step: 'name of the step',
  }),
  bot_fallback: define(16, 'turn', 'bot', 'The bot could not go on.', {
    reason: 'not_understood, no_answer, no_route',
  }),
  knowledge_gap: define(17, 'inside', 'bot', 'No approved answer existed.', {
    question: 'text of the question',
  }),
  human_requested: define(18, 'inside', 'visitor', 'The visitor asked for a person.'),
  bot_handoff_human: define(19, 'inside', 'bot', 'The conversation was given to a person.', {
    reason: 'why',
    initiator: 'who started it',
  }),
  bot_goal_completed: define(20, 'inside', 'bot', 'A goal was reached.', { goal: 'name of the goal' }),
  conversation_resolved: define(21, 'inside', 'system', 'Somebody or something marked it resolved.', {
    by: 'visitor, bot, human, timeout, judge',
  }),
  conversation_reopened: define(22, 'inside', 'visitor', 'A resolved conversation was opened again.'),
  conversation_abandoned: define(23, 'inside', 'system', 'The platform says that the visitor left.'),
  variant_assigned: define(24, 'inside', 'system', 'An experiment arm was assigned.', {
    variant: 'experiment and arm',
  }),
  ai_usage: define(25, 'cost', 'system', 'A model was called.', {
    model: 'name',
    input_tokens: 'without cached ones',
    output_tokens: '',
    cached_tokens: '',
    cost: 'amount',
  }),

  survey_shown: define(30, 'feedback', 'system', 'A survey was shown.'),
  csat_submitted: define(31, 'feedback', 'visitor', 'A satisfaction rating.', {
    score: 'number',
    scale: '2, 3, 5, 7, 10 or 100',
    comment: 'text',
  }),
  ces_submitted: define(32, 'feedback', 'visitor', 'An effort rating.', {
    score: 'number',
    scale: 'number',
    easy: 'low or high',
  }),
  answer_rated: define(33, 'feedback', 'visitor', 'Thumbs up or down.', { rating: 'up or down' }),
  brand_survey_submitted: define(34, 'feedback', 'visitor', 'A brand attribute rated.', {
    attribute: 'name',
    score: 'number',
  }),

  lead_captured_chat: define(40, 'business', 'visitor', 'Contact details were left in the chat.'),
  lead_qualified: define(41, 'business', 'system', 'A lead changed its stage.', {
    stage: 'mql, sql or disqualified',
    reason: 'why',
  }),
  meeting_booked: define(42, 'business', 'visitor', 'A meeting was booked.', {
    meeting_id: 'id of the booking, the same in all systems that tell of it; or booking_id',
  }),
  meeting_qualified: define(43, 'business', 'system', 'A booked meeting was qualified.', {
    meeting_id: 'id of the booking',
  }),
  meeting_attended: define(44, 'business', 'system', 'A booked meeting took place.', {
    meeting_id: 'id of the booking',
  }),
  meeting_cancelled: define(45, 'business', 'system', 'A booked meeting was cancelled.', {
    meeting_id: 'id of the booking; without it, one of those that stand is meant',
  }),
  ticket_created: define(46, 'business', 'system', 'A help desk ticket was made.', { ticket_id: 'id' }),
  ticket_solved: define(47, 'business', 'human', 'A ticket was solved.', { handle_seconds: 'number' }),
  ticket_reopened: define(48, 'business', 'visitor', 'A solved ticket was opened again.'),
  ticket_deflected: define(
    49,
    'business',
    'system',
    'The platform claims that no ticket was needed: evidence, not a verdict.',
  ),
  order_completed: define(50, 'business', 'visitor', 'An order was placed.', {
    order_id: 'id',
    amount: 'decimal',
    currency: 'ISO 4217',
  }),
  order_refunded: define(51, 'business', 'system', 'An order was refunded.', {
    order_id: 'id',
    amount: 'decimal',
    currency: 'ISO 4217',
  }),
  order_cancelled: define(52, 'business', 'system', 'An order was cancelled.', { order_id: 'id' }),
  order_paid: define(53, 'business', 'system', 'An order was paid.', { order_id: 'id' }),
  deal_won: define(54, 'business', 'system', 'A deal was won.', {
    deal_id: 'id',
    amount: 'decimal',
    currency: 'ISO 4217',
  }),
  deal_lost: define(55, 'business', 'system', 'A deal was lost.', { deal_id: 'id' }),
  deal_reopened: define(56, 'business', 'system', 'A lost or won deal was opened again.', { deal_id: 'id' }),
  subscription_started: define(57, 'business', 'visitor', 'A subscription began.', {
    amount: 'decimal',
    currency: 'ISO 4217',
  }),
  subscription_cancelled: define(58, 'business', 'visitor', 'A subscription ended.'),
  purchase_after_chat: define(
    59,
    'business',
    'visitor',
    'Accepted as an order that names its conversation.',
    { order_id: 'id', amount: 'decimal', currency: 'ISO 4217' },
  ),
  bill_line: define(60, 'cost', 'system', 'A line of a vendor bill.', { vendor: 'name', amount: 'decimal' }),
  brand_mention: define(61, 'exposure', 'system', 'The brand was mentioned somewhere.'),
  cost_recorded: define(62, 'cost', 'system', 'A cost was recorded.', {
    category: 'name',
    amount: 'decimal',
    currency: 'ISO 4217',
  }),

  identify: define(70, 'identity', 'system', 'Keys of one person, sent together.'),
  alias: define(71, 'identity', 'system', 'Two keys are the same person.'),
  unlink: define(72, 'identity', 'system', 'Two keys are not the same person after all.'),
} as const satisfies Readonly<Record<string, EventDefinition>>;

export type EventName = keyof typeof vocabulary;

export const eventNames = Object.keys(vocabulary) as readonly EventName[];

export const isEventName = (name: string): name is EventName => Object.hasOwn(vocabulary, name);

/** 0 for a name that is not in the vocabulary: stored, counted and listed for mapping, never guessed. */
export const eventCode = (name: string): number => (isEventName(name) ? vocabulary[name].code : 0);

export const codesWithRole = (...roles: readonly EventRole[]): readonly number[] =>
  eventNames.filter((name) => roles.includes(vocabulary[name].role)).map((name) => vocabulary[name].code);

/** Closed lists that travel on events and rows. The position is the stored code, so lists only grow at the end. */
export const actors = ['unknown', 'visitor', 'bot', 'human', 'system'] as const;
export type Actor = (typeof actors)[number];

export const channels = [
  'unknown',
  'web_chat',
  'messenger',
  'instagram',
  'whatsapp',
  'embedded_widget',
  'landing_page',
  'email',
  'voice',
  'other',
] as const;
export type Channel = (typeof channels)[number];

export const replyKinds = [
  'unknown',
  'greeting',
  'answer',
  'question',
  'clarification',
  'fallback',
  'menu',
  'handoff',
  'other',
] as const;
export type ReplyKind = (typeof replyKinds)[number];

/** `unknown` is a row of its own: a conversation without a job is in no job-bound metric. */
export const jobs = ['unknown', 'support', 'lead', 'sales', 'booking'] as const;
export type Job = (typeof jobs)[number];

export const handledBy = ['none', 'bot', 'both', 'human'] as const;
export type HandledBy = (typeof handledBy)[number];

export const conversationStates = [
  'opened',
  'engaged',
  'completed',
  'fallback',
  'escalated',
  'abandoned',
] as const;
export type ConversationState = (typeof conversationStates)[number];

export const resolutions = ['confirmed', 'assumed', 'pending', 'unresolved'] as const;
export type Resolution = (typeof resolutions)[number];

export const outcomes = [
  'goal',
  'purchase',
  'booking',
  'qualified_lead',
  'lead',
  'deflected',
  'resolved',
  'handed_off',
  'knowledge_gap',
  'pending',
  'bounced',
  'unresolved',
  'abandoned',
  'open',
] as const;
export type Outcome = (typeof outcomes)[number];

/** What a key that names a person is, strongest first; the number is the low three bits of a stored key. */
export const personKeyTypes = [
  'user_id',
  'email',
  'phone',
  'crm_contact',
  'platform',
  'anonymous_id',
  'thread',
] as const;
export type PersonKeyType = (typeof personKeyTypes)[number];

/**
 * The yes/no facts of a conversation, packed into one UInt64. Each with the sentence that defines it; the SQL
 * that computes it stands in the fold, the verdicts that combine it with the policy stand in the measure.
 * A bit's place never changes: rows on disk carry it.
 */
const declareBits = <const Names extends readonly (readonly [string, string])[]>(names: Names) => names;

export const factBits = declareBits([
  ['opened', 'The visitor opened the chat, or wrote first.'],
  ['visitor_turn', 'At least one visitor turn: a contact.'],
  ['meaningful_turn', 'At least one visitor turn that is not only a greeting, thanks or acknowledgement.'],
  ['reached', 'A visitor turn, and a bot act before any human turn: a bot conversation.'],
  [
    'bot_handled',
    'After a visitor turn that is not a greeting the bot did anything but greet or hand off at once; a fallback counts.',
  ],
  ['answered', 'The bot gave a useful answer.'],
  ['kinds_sent', 'The source says what kind its replies are.'],
  ['replies_sent', 'The source sends replies at all.'],
  ['human_requested', 'The visitor asked for a person.'],
  [
    'handed_off',
    'A handoff, a human turn after a bot act, or a ticket made during the conversation or naming it.',
  ],
  ['human_turn', 'A person wrote something that the visitor can see.'],
  ['human_from_start', 'A person replied and no bot act came before: handled by a human from the start.'],
  ['picked_up', 'A human turn followed the handoff.'],
  ['verdict_positive', "The visitor's last verdict is positive by itself: thumbs up, or said resolved."],
  ['verdict_rating', "The visitor's last verdict is a rating: positive or not by the policy's scale."],
  [
    'verdict_stands',
    'The last verdict came after a useful answer (where replies are sent) and no negative rating, request for a person, fallback, handoff or human turn followed it.',
  ],
  ['thumbs_down', 'At least one negative rating by thumb.'],
  ['last_bot_fallback', 'The last bot turn was a fallback.'],
  ['fallback_any', 'At least one fallback.'],
  ['gap_any', 'A knowledge gap: the event, or a fallback with reason no_answer or no_route.'],
  ['lead', 'A lead was captured.'],
  ['lead_qualified', 'Its lead became MQL or SQL.'],
  ['booked', 'More meetings were booked than cancelled after it: at least one stands.'],
  ['ordered', 'An order joined it: it names it, or is its person’s.'],
  ['ticket', 'A ticket was made during the conversation or names it.'],
  ['reopened', 'It, or its ticket, was opened again.'],
  ['survey_shown', 'A survey was shown.'],
  ['returning', 'The person had an earlier conversation.'],
  ['return_unknown', 'The return contact in return_s has no known intent.'],
  ['continued', 'It continues another conversation on another channel.'],
  ['test', 'Test, internal or crawler traffic: left out by default.'],
  ['closed', 'The platform ended it, or it was resolved; otherwise the gap closes it.'],
  ['trapped_1', 'Trapped if one fallback is enough.'],
  ['trapped_2', 'Trapped if two fallbacks are enough.'],
  ['trapped_3', 'Trapped if three fallbacks are enough.'],
  ['trapped_4', 'Trapped if four fallbacks are enough.'],
  ['trapped_5', 'Trapped if five fallbacks are enough.'],
  ['person_known', 'The person has a key of their own; otherwise the thread is the person.'],
  ['step_passed', 'A visitor turn carried a flow a step further.'],
  ['goal_event', 'At least one bot_goal_completed.'],
  ['resolved_event', 'A conversation_resolved of any kind: evidence, not a verdict.'],
  ['adopted', 'A rating, lead, meeting, ticket or order joined it through its person, not through a thread.'],
  ['ordered_soon', 'An order joined it at most 24 hours after its last turn.'],
  ['verdict_after_repeat', 'A message was said again, and the last verdict came after the first time.'],
  [
    'plain_verdict_stands',
    'Exactly one rating came after the last verdict that needs no scale; that one is positive, and stood and stands.',
  ],
  ['plain_verdict_after_repeat', 'A message was said again, and that verdict came after the first time.'],
  ['product_chosen', 'The visitor chose an option of a step called product.'],
]);

export type FactName = (typeof factBits)[number][0];

const places = new Map<string, number>(factBits.map(([name], place) => [name, place]));

export const factPlace = (name: FactName): number => {
  const place = places.get(name);
  if (place === undefined) throw new Error(`No fact is called ${name}.`);
  return place;
};

/** The bit as a number the engine reads; above 2^31 JavaScript's shift would wrap. */
export const factMask = (name: FactName): bigint => 1n << BigInt(factPlace(name));

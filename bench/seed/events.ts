/**
 * Events made inside the engine: half a year of a shop with support, lead and sales bots. Every value is drawn from
 * the conversation's number alone, so that every run stores the same rows. About eleven events a conversation:
 * opening, flow, visitor turns and replies, fallbacks, handoffs, human replies, ratings, goals, leads, and the
 * impressions of people who mostly never write.
 */
export interface EventSeed {
  readonly workspace: number;
  readonly conversations: number;
  readonly persons: number;
  /** Unix seconds of the first start, a week's beginning. */
  readonly fromS: number;
  readonly weeks: number;
}

/** Numbers of conversations, from inclusive, to exclusive: one insert. */
export interface Slice {
  readonly from: number;
  readonly to: number;
}

const intents = [
  'order_status',
  'delivery_window',
  'return_policy',
  'refund_status',
  'business_hours',
  'payment_methods',
  'shipping_cost',
  'how_to_use',
  'account_login',
  'store_location',
  'billing_problem',
  'refund_request',
  'damaged_item',
  'order_change',
  'complaint',
  'technical_problem',
  'product_question',
  'contact_sales',
  'demo_request',
  '',
];
const flows = [
  'faq',
  'order_tracking',
  'returns',
  'triage',
  'lead_capture',
  'demo_call',
  'product_finder',
  '',
];
const goals = [
  'issue_answered',
  'order_status_delivered',
  'return_answered_or_started',
  'handed_to_right_team',
  'contact_captured',
  'meeting_booked',
  'product_chosen',
  '',
];
const asked = [
  'Where is my order? It should have come yesterday.',
  'How long does delivery take to my address?',
  'Can I send this back after two weeks?',
  'I have not got my money back yet.',
  'Are you open on Saturday?',
  'Do you take invoices as payment?',
  'What does shipping cost for two parcels?',
  'How do I pair it with my phone?',
  'I cannot log in any more.',
  'Which of these fits a small kitchen?',
  'This does not help me at all.',
  'And the other one?',
];
const answered = [
  'Your parcel left our warehouse and arrives within two working days.',
  'You can return it within thirty days.',
  'The refund reaches your account within five working days.',
  'We are open from nine to six, Monday to Saturday.',
  'Hold the button for five seconds, then choose the device in the settings.',
  'Here are three that fit.',
];

const list = (values: readonly string[]): string => `[${values.map((value) => `'${value}'`).join(', ')}]`;
/** One of 0 … 9,999, another for every place. */
const draw = (place: number): string => `(cityHash64(n, ${place}) % 10000)`;
const drawTurn = (place: number): string => `(cityHash64(n, t, ${place}) % 10000)`;
/** Exponential with the given mean. */
const waiting = (drawn: string, mean: number): string => `(-log((${drawn} + 1) / 10001) * ${mean})`;

/** (after ms, code, actor, kind, intent place or -1, reason, score, scale, text) of one event; the rest is the conversation's. */
const event = (
  after: string,
  code: number | string,
  actor: string,
  more: {
    kind?: string;
    intent?: string;
    reason?: string;
    score?: string;
    scale?: string;
    text?: string;
  } = {},
): string =>
  `tuple(toUInt32(${after}), toUInt8(${code}), '${actor}', ${more.kind ?? "'unknown'"}, toInt16(${more.intent ?? '-1'}), ${more.reason ?? "''"}, toFloat32(${more.score ?? '0'}), toUInt16(${more.scale ?? '0'}), ${more.text ?? "''"})`;
const when = (condition: string, events: readonly string[]): string =>
  `if(${condition}, [${events.join(', ')}], [])`;

const names: readonly (readonly [code: number, name: string])[] = [
  [2, 'chat_impression'],
  [3, 'chat_opened'],
  [4, 'chat_closed'],
  [10, 'message_sent'],
  [11, 'message_replied'],
  [14, 'flow_started'],
  [16, 'bot_fallback'],
  [18, 'human_requested'],
  [19, 'bot_handoff_human'],
  [20, 'bot_goal_completed'],
  [30, 'survey_shown'],
  [31, 'csat_submitted'],
  [33, 'answer_rated'],
  [40, 'lead_captured_chat'],
  [42, 'meeting_booked'],
];

const conversationColumns = (seed: EventSeed): string => `
 number AS n,
 cityHash64(n, 100) % ${seed.persons} AS person,
 person % 5 = 0 AS loggedIn,
 toUInt64(${seed.fromS}) * 1000 + toUInt64(n * (${seed.weeks} * 604800000 / ${seed.conversations})) + cityHash64(n, 101) % 3600000 AS startMs,
 ['web_chat', 'embedded_widget', 'whatsapp', 'messenger'][1 + toUInt8(floor(4 * pow(${draw(1)} / 10000, 1.5)))] AS channel,
 channel IN ('whatsapp', 'messenger') AS endless,
 if(endless, concat(channel, '-', toString(person)), concat('chat-', hex(cityHash64(n, 102)))) AS threadId,
 ${draw(2)} < 700 AS humanOnly,
 ${draw(3)} < 9300 AS writes,
 toUInt8(if(writes, 1 + least(30, ${waiting(draw(4), 2.7)}), 0)) AS turns,
 ${draw(5)} < 2000 AND writes AS handed,
 1 + ${draw(6)} % 8 AS flowPlace,
 toInt16(floor(20 * pow(${draw(7)} / 10000, 1.7))) AS intentPlace,
 ${draw(8)} < 3500 AND writes AND NOT handed AS reached,
 toUInt32(8000 + ${waiting(draw(9), 30000)}) AS pace,
 toUInt32(3000 + turns * (pace + 6000)) AS talked`;

const turnEvents = `arrayFlatten(arrayMap(t -> [
  ${event('3000 + t * (pace + 6000)', 10, 'visitor', { intent: `if(t = 0, intentPlace, if(${drawTurn(1)} < 1500, ${drawTurn(2)} % 20, -1))`, text: `${list(asked)}[1 + ${drawTurn(3)} % 12]` })},
  if(humanOnly,
   ${event(`9000 + t * (pace + 6000) + ${drawTurn(4)}`, 11, 'human', { text: `${list(answered)}[1 + ${drawTurn(5)} % 6]` })},
   if(${drawTurn(6)} < 900,
    ${event('4200 + t * (pace + 6000)', 16, 'bot', { reason: `['not_understood', 'no_answer', 'no_route'][1 + ${drawTurn(7)} % 3]` })},
    ${event(`3600 + t * (pace + 6000) + ${drawTurn(8)} % 2400`, 11, 'bot', { kind: `['answer', 'answer', 'answer', 'question', 'menu', 'clarification'][1 + ${drawTurn(9)} % 6]`, text: `${list(answered)}[1 + ${drawTurn(5)} % 6]` })}))
 ], range(turns)))`;

const eventsOfConversation = `arrayConcat(
  arrayMap(k -> ${event('0', 2, 'system', { intent: '-2 - toInt16(k)' })}, range(toUInt8(${draw(20)} % 4))),
  ${when(`NOT endless OR ${draw(21)} < 5000`, [event('1000', 3, 'visitor')])},
  ${when('NOT humanOnly AND writes AND flowPlace < 8', [event('1500', 14, 'bot')])},
  ${turnEvents},
  ${when(`handed AND ${draw(22)} < 6000`, [event('talked + 1000', 18, 'visitor')])},
  ${when('handed AND NOT humanOnly', [event('talked + 2000', 19, 'bot', { reason: "'policy'" })])},
  arrayMap(t -> ${event(`talked + 40000 + t * 30000 + ${drawTurn(10)}`, 11, 'human', { text: `${list(answered)}[1 + ${drawTurn(5)} % 6]` })}, range(toUInt8(if(handed AND ${draw(23)} < 8500, 1 + ${draw(24)} % 4, 0)))),
  ${when('reached AND flowPlace < 8 AND NOT humanOnly', [event('talked + 3000', 20, 'bot')])},
  ${when(`reached AND flowPlace = 5`, [event('talked + 3500', 40, 'visitor')])},
  ${when(`reached AND flowPlace = 6 AND ${draw(25)} < 7000`, [event('talked + 3600', 42, 'visitor')])},
  ${when(`writes AND ${draw(26)} < 600`, [event('talked + 5000', 33, 'visitor', { reason: `if(${draw(27)} < 7500, 'up', 'down')` })])},
  ${when(`writes AND ${draw(28)} < 4000`, [event('talked + 170000', 30, 'system')])},
  ${when(`writes AND ${draw(28)} < 1100`, [event('talked + 190000', 31, 'visitor', { score: `1 + toUInt8(floor(5 * pow(${draw(29)} / 10000, 0.4)))`, scale: '5' })])},
  ${when(`NOT endless AND ${draw(30)} < 7000`, [event('talked + 200000', 4, 'system')])})`;

const keyOf = (seed: EventSeed, type: string, place: number, value: string): string =>
  `bitOr(bitAnd(xxHash64(concat('${seed.workspace}\\0${type}\\0', ${value})), bitNot(toUInt64(7))), toUInt64(${place}))`;

/** \`events\` of the store's schema, filled by one INSERT … SELECT for each slice of conversations. */
export const eventSeedStatement = (
  table: string,
  seed: EventSeed,
  slice: Slice,
): string => `INSERT INTO ${table}
 (workspace_id, thread, eid, seq, first, digest, ts, received_at, code, name, event_id, thread_id, episode_ms, actor, kind, channel, job,
  flags, key, ties, bot, bot_version, flow, step, intent, confidence, goal, reason, \`by\`, language, device, country, page, referrer,
  source, medium, campaign, variant, continued_from, score, scale, text_hash, text, properties, context, via)
SELECT workspace, if(loose, personKey, xxHash64(concat('${seed.workspace}\\0t\\0', threadId))),
 reinterpretAsUUID(concat(reinterpretAsString(cityHash64(n, place, 200)), reinterpretAsString(cityHash64(n, place, 201)))),
 sequence, 18446744073709551615 - sequence, cityHash64(n, place, 202),
 fromUnixTimestamp64Milli(toInt64(atMs), 'UTC'), fromUnixTimestamp64Milli(toInt64(atMs + 350), 'UTC'),
 code, transform(code, [${names.map(([code]) => `toUInt8(${code})`).join(', ')}], ${list(names.map(([, name]) => name))}, ''),
 concat('node-next-', toString(atMs), '-', toString(place), '-', hex(cityHash64(n, place, 203))), if(loose, '', threadId), 0,
 one.3, one.4, if(loose AND endless, 'web_chat', channel), 'unknown', if(loose, 16, if(code = 33, if(one.6 = 'up', 64, 128), 0)), personKey,
 if(isUser, [${keyOf(seed, 'user_id', 0, "concat('u-', toString(who))")}, anonymousKey], []),
 ['helper', 'seller', 'greeter'][1 + flowPlace % 3], concat('1.', toString(intDiv(n * 6, ${seed.conversations}))),
 if(humanOnly OR loose, '', ${list(flows)}[flowPlace]), if(code = 11, concat('step-', toString(place % 7)), ''),
 if(intentHere >= 0, ${list(intents)}[1 + intentHere], ''), if(intentHere >= 0, toFloat32(0.4 + cityHash64(n, place, 204) % 60 / 100), -1),
 if(code = 20, ${list(goals)}[flowPlace], ''), if(code = 33, '', one.6), if(code = 3, 'visitor', ''),
 ['en', 'de', 'fr', 'ja', 'ar'][1 + who % 5], ['desktop', 'mobile', 'tablet'][1 + who % 3], ['DE', 'FR', 'GB', 'US', 'JP', 'AE'][1 + who % 6],
 concat('/p/', toString(cityHash64(n, 205) % 120)), 'https://search.example/', ['google', 'newsletter', ''][1 + n % 3],
 ['cpc', 'email', ''][1 + n % 3], concat('campaign-', toString(n % 14)), '', 0, one.7, one.8,
 if(one.9 = '' OR code != 10, 0, xxHash64(one.9)), one.9,
 concat('{"conversation_id":"', threadId, '","channel":"', channel, '","bot":"helper","step":', toString(place),
  if(one.9 = '', '', concat(',"text":"', one.9, '"')), '}'), '', 'bench'
FROM (
 WITH ${conversationColumns(seed)}
 SELECT ${seed.workspace} AS workspace, n, threadId, channel, endless, humanOnly, flowPlace,
  arrayJoin(arrayZip(${eventsOfConversation} AS all, arrayEnumerate(all))) AS placed, placed.1 AS one, placed.2 AS place,
  one.2 AS code, code = 2 AS loose, if(loose, -1, one.5) AS intentHere,
  startMs + if(loose, cityHash64(n, place, 206) % 3600000, one.1) AS atMs,
  if(loose AND one.5 < -2, cityHash64(n, place, 207) % ${seed.persons}, person) AS who, who % 5 = 0 AS isUser,
  ${keyOf(seed, 'anonymous_id', 5, "concat('a-', toString(who), '-', if(who % 5 = 0 AND n % 4 = 0, 'b', 'a'))")} AS anonymousKey,
  if(isUser, ${keyOf(seed, 'user_id', 0, "concat('u-', toString(who))")}, anonymousKey) AS personKey,
  toUInt64(atMs + 350) * 1048576 + cityHash64(n, place, 208) % 1048576 AS sequence
 FROM numbers(${slice.from}, ${slice.to - slice.from}))`;

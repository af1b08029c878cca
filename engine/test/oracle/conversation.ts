import { channels, type conversationStates, type handledBy, jobs } from '@botworth/contract/dimensions';
import { type EventRow, eventFlags } from '../../src/store/schema/event-row.ts';
import { standingBookings } from './bookings.ts';
import { isBotReply, isHumanTurn, isOpening, isTurn, isVisitorTurn } from './episodes.ts';
import type { Judged, Stuck } from './judged.ts';
import { definitionOf, flagged, inOrder, is, kindOf, timeMs } from './order.ts';

const never = 4_294_967_295;
const saturated = (count: number): number => Math.min(count, 65_535);

export const judge = (
  episodeEvents: readonly EventRow[],
  intentOf: (event: EventRow) => string,
  adopted: ReadonlySet<EventRow>,
  /** The thread's, for an episode that does not say. */
  threadChannel: number,
  goalOf: (flow: string) => string | null,
): Judged => {
  const events = [...episodeEvents].sort(inOrder);
  const places = events.map((_, place) => place);
  const at = (place: number): EventRow => events[place] as EventRow;
  const first = (holds: (event: EventRow, place: number) => boolean): number => events.findIndex(holds);
  const last = (holds: (event: EventRow, place: number) => boolean): number => events.findLastIndex(holds);
  const some = (holds: (event: EventRow, place: number) => boolean): boolean => events.some(holds);
  const count = (holds: (event: EventRow, place: number) => boolean): number => events.filter(holds).length;
  const talk = events.filter((event) =>
    ['turn', 'opening', 'inside', 'session_end'].includes(definitionOf(event)?.role ?? ''),
  );

  const isFallbackReply = (event: EventRow) => isBotReply(event) && kindOf(event) === 'fallback';
  const isFallback = (event: EventRow) => is(event, 'bot_fallback') || isFallbackReply(event);
  const isMeaningful = (event: EventRow) =>
    isVisitorTurn(event) && !flagged(event, eventFlags.smalltalk) && intentOf(event) !== 'smalltalk';
  const isDeed = (event: EventRow) =>
    event.actor === 2 && is(event, 'knowledge_gap', 'flow_step_reached', 'bot_goal_completed');
  const isBotAct = (event: EventRow) =>
    isBotReply(event) ||
    is(event, 'bot_fallback') ||
    isDeed(event) ||
    (event.actor === 2 && is(event, 'flow_started', 'bot_handoff_human'));
  const handles = (event: EventRow) =>
    is(event, 'bot_fallback') ||
    isDeed(event) ||
    (isBotReply(event) && !['greeting', 'handoff'].includes(kindOf(event)));
  const asks = (event: EventRow) =>
    is(event, 'human_requested') ||
    (['turn', 'inside'].includes(definitionOf(event)?.role ?? '') &&
      !is(
        event,
        'human_requested',
        'conversation_resolved',
        'conversation_reopened',
        'conversation_abandoned',
        'variant_assigned',
      ) &&
      (intentOf(event) === 'human_request' ||
        (intentOf(event) !== '' && flagged(event, eventFlags.wants_human))));

  /** The number of the visitor turn that each event follows. */
  let visitorTurns = 0;
  const turn = events.map((event) => {
    if (isVisitorTurn(event)) visitorTurns += 1;
    return visitorTurns;
  });
  const firstVisitor = first(isVisitorTurn);
  const firstHuman = first(isHumanTurn);
  const firstBot = first(isBotAct);

  const fallbackTurns = new Set(places.filter((place) => isFallback(at(place))).map((place) => turn[place]));
  const fallbackPlaces = [...fallbackTurns]
    .map((number) => first((event, place) => turn[place] === number && isFallback(event)))
    .sort((a, b) => a - b);
  const turnsWithReply = new Set(
    places.filter((place) => isFallbackReply(at(place))).map((place) => turn[place]),
  );
  const bare = new Set(
    places
      .filter((place) => is(at(place), 'bot_fallback') && !turnsWithReply.has(turn[place] ?? 0))
      .map((place) => turn[place]),
  );

  const kindsSent = some((event) => isBotReply(event) && kindOf(event) !== 'unknown');
  const spoiled = new Set(
    places
      .filter((place) => isFallback(at(place)) || is(at(place), 'bot_handoff_human'))
      .map((place) => turn[place]),
  );
  const isUseful = (event: EventRow, place: number): boolean => {
    if (!isBotReply(event) || (turn[place] ?? 0) === 0) return false;
    if (kindsSent) return kindOf(event) === 'answer';
    return (
      !spoiled.has(turn[place] ?? 0) &&
      first((other, otherPlace) => isBotReply(other) && turn[otherPlace] === turn[place]) === place
    );
  };
  const firstAnswer = first(isUseful);
  const lastAnswer = last(isUseful);

  const isPositive = (event: EventRow) =>
    is(event, 'answer_rated', 'conversation_resolved') && flagged(event, eventFlags.positive);
  const isNegative = (event: EventRow) => is(event, 'answer_rated') && flagged(event, eventFlags.negative);
  const lastVerdict = last((event) => isPositive(event) || isNegative(event) || is(event, 'csat_submitted'));
  const lastSpoiler = last(
    (event) =>
      asks(event) ||
      isFallback(event) ||
      is(event, 'bot_handoff_human', 'ticket_created') ||
      isHumanTurn(event),
  );
  const repliesSent = some(isBotReply);
  const isStanding = (place: number): boolean =>
    place >= 0 && place > lastSpoiler && (!repliesSent || (firstAnswer >= 0 && firstAnswer < place));
  const stands = isStanding(lastVerdict);
  const lastPlain = last((event) => isPositive(event) || isNegative(event));
  const confirmedAt = stands && isPositive(at(lastVerdict)) ? lastVerdict : -1;

  const firstHandoff = first((event) => is(event, 'bot_handoff_human', 'ticket_created'));
  const joined = firstBot < 0 ? -1 : first((event, place) => place > firstBot && isHumanTurn(event));
  const handedAt = Math.min(...[firstHandoff, joined].filter((place) => place >= 0));
  const handedOff = Number.isFinite(handedAt);
  const pickedUp =
    firstHandoff < 0 ? -1 : first((event, place) => place > firstHandoff && isHumanTurn(event));

  const firstAsk = first(asks);
  const said = places.filter(
    (place) => is(at(place), 'message_sent') && isVisitorTurn(at(place)) && at(place).text_hash !== '0',
  );
  const repeats = said.filter((place, index) =>
    said.slice(0, index).some((other) => at(other).text_hash === at(place).text_hash),
  );
  const stuckAt = (fallbacks: number) =>
    [
      { because: 'asked_for_a_person', place: firstAsk },
      { because: 'repeated_a_message', place: repeats[0] ?? -1 },
      { because: 'too_many_fallbacks', place: fallbackPlaces[fallbacks - 1] ?? -1 },
    ]
      .filter(({ place }) => place >= 0)
      .sort((one, other) => one.place - other.place)[0];
  const stuck = (fallbacks: number): Stuck | null => {
    const found = stuckAt(fallbacks);
    return found === undefined ? null : { because: found.because, eventId: at(found.place).event_id };
  };
  const trapped = (fallbacks: number): boolean => {
    const moment = stuckAt(fallbacks)?.place;
    if (moment === undefined) return false;
    if (last(isHumanTurn) > moment || confirmedAt > moment) return false;
    return firstAsk >= 0 || lastAnswer <= moment;
  };

  const lastEscalated = Math.max(
    last((event) => is(event, 'bot_handoff_human', 'ticket_created')),
    joined,
  );
  const lastCompleted = last((event) => is(event, 'bot_goal_completed', 'conversation_resolved'));
  const lastFallback = last(isFallback);
  const openFallback = lastFallback > lastAnswer ? lastFallback : -1;
  const closed = some((event) => is(event, 'chat_closed', 'conversation_resolved', 'conversation_abandoned'));
  const state = ((): (typeof conversationStates)[number] => {
    const latest = Math.max(lastEscalated, lastCompleted, openFallback);
    if (latest >= 0)
      return latest === lastEscalated ? 'escalated' : latest === lastCompleted ? 'completed' : 'fallback';
    if (closed) return 'abandoned';
    return some(isMeaningful) ? 'engaged' : 'opened';
  })();

  const keyed = events.filter((event) => event.key !== '0' && event.actor !== 3 && !adopted.has(event));
  const strongest = keyed.reduce<EventRow | null>(
    (best, event) => (best === null || (BigInt(event.key) & 7n) < (BigInt(best.key) & 7n) ? event : best),
    null,
  );
  const lastBotTurn = last((event) => isBotReply(event) || is(event, 'bot_fallback'));
  const lastBotFallback =
    lastBotTurn >= 0 &&
    (isFallback(at(lastBotTurn)) ||
      (kindOf(at(lastBotTurn)) === 'unknown' && fallbackTurns.has(turn[lastBotTurn])));

  const turnPlaces = places.filter((place) => isTurn(at(place)));
  const makers = places.filter((place) => isTurn(at(place)) || isOpening(at(place)));
  const startMs = timeMs(at(makers[0] ?? 0));
  const endMs = timeMs(at(turnPlaces.at(-1) ?? makers.at(-1) ?? 0));
  const ratings = events.filter((event) => is(event, 'csat_submitted'));
  const rating = ratings.at(-1);
  const stages = events.filter((event) => is(event, 'lead_qualified'));
  const meetings = standingBookings(events);

  const goals = events.filter((event) => is(event, 'bot_goal_completed'));
  const orders = events.filter((event) => is(event, 'order_completed', 'purchase_after_chat'));
  const isProduct = (event: EventRow) =>
    is(event, 'option_selected') && isVisitorTurn(event) && event.step.toLowerCase() === 'product';
  const isListed = rating !== undefined && [2, 3, 5, 7, 10, 100].includes(rating.scale);
  const isGood = isListed && rating.score / rating.scale >= 0.8;
  /** As far as the conversation itself says: the rest is the policy's, and time's. */
  const seemsResolved = (): boolean => {
    const firstMeaning = first(isMeaningful);
    if (firstHuman >= 0 || handedOff || firstBot < 0 || firstMeaning < 0 || last(handles) < firstMeaning)
      return false;
    if (stands && (isPositive(at(lastVerdict)) || isGood)) return true;
    return firstAnswer >= 0 && firstAsk < 0 && !some(isNegative) && !lastBotFallback && (!isListed || isGood);
  };
  const primaryIntent = talk
    .map(intentOf)
    .find((intent) => intent !== '' && intent !== 'smalltalk' && intent !== 'human_request');
  /** goals.json, `counts_when`. */
  const happened = (goal: string | null): boolean => {
    switch (goal) {
      case 'issue_answered':
        return seemsResolved();
      case 'order_status_delivered':
        return firstAnswer >= 0 && primaryIntent === 'order_status';
      case 'return_answered_or_started':
        return firstAnswer >= 0 && primaryIntent === 'return_policy';
      case 'handed_to_right_team':
        return handedOff && last(isHumanTurn) >= handedAt && primaryIntent !== undefined;
      case 'contact_captured':
        return some((event) => is(event, 'lead_captured_chat'));
      case 'meeting_booked':
        return meetings > 0;
      case 'product_chosen':
        return some(isProduct);
      case 'order_completed':
        return orders.some((event) => timeMs(event) - endMs <= 86_400_000);
      default:
        return false;
    }
  };
  const flowOf = (): string => {
    let running = '';
    const ran = events
      .filter(
        (event) =>
          is(event, 'bot_goal_completed') ||
          (event.flow !== '' && is(event, 'flow_started', 'flow_step_reached')),
      )
      .map((event) => {
        if (event.flow !== '') running = event.flow;
        return { name: event.name, flow: running };
      });
    const startOf = (flow: string): number => {
      const started = ran.findLastIndex((one) => one.name === 'flow_started' && one.flow === flow);
      return started >= 0 ? started : ran.findIndex((one) => one.flow === flow);
    };
    const [reached] = ran
      .filter(({ name, flow }) => flow !== '' && (name === 'bot_goal_completed' || happened(goalOf(flow))))
      .sort((a, b) => startOf(b.flow) - startOf(a.flow));
    const started = ran.findLast(({ name }) => name === 'flow_started');
    return reached?.flow ?? started?.flow ?? talk.filter((event) => event.flow !== '').at(-1)?.flow ?? '';
  };
  const known = (read: (event: EventRow) => string): string => {
    for (const event of talk) if (read(event) !== '') return read(event);
    return '';
  };
  const knownCode = (read: (event: EventRow) => number): number =>
    talk.map(read).find((code) => code !== 0) ?? 0;
  const channelCode =
    events.find((event) => event.channel !== 0 && !adopted.has(event))?.channel ?? threadChannel;
  const visit = talk.find((event) => event.source !== '' || event.medium !== '' || event.campaign !== '');
  const meant = talk.map(intentOf).filter((intent) => intent !== '');
  const handoffs = events.filter((event) => is(event, 'bot_handoff_human'));

  const facts = new Set<string>();
  const note = (name: string, holds: boolean) => void (holds && facts.add(name));
  note('opened', firstVisitor >= 0 || some(isOpening));
  note('visitor_turn', firstVisitor >= 0);
  note('meaningful_turn', some(isMeaningful));
  const reached = firstVisitor >= 0 && firstBot >= 0 && (firstHuman < 0 || firstBot < firstHuman);
  note('reached', reached);
  const firstMeaningful = first(isMeaningful);
  note('bot_handled', reached && firstMeaningful >= 0 && last(handles) > firstMeaningful);
  note('answered', firstAnswer >= 0);
  note('kinds_sent', kindsSent);
  note('replies_sent', repliesSent);
  note('human_requested', firstAsk >= 0);
  note('handed_off', handedOff);
  note('human_turn', firstHuman >= 0);
  note('human_from_start', firstHuman >= 0 && (firstBot < 0 || firstHuman < firstBot));
  note('picked_up', handedOff && last(isHumanTurn) >= handedAt);
  note('verdict_positive', lastVerdict >= 0 && isPositive(at(lastVerdict)));
  note('verdict_rating', lastVerdict >= 0 && is(at(lastVerdict), 'csat_submitted'));
  note('verdict_stands', stands);
  note('thumbs_down', some(isNegative));
  note('last_bot_fallback', lastBotFallback);
  note('fallback_any', fallbackTurns.size > 0);
  note(
    'gap_any',
    some(
      (event) =>
        is(event, 'knowledge_gap') || (isFallback(event) && ['no_answer', 'no_route'].includes(event.reason)),
    ),
  );
  note(
    'lead',
    some((event) => is(event, 'lead_captured_chat')),
  );
  note('lead_qualified', ['mql', 'sql'].includes(stages.at(-1)?.step.toLowerCase() ?? ''));
  note('booked', meetings > 0);
  note('ordered', orders.length > 0);
  note(
    'ordered_soon',
    orders.some((event) => timeMs(event) - endMs <= 86_400_000),
  );
  note(
    'ticket',
    some((event) => is(event, 'ticket_created')),
  );
  note(
    'reopened',
    some((event) => is(event, 'conversation_reopened', 'ticket_reopened')),
  );
  note(
    'survey_shown',
    some((event) => is(event, 'survey_shown')),
  );
  note(
    'continued',
    talk.some((event) => event.continued_from !== '0'),
  );
  note(
    'test',
    some((event) => flagged(event, eventFlags.test | eventFlags.crawler)),
  );
  note('closed', closed);
  note('verdict_after_repeat', repeats[0] !== undefined && lastVerdict > repeats[0]);
  note(
    'plain_verdict_stands',
    isStanding(lastPlain) &&
      isPositive(at(lastPlain)) &&
      count((event, place) => is(event, 'csat_submitted') && place > lastPlain) === 1,
  );
  note('plain_verdict_after_repeat', repeats[0] !== undefined && lastPlain > repeats[0]);
  note('product_chosen', some(isProduct));
  for (const fallbacks of [1, 2, 3, 4, 5]) note(`trapped_${fallbacks}`, trapped(fallbacks));
  note('person_known', strongest !== null && (BigInt(strongest.key) & 7n) !== 6n);
  note('step_passed', firstVisitor >= 0 && last((event) => is(event, 'flow_step_reached')) > firstVisitor);
  note('goal_event', goals.length > 0);
  note(
    'resolved_event',
    some((event) => is(event, 'conversation_resolved')),
  );
  note('adopted', adopted.size > 0 && some((event) => adopted.has(event)));

  const handled: (typeof handledBy)[number] =
    firstHuman < 0
      ? firstBot < 0
        ? 'none'
        : 'bot'
      : firstBot >= 0 && firstBot < firstHuman
        ? 'both'
        : 'human';
  const span = (fromMs: number, toMs: number) => Math.max(0, toMs - fromMs);
  return {
    events,
    stuck,
    startMs,
    endMs,
    key: strongest?.key ?? '0',
    facts,
    columns: {
      started_s: Math.floor(startMs / 1000),
      ended_s: Math.ceil(endMs / 1000),
      duration_ms: span(startMs, endMs),
      ttfua_ms: firstAnswer < 0 ? never : span(timeMs(at(firstVisitor)), timeMs(at(firstAnswer))),
      n_user: saturated(visitorTurns),
      n_bot: saturated(count(isBotReply) + bare.size),
      n_human: saturated(count(isHumanTurn)),
      n_fallback: saturated(fallbackTurns.size),
      n_clarify: saturated(count((event) => isBotReply(event) && kindOf(event) === 'clarification')),
      n_repeat: saturated(repeats.length),
      csat_score: rating === undefined ? 0 : Math.min(65_535, Math.max(0, Math.round(rating.score * 100))),
      csat_scale: rating === undefined ? 0 : rating.scale === 0 || rating.scale > 254 ? 255 : rating.scale,
      channel: channels[channelCode] ?? 'unknown',
      job: jobs[knownCode((event) => event.job)] ?? 'unknown',
      handled_by: handled,
      state,
      bot: known((event) => event.bot),
      bot_version: known((event) => event.bot_version),
      flow: flowOf(),
      intent: primaryIntent ?? '',
      intents: [...new Set(meant)].sort(),
      goals: [...new Set(goals.map((event) => event.goal).filter((goal) => goal !== ''))].sort(),
      language: known((event) => event.language),
      device: known((event) => event.device),
      country: known((event) => event.country),
      page: known((event) => event.page),
      source: visit?.source ?? '',
      medium: visit?.medium ?? '',
      campaign: visit?.campaign ?? '',
      variant: known((event) => event.variant),
      handoff_reason: handoffs.find((event) => event.reason !== '')?.reason ?? '',
      handoff_by: handoffs.find((event) => event.by !== '')?.by ?? '',
      pickup_ms: pickedUp < 0 ? never : span(timeMs(at(firstHandoff)), timeMs(at(pickedUp))),
    },
  };
};

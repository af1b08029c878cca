import type { Rng } from '../../../base/rng.ts';
import type { Pen } from '../pen.ts';
import type { SupportIntent } from '../shop.data.ts';

/** How a conversation with the support bot was written to end. */
export interface SupportEnd {
  /** '' where the bot never knew what it was about. */
  readonly intent: string;
  /** Before it is known whether the person comes back. */
  readonly answered: 'confirmed' | 'assumed' | null;
  readonly isTrapped: boolean;
  readonly isHandedOff: boolean;
  readonly hasGap: boolean;
  readonly hasHuman: boolean;
  readonly isSatisfied: boolean | null;
}

const nothing: Omit<SupportEnd, 'intent'> = {
  answered: null,
  isTrapped: false,
  isHandedOff: false,
  hasGap: false,
  hasHuman: false,
  isSatisfied: null,
};

interface Told {
  readonly pen: Pen;
  readonly rng: Rng;
  readonly topic: SupportIntent;
}

/** Share of settled conversations in which the bot had to be asked twice. */
const STUMBLES = 0.06;
const STUMBLES_IN_REGRESSION = 0.45;

const closes = ({ pen, rng }: Told): void => {
  if (pen.scene.channel === 'web_chat' && rng.chance(0.45)) {
    pen.wait(5, 120);
    pen.track('chat_closed');
  }
};

const rates = ({ pen, rng }: Told, scores: readonly [number, number]): void => {
  pen.wait(5, 90);
  pen.track('survey_shown');
  pen.wait(3, 40);
  pen.track('csat_submitted', { score: rng.between(...scores), scale: 5 });
};

const settle = (told: Told, isRegression: boolean): SupportEnd => {
  const { pen, rng, topic } = told;
  pen.asks(topic.intent);
  pen.track('flow_started', { flow: topic.flow });
  if (rng.chance(isRegression ? STUMBLES_IN_REGRESSION : STUMBLES)) {
    pen.fallsBack('not_understood');
    pen.asks(topic.intent);
  } else if (rng.chance(0.16)) {
    pen.bot('clarification', pen.phrases.botWhich);
    pen.says(pen.phrases.detail);
  }
  pen.answers(topic.intent);
  if (rng.chance(0.38)) {
    pen.says(pen.phrases.thanks, { intent: 'thanks' });
    pen.bot('other', pen.phrases.botYouAreWelcome);
  }
  if (topic.flow === 'order_tracking' && rng.chance(0.6))
    pen.track('bot_goal_completed', { goal: 'order_status_delivered' });
  const verdict = rng.next();
  const end = { ...nothing, intent: topic.intent };
  if (verdict < 0.13) {
    pen.wait(2, 30);
    pen.track('answer_rated', { rating: 'up' });
    return { ...end, answered: 'confirmed' };
  }
  if (verdict < 0.34) {
    rates(told, [4, 5]);
    closes(told);
    return { ...end, answered: 'confirmed', isSatisfied: true };
  }
  if (verdict < 0.42) {
    pen.wait(2, 30);
    pen.track('conversation_resolved', { by: 'visitor' });
    return { ...end, answered: 'confirmed' };
  }
  if (verdict < 0.66) {
    pen.wait(10, 60);
    pen.track('survey_shown');
  }
  closes(told);
  return { ...end, answered: 'assumed' };
};

/** An answer that was not one: they say so. */
const displease = (told: Told): SupportEnd => {
  const { pen, rng, topic } = told;
  pen.asks(topic.intent);
  pen.track('flow_started', { flow: topic.flow });
  pen.answers(topic.intent);
  if (rng.chance(0.4)) {
    pen.asks(topic.intent);
    pen.answers(topic.intent);
  }
  const isRated = rng.chance(0.42);
  if (isRated) rates(told, [1, 3]);
  else {
    pen.wait(2, 30);
    pen.track('answer_rated', { rating: 'down' });
  }
  closes(told);
  return { ...nothing, intent: topic.intent, isSatisfied: isRated ? false : null };
};

const passOn = ({ pen, rng }: Told, reason: string, initiator: 'bot' | 'visitor'): void => {
  pen.track('bot_handoff_human', { reason, initiator });
  pen.bot('handoff', pen.phrases.botHandsOver);
  if (rng.chance(0.1)) {
    const ticket = `ticket-${pen.scene.id}`;
    pen.track('ticket_created', { ticket_id: ticket });
    pen.later('ticket_solved', rng.between(20, 47) * 3_600_000, {
      ticket_id: ticket,
      conversation_id: pen.scene.thread,
      handle_seconds: rng.between(200, 900),
    });
  }
  pen.human(pen.phrases.personReply);
  if (rng.chance(0.5)) pen.says(pen.phrases.thanks, { intent: 'thanks' });
};

const handOff = (told: Told): SupportEnd => {
  const { pen, rng, topic } = told;
  pen.asks(topic.intent);
  pen.track('flow_started', { flow: topic.flow });
  if (rng.chance(0.75)) pen.answers(topic.intent);
  else pen.fallsBack('not_understood');
  if (rng.chance(0.5)) pen.asks(topic.intent);
  passOn(told, rng.pick(['out of scope', 'two tries', 'policy', 'angry customer']), 'bot');
  if (rng.chance(0.3)) rates(told, [3, 5]);
  return { ...nothing, intent: topic.intent, isHandedOff: true, hasHuman: true };
};

const askForPerson = ({ pen }: Told): void => {
  pen.says(pen.phrases.wantsPerson, { intent: 'human_request', intent_confidence: 0.96 });
  pen.track('human_requested');
};

const askAndMeet = (told: Told): SupportEnd => {
  const { pen, rng, topic } = told;
  pen.asks(topic.intent);
  pen.track('flow_started', { flow: topic.flow });
  if (rng.chance(0.8)) pen.answers(topic.intent);
  else pen.fallsBack('not_understood');
  askForPerson(told);
  passOn(told, 'asked for a person', 'visitor');
  return { ...nothing, intent: topic.intent, isHandedOff: true, hasHuman: true };
};

/** Asked for a person and got none: the bot talks on, or hands over to nobody. */
const askAndWait = (told: Told): SupportEnd => {
  const { pen, rng, topic } = told;
  pen.asks(topic.intent);
  pen.track('flow_started', { flow: topic.flow });
  if (rng.chance(0.4)) pen.answers(topic.intent);
  else pen.fallsBack('not_understood');
  askForPerson(told);
  const isHandedOff = rng.chance(0.25);
  if (isHandedOff) {
    pen.track('bot_handoff_human', { reason: 'asked for a person', initiator: 'visitor' });
    pen.bot('handoff', pen.phrases.botHandsOver);
  } else {
    pen.fallsBack('not_understood');
    if (rng.chance(0.5)) {
      pen.asks(topic.intent);
      pen.fallsBack('not_understood');
    }
  }
  return { ...nothing, intent: topic.intent, isTrapped: true, isHandedOff };
};

const fallBack = (told: Told, isTwice: boolean, isRegression: boolean): SupportEnd => {
  const { pen, rng, topic } = told;
  pen.asks(topic.intent);
  pen.track('flow_started', { flow: topic.flow });
  const hasGap = !isTwice && !isRegression && rng.chance(0.12);
  pen.fallsBack(hasGap ? 'no_answer' : 'not_understood');
  if (isTwice) {
    pen.asks(topic.intent);
    pen.fallsBack('not_understood');
  }
  return { ...nothing, intent: topic.intent, isTrapped: isTwice, hasGap };
};

const stayUnclear = ({ pen, rng }: Told): SupportEnd => {
  pen.says(pen.phrases.unclear, { intent: 'none', intent_confidence: 0.2 });
  pen.track('flow_started', { flow: 'help_faq' });
  pen.fallsBack('not_understood');
  const isTwice = rng.chance(0.35);
  if (isTwice) {
    pen.says(pen.phrases.again[0], { intent: 'none', intent_confidence: 0.3 });
    pen.fallsBack('not_understood');
  }
  return { ...nothing, intent: '', isTrapped: isTwice };
};

/** The question that no article answers. */
const missContent = (told: Told): SupportEnd => {
  const { pen, rng, topic } = told;
  pen.says(pen.phrases.instalments, { intent: topic.intent, intent_confidence: 0.91 });
  pen.track('flow_started', { flow: topic.flow });
  pen.track('knowledge_gap', { question: pen.phrases.instalments });
  pen.fallsBack('no_answer');
  const isHandedOff = rng.chance(0.4);
  if (isHandedOff) passOn(told, 'no answer', 'bot');
  return { ...nothing, intent: topic.intent, hasGap: true, isHandedOff, hasHuman: isHandedOff };
};

export interface SupportWeather {
  readonly isRegression: boolean;
  /** People already ask what no article answers. */
  readonly hasContentGap: boolean;
}

/** Share of the intent's questions that are the one without an answer. */
const GAP_SHARE = 0.45;
/** Share of people on the channel who ask for a person that nobody is there to be. */
const trapShare = (channel: string): number => (channel === 'messenger' ? 0.2 : 0.012);

export const tellSupport = (
  pen: Pen,
  rng: Rng,
  topic: SupportIntent,
  weather: SupportWeather,
): SupportEnd => {
  const told = { pen, rng, topic };
  if (rng.chance(weather.isRegression ? 0.08 : 0.03)) return stayUnclear(told);
  if (rng.chance(trapShare(pen.scene.channel))) return askAndWait(told);
  if (weather.hasContentGap && topic.intent === 'payment_methods' && rng.chance(GAP_SHARE))
    return missContent(told);
  if (rng.chance(topic.settles * (weather.isRegression ? 0.8 : 1))) return settle(told, weather.isRegression);
  const failure = rng.next();
  if (weather.isRegression && failure < 0.45) return fallBack(told, failure < 0.25, true);
  if (failure < 0.1) return fallBack(told, false, false);
  if (failure < 0.14) return fallBack(told, true, false);
  if (failure < 0.32) return displease(told);
  return failure < 0.8 ? handOff(told) : askAndMeet(told);
};

/** Whoever comes back with the same question is mostly passed on. */
export const tellReturn = (pen: Pen, rng: Rng, topic: SupportIntent): SupportEnd => {
  const told = { pen, rng, topic };
  return rng.chance(0.35) ? settle(told, false) : handOff(told);
};

/** Mail that a colleague answers from the start: the baseline. */
export const tellHumanMail = (pen: Pen, rng: Rng, intent: string): SupportEnd => {
  pen.asks(intent);
  pen.human(pen.phrases.personReply);
  if (rng.chance(0.3)) pen.says(pen.phrases.thanks, { intent: 'thanks' });
  if (rng.chance(0.35))
    rates({ pen, rng, topic: { intent, weight: 0, settles: 0, eligible: false, flow: 'help_faq' } }, [3, 5]);
  return { ...nothing, intent, hasHuman: true };
};

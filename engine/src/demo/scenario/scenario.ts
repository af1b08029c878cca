import { createRng, type Rng } from '../../base/rng.ts';
import { passesBy } from './browsing.ts';
import { createCalendar } from './calendar.ts';
import { draw, drawPlace } from './draw.ts';
import { createLedger, type Entry, type Ledger } from './ledger.ts';
import type { Dated, Message } from './message.ts';
import type { Pen, ShopBot } from './pen.ts';
import { createPeople } from './people.ts';
import { type Plan, planOf, type ScenarioWish } from './plan.ts';
import { type Campaign, campaigns, pages, type SupportIntent, supportIntents } from './shop.data.ts';
import { begin, engaged, enter, type Stage, seenOn, uses, welcome } from './stage.ts';
import {
  type SellingEnd,
  tellCheckoutHelp,
  tellFitting,
  tellGiftFinder,
  tellLead,
} from './stories/selling.ts';
import { type SupportEnd, tellHumanMail, tellReturn, tellSupport } from './stories/support.ts';

export interface Scenario {
  readonly plan: Plan;
  /** Complete only after the last message was taken. */
  readonly ledger: Ledger;
  /** Week by week, in the order of time inside a week; can be taken once. */
  messages(): Generator<Message, void>;
}

const HOUR_MS = 3_600_000;
/** Widgets seen and not used, per conversation. */
const PASSERS_PER_CONVERSATION = 4.6;
/** From the first week to the last the shop grows by so much. */
const GROWTH = 0.3;
const NOISE = 0.06;

const COMES_BACK_UNSETTLED = 0.08;
const COMES_BACK_CONFIRMED = 0.03;
const RETURNS_BY_MAIL = 0.3;

const kinds = [
  { value: 'support', weight: 66 },
  { value: 'opened', weight: 8 },
  { value: 'hello', weight: 2 },
  { value: 'mail', weight: 5 },
  { value: 'gift', weight: 6 },
  { value: 'checkout', weight: 4 },
  { value: 'fitting', weight: 2 },
  { value: 'lead', weight: 7 },
] as const;

const supportFacts = (topic: SupportIntent, end: SupportEnd, comesBack: boolean): Partial<Entry> => ({
  job: 'support',
  flow: topic.flow,
  intent: end.intent,
  isBotConversation: true,
  isEligible: end.intent !== '' && topic.eligible,
  isSettled: end.answered === 'confirmed' || (end.answered === 'assumed' && !comesBack),
  isTrapped: end.isTrapped,
  isHandedOff: end.isHandedOff,
  hasGap: end.hasGap,
  hasHuman: end.hasHuman,
  isSatisfied: end.isSatisfied,
});

const topics = supportIntents.map((value) => ({ value, weight: value.weight }));
const topicOf = (rng: Rng): SupportIntent => draw(rng, topics);

/** The same person, the same question, within the window of 72 hours: to the bot again, or by mail to a colleague. */
const comeBack = (stage: Stage, before: Pen, topic: SupportIntent, week: number): Dated[] => {
  const { rng, calendar } = stage;
  const { person, channel, page } = before.scene;
  // Messaging threads have a gap of 24 hours; an earlier message would belong to the same conversation.
  const startMs = before.lastTurnMs() + Math.floor((30 + rng.next() * 38) * HOUR_MS);
  if (startMs >= calendar.endMs) return [];
  if (person.isKnown && channel === 'web_chat' && rng.chance(RETURNS_BY_MAIL)) {
    const mail = begin(
      stage,
      person,
      { channel: 'email', bot: null, page: '', campaign: null, startMs },
      week,
    );
    tellHumanMail(mail, rng, topic.intent);
    enter(stage, mail, { job: 'support', intent: topic.intent, hasHuman: true });
    return mail.written;
  }
  const startWeek = Math.floor(calendar.dayOf(startMs) / 7) + 1;
  const pen = begin(stage, person, { channel, bot: 'helper', page, campaign: null, startMs }, startWeek);
  const seen = welcome(stage, pen);
  const end = tellReturn(pen, rng, topic);
  engaged(stage, pen);
  uses(stage, pen);
  enter(stage, pen, supportFacts(topic, end, false));
  return [...seen, ...pen.written];
};

const support = (stage: Stage, week: number, startMs: number): Dated[] => {
  const { plan, rng, people } = stage;
  const person = people.visitor(startMs);
  if (person.isKnown && person.visits.length > 1 && person.home === 'web_chat' && rng.chance(0.2)) {
    person.anonymousId = `browser-${person.number}-${person.visits.length}`;
  }
  const pen = begin(
    stage,
    person,
    {
      channel: person.home,
      bot: 'helper',
      page: person.home === 'web_chat' ? draw(rng, pages) : '',
      campaign: null,
      startMs,
    },
    week,
  );
  const seen = welcome(stage, pen);
  const topic = topicOf(rng);
  const version = pen.scene.version;
  const end = tellSupport(pen, rng, topic, {
    isRegression: version === '41',
    hasContentGap: week >= plan.gapWeek,
  });
  if (!person.isKnown && rng.chance(0.15)) pen.identifies();
  engaged(stage, pen);
  uses(stage, pen);
  const returns =
    end.answered === null ? 0 : end.answered === 'assumed' ? COMES_BACK_UNSETTLED : COMES_BACK_CONFIRMED;
  const back = rng.chance(returns) ? comeBack(stage, pen, topic, week) : [];
  enter(stage, pen, supportFacts(topic, end, back.length > 0));
  return [...seen, ...pen.written, ...back];
};

const mail = (stage: Stage, week: number, startMs: number): Dated[] => {
  const { rng, people } = stage;
  const person = people.visitor(startMs, 'web_chat');
  person.isKnown = true;
  const topic = topicOf(rng);
  const pen = begin(stage, person, { channel: 'email', bot: null, page: '', campaign: null, startMs }, week);
  tellHumanMail(pen, rng, topic.intent);
  enter(stage, pen, { job: 'support', intent: topic.intent, hasHuman: true });
  return pen.written;
};

const opened = (stage: Stage, week: number, startMs: number, saysHello: boolean): Dated[] => {
  const person = stage.people.visitor(startMs, 'web_chat');
  const pen = begin(
    stage,
    person,
    { channel: 'web_chat', bot: 'helper', page: draw(stage.rng, pages), campaign: null, startMs },
    week,
  );
  const seen = welcome(stage, pen);
  if (saysHello) {
    pen.says(pen.phrases.hello, { intent: 'greeting' });
    pen.bot('greeting', pen.phrases.botHello);
  }
  enter(stage, pen, {});
  return [...seen, ...pen.written];
};

const sell = (
  stage: Stage,
  week: number,
  startMs: number,
  bot: ShopBot,
  campaign: Campaign | null,
  tell: (pen: Pen, rng: Rng) => SellingEnd,
): Dated[] => {
  const { rng, people } = stage;
  const person = people.visitor(startMs, 'web_chat');
  const channel = bot === 'greeter' ? 'landing_page' : 'web_chat';
  const page = bot === 'greeter' ? '/teams' : draw(rng, pages);
  const pen = begin(stage, person, { channel, bot, page, campaign, startMs }, week);
  const seen = welcome(stage, pen);
  const end = tell(pen, rng);
  engaged(stage, pen);
  enter(stage, pen, { ...end, isBotConversation: true });
  return [...seen, ...pen.written];
};

const oneOf = (stage: Stage, week: number): Dated[] => {
  const { rng } = stage;
  const startMs = stage.calendar.moment(rng, week);
  const kind = draw(rng, kinds);
  switch (kind) {
    case 'support':
      return support(stage, week, startMs);
    case 'mail':
      return mail(stage, week, startMs);
    case 'opened':
    case 'hello':
      return opened(stage, week, startMs, kind === 'hello');
    case 'gift':
      return sell(stage, week, startMs, 'stylist', null, tellGiftFinder);
    case 'checkout':
      return sell(stage, week, startMs, 'stylist', null, tellCheckoutHelp);
    case 'fitting':
      return sell(stage, week, startMs, 'stylist', null, tellFitting);
    case 'lead': {
      const campaign = draw(rng, campaigns);
      return sell(stage, week, startMs, 'greeter', campaign, (pen) => tellLead(pen, rng, campaign.captures));
    }
  }
};

const bots: readonly ShopBot[] = ['helper', 'stylist', 'greeter'];
const passerWeights = [70, 20, 10];

const pass = (stage: Stage, week: number): Dated[] => {
  const { rng } = stage;
  const id = stage.nextId();
  const bot = bots[drawPlace(rng, passerWeights)] ?? 'helper';
  const atMs = stage.calendar.moment(rng, week);
  seenOn(stage, `passer-${id}`, bot, atMs, false);
  return passesBy(id, bot, atMs, rng);
};

export const createScenario = (wish: ScenarioWish): Scenario => {
  const plan = planOf(wish);
  const rng = createRng(wish.seed);
  let count = 0;
  const stage: Stage = {
    plan,
    rng,
    calendar: createCalendar(plan),
    people: createPeople(rng),
    ledger: createLedger(),
    nextId: () => {
      count += 1;
      return `${wish.seed.toString(36)}-${count}`;
    },
  };
  return {
    plan,
    ledger: stage.ledger,
    *messages() {
      for (let week = 1; week <= plan.weeks; week += 1) {
        const trend = 1 + GROWTH * (week / plan.weeks - 0.5) + NOISE * (rng.next() - 0.5);
        const size = Math.round((wish.conversations / plan.weeks) * trend);
        const written: Dated[] = [];
        for (let index = 0; index < size; index += 1) written.push(...oneOf(stage, week));
        for (let index = 0; index < size * PASSERS_PER_CONVERSATION; index += 1)
          written.push(...pass(stage, week));
        written.sort((left, right) => left.atMs - right.atMs);
        for (const { atMs, message } of written) {
          // The simulation stops here: what would come later has not happened yet.
          if (atMs >= stage.calendar.endMs) continue;
          stage.ledger.messages += 1;
          yield message;
        }
      }
    },
  };
};

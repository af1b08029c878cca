import type { Rng } from '../../base/rng.ts';
import { arrives } from './browsing.ts';
import type { Calendar } from './calendar.ts';
import type { Entry, Ledger } from './ledger.ts';
import type { Dated } from './message.ts';
import { createPen, type Pen, type Scene } from './pen.ts';
import type { People, Person } from './people.ts';
import { type Plan, versionInWeek } from './plan.ts';
import type { ShopChannel } from './shop.data.ts';

const greeterVersion = '7';
const stylistVersion = '12';

const blank: Omit<Entry, 'week' | 'channel' | 'bot' | 'version' | 'botTurns' | 'fallbacks'> = {
  job: 'unknown',
  campaign: '',
  flow: '',
  intent: '',
  isBotConversation: false,
  isEligible: false,
  isSettled: false,
  isTrapped: false,
  isHandedOff: false,
  hasGap: false,
  hasHuman: false,
  reachedGoal: false,
  isSatisfied: null,
};

/** What all conversations of one run share. */
export interface Stage {
  readonly plan: Plan;
  readonly rng: Rng;
  readonly calendar: Calendar;
  readonly people: People;
  readonly ledger: Ledger;
  nextId(): string;
}

export const seenOn = (stage: Stage, key: string, bot: string, atMs: number, isEngaged: boolean): void => {
  const day = stage.calendar.dayOf(atMs);
  const place = `${key}|${bot}|${day}`;
  const before = stage.ledger.personDays.get(place);
  stage.ledger.personDays.set(place, {
    week: Math.floor(day / 7) + 1,
    isEngaged: isEngaged || before?.isEngaged === true,
  });
};

export const enter = (stage: Stage, pen: Pen, facts: Partial<Entry>): void => {
  const { scene, tally } = pen;
  stage.ledger.entries.push({
    ...blank,
    week: Math.floor(stage.calendar.dayOf(scene.startMs) / 7) + 1,
    channel: scene.channel,
    bot: scene.bot ?? '',
    version: scene.version,
    campaign: scene.campaign?.name ?? '',
    ...tally,
    ...facts,
  });
};

const threadOf = (channel: ShopChannel, id: string, person: Person): string =>
  channel === 'whatsapp' || channel === 'messenger' ? `${channel}-${person.number}` : `${channel}-${id}`;

export const begin = (
  stage: Stage,
  person: Person,
  part: Omit<Scene, 'id' | 'thread' | 'person' | 'version'>,
  week: number,
): Pen => {
  const id = stage.nextId();
  const version =
    part.bot === 'helper'
      ? versionInWeek(stage.plan, week)
      : part.bot === 'stylist'
        ? stylistVersion
        : greeterVersion;
  return createPen({ ...part, id, person, version, thread: threadOf(part.channel, id, person) }, stage.rng);
};

/** In the browser the widget is seen before it is opened, and the bot greets first. */
export const welcome = (stage: Stage, pen: Pen): Dated[] => {
  const { scene } = pen;
  const { rng } = stage;
  if (scene.bot === null || (scene.channel !== 'web_chat' && scene.channel !== 'landing_page')) {
    if (scene.bot !== null && rng.chance(0.3)) {
      pen.says(pen.phrases.hello, { intent: 'greeting' });
      pen.bot('greeting', pen.phrases.botHello);
    }
    return [];
  }
  seenOn(stage, `person-${scene.person.number}`, scene.bot, scene.startMs, false);
  const seen = arrives(scene.person, scene.id, scene.bot, scene.page, scene.startMs, rng);
  pen.opens();
  pen.bot('greeting', pen.phrases.botHello);
  return seen;
};

export const engaged = (stage: Stage, pen: Pen): void => {
  const { scene } = pen;
  const sendsImpressions = scene.channel === 'web_chat' || scene.channel === 'landing_page';
  if (scene.bot !== null && sendsImpressions)
    seenOn(stage, `person-${scene.person.number}`, scene.bot, scene.startMs, true);
};

export const uses = (stage: Stage, pen: Pen): void => {
  const { rng } = stage;
  const output = rng.between(60, 420);
  pen.track('ai_usage', {
    model: 'small-assistant',
    input_tokens: rng.between(400, 2600),
    cached_tokens: rng.between(0, 1800),
    output_tokens: output,
    cost: `0.${String(rng.between(8, 60)).padStart(4, '0')}`,
    currency: 'EUR',
  });
};

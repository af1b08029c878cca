import type { Rng } from '../../base/rng.ts';
import { answerOf } from './answers.data.ts';
import type { Dated } from './message.ts';
import { type Person, userIdOf } from './people.ts';
import { type Phrases, phrases } from './phrases.data.ts';
import { questionsOf } from './questions.data.ts';
import type { Campaign, ShopChannel } from './shop.data.ts';

export type ShopBot = 'helper' | 'greeter' | 'stylist';

export interface Scene {
  /** Unique; an endless thread holds many conversations. */
  readonly id: string;
  /** What the platform calls the conversation: the thread. */
  readonly thread: string;
  readonly person: Person;
  readonly channel: ShopChannel;
  readonly bot: ShopBot | null;
  readonly version: string;
  readonly page: string;
  readonly campaign: Campaign | null;
  readonly startMs: number;
}

/** Seconds between two acts, by channel: how long people, the bot and colleagues take. */
const pace: Readonly<
  Record<
    ShopChannel,
    { visitor: readonly [number, number]; bot: readonly [number, number]; human: readonly [number, number] }
  >
> = {
  web_chat: { visitor: [9, 70], bot: [1, 9], human: [45, 600] },
  landing_page: { visitor: [7, 50], bot: [1, 5], human: [60, 900] },
  messenger: { visitor: [15, 240], bot: [1, 6], human: [300, 7200] },
  whatsapp: { visitor: [15, 300], bot: [1, 7], human: [300, 7200] },
  email: { visitor: [1800, 14_400], bot: [20, 120], human: [3600, 32_400] },
};

export interface Pen {
  readonly phrases: Phrases;
  readonly written: Dated[];
  /** Of the bot's turns and fallbacks as the measure counts them: a fallback said and reported is one. */
  readonly tally: { botTurns: number; fallbacks: number };
  readonly scene: Scene;
  /** Instant of the newest act. */
  nowMs(): number;
  firstTurnMs(): number;
  lastTurnMs(): number;
  wait(lowSeconds: number, highSeconds: number): void;
  track(event: string, properties?: Readonly<Record<string, unknown>>): void;
  /** Outside the conversation, at an instant of its own, named or not. */
  later(event: string, afterMs: number, properties?: Readonly<Record<string, unknown>>): void;
  opens(): void;
  asks(intent: string, confidence?: number): void;
  says(text: string, properties?: Readonly<Record<string, unknown>>): void;
  chooses(label: string, step: string): void;
  bot(kind: string, text: string, properties?: Readonly<Record<string, unknown>>): void;
  answers(intent: string): void;
  fallsBack(reason: 'not_understood' | 'no_answer'): void;
  human(text: string): void;
  identifies(): void;
}

const SECOND = 1000;
const ARTICLE_COUNT = 3;

export const createPen = (scene: Scene, rng: Rng): Pen => {
  const { person, id, channel, bot } = scene;
  const written: Dated[] = [];
  const tally = { botTurns: 0, fallbacks: 0 };
  const words = phrases[person.origin.language];
  const context = {
    locale: person.origin.locale,
    ...(scene.page === '' ? {} : { page: { path: scene.page } }),
    ...(scene.campaign === null
      ? {}
      : {
          campaign: {
            ...(scene.campaign.name === '' ? {} : { name: scene.campaign.name }),
            source: scene.campaign.source,
            medium: scene.campaign.medium,
          },
        }),
  };
  let atMs = scene.startMs;
  let firstTurnMs = 0;
  let lastTurnMs = 0;
  let number = 0;
  let asked = 0;

  const keys = () => ({
    ...(person.isKnown || channel === 'email' ? { userId: userIdOf(person) } : {}),
    ...(channel === 'email' ? {} : { anonymousId: person.anonymousId }),
  });
  const put = (
    ms: number,
    event: string,
    properties: Readonly<Record<string, unknown>>,
    isVisitor: boolean,
  ) => {
    number += 1;
    written.push({
      atMs: ms,
      message: {
        type: 'track',
        messageId: `${id}/${number}`,
        event,
        ...keys(),
        timestamp: new Date(ms).toISOString(),
        properties,
        ...(isVisitor ? { context } : {}),
      },
    });
  };
  const scenery = {
    conversation_id: scene.thread,
    channel,
    ...(bot === null ? {} : { bot, bot_version: scene.version }),
  };
  const visitorScenery = { ...scenery, country: person.origin.country, device: person.device };
  const step = ([low, high]: readonly [number, number]) => {
    atMs += Math.round((low + rng.next() * (high - low)) * SECOND);
  };
  const turn = () => {
    if (firstTurnMs === 0) firstTurnMs = atMs;
    lastTurnMs = atMs;
  };
  const pen: Pen = {
    phrases: words,
    written,
    tally,
    scene,
    nowMs: () => atMs,
    firstTurnMs: () => firstTurnMs,
    lastTurnMs: () => lastTurnMs,
    wait: (low, high) => step([low, high]),
    track: (event, properties = {}) => {
      atMs += 200;
      put(atMs, event, { ...scenery, ...properties }, false);
    },
    later: (event, afterMs, properties = {}) => put(atMs + afterMs, event, properties, false),
    opens: () => {
      put(atMs, 'chat_opened', { ...visitorScenery, by: 'visitor' }, true);
    },
    says: (text, properties = {}) => {
      if (written.length > 0) step(pace[channel].visitor);
      turn();
      put(atMs, 'message_sent', { ...visitorScenery, text, ...properties }, true);
    },
    asks: (intent, confidence) => {
      const questions = questionsOf(person.origin.language, intent);
      const said = asked;
      asked += 1;
      // The first asking is in one of the wordings, later ones say that the first was not understood.
      const text = said === 0 ? rng.pick(questions) : (words.again[(said - 1) % words.again.length] ?? '');
      const sure = confidence ?? Math.round((0.62 + rng.next() * 0.36) * 100) / 100;
      pen.says(text, { intent, intent_confidence: sure });
    },
    chooses: (label, stepName) => {
      step(pace[channel].visitor);
      turn();
      put(atMs, 'option_selected', { ...visitorScenery, label, step: stepName }, true);
    },
    bot: (kind, text, properties = {}) => {
      step(pace[channel].bot);
      tally.botTurns += 1;
      lastTurnMs = atMs;
      put(atMs, 'message_replied', { ...scenery, actor: 'bot', kind, text, ...properties }, false);
    },
    answers: (intent) => {
      const article = `${intent}-${rng.between(1, ARTICLE_COUNT)}`;
      pen.bot(
        'answer',
        answerOf(person.origin.language, intent, words.botAnswer, `shop.example/help/${article}`),
        {
          sources: [article],
        },
      );
    },
    fallsBack: (reason) => {
      // Some platforms report a fallback beside the reply, some report only the fallback.
      if (rng.chance(0.7)) {
        pen.bot('fallback', words.botLost);
        pen.track('bot_fallback', { reason });
      } else {
        step(pace[channel].bot);
        tally.botTurns += 1;
        lastTurnMs = atMs;
        put(atMs, 'bot_fallback', { ...scenery, reason }, false);
      }
      tally.fallbacks += 1;
    },
    human: (text) => {
      step(pace[channel].human);
      lastTurnMs = atMs;
      put(
        atMs,
        'message_replied',
        { ...scenery, actor: 'human', text, handle_seconds: rng.between(90, 540) },
        false,
      );
    },
    identifies: () => {
      atMs += 300;
      number += 1;
      person.isKnown = true;
      written.push({
        atMs,
        message: {
          type: 'identify',
          messageId: `${id}/${number}`,
          ...keys(),
          timestamp: new Date(atMs).toISOString(),
          traits: { email: person.email },
        },
      });
    },
  };
  return pen;
};

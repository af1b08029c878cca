import { z } from 'zod';
import { limits } from './limits.ts';

/**
 * A message of a Segment client, as far as its shape goes. The collect door checks by hand what this says, because it
 * does so for tens of thousands of messages a second; a test holds the two together. Time limits and the need for a
 * person or a conversation depend on the moment and on the event, and are checked there alone.
 */
const id = (meaning: string) =>
  z
    .union([z.string().max(limits.idChars), z.number()])
    .nullish()
    .meta({ description: meaning });

const dimension = (meaning: string) =>
  z
    .union([z.string().max(limits.dimensionChars), z.number(), z.boolean()])
    .nullish()
    .meta({ description: meaning });

const share = z.union([z.number().min(0).max(1), z.string()]).nullish();

export const messageTypes = ['track', 'identify', 'page', 'screen', 'group', 'alias', 'merge'] as const;
export type MessageType = (typeof messageTypes)[number];

export const eventProperties = z
  .looseObject({
    conversation_id: id('Conversation or thread of the platform; wins over thread_id.'),
    thread_id: id("The platform's thread."),
    channel: dimension('Where: one of the channels; another name counts as other.'),
    job: dimension('What the bot was hired for: support, lead, sales, booking.'),
    actor: dimension('Who acted: visitor, bot, human, system. Not sent: by the name of the event.'),
    kind: dimension('Of a reply: greeting, answer, question, clarification, fallback, menu, handoff, other.'),
    bot: dimension('Name of the bot.'),
    bot_version: dimension('Version of the bot.'),
    flow: dimension('Name of the flow.'),
    step: dimension('Step of the flow.'),
    goal: dimension('Goal that was reached.'),
    reason: dimension('Why: of a fallback, a handoff, a disqualification.'),
    by: dimension('Who did it, where that is not the actor.'),
    initiator: dimension('The same as by.'),
    language: dimension('Language of the visitor.'),
    country: dimension('Country, two letters.'),
    device: dimension('mobile, tablet, desktop.'),
    intent: z
      .union([dimension(''), z.looseObject({ name: dimension(''), id: dimension(''), confidence: share })])
      .meta({ description: 'Recognised intent: a name, or {name, confidence}.' }),
    intent_confidence: share.meta({ description: '0 to 1.' }),
    text: z.union([z.string(), z.number(), z.boolean()]).nullish().meta({ description: 'What was said.' }),
    private: z.unknown().optional().meta({ description: 'true: a note that the visitor does not see.' }),
    test: z
      .unknown()
      .optional()
      .meta({ description: 'true: flagged, and left out of every figure by default.' }),
    continued_from: id('The conversation that this one goes on with, on another channel.'),
  })
  .meta({ description: 'What the event says. Anything else is kept as sent.' });

const eventName = z.string().min(1).max(limits.nameChars);

export const segmentMessage = z
  .looseObject({
    type: z.enum(messageTypes),
    event: z.unknown().optional().meta({ description: 'Of a track: the canonical name, a text.' }),
    messageId: id('Idempotency key; without one it is derived from the content.'),
    userId: id('Your own id of the person.'),
    anonymousId: id('Id of the browser.'),
    previousId: id('Of an alias: the id that was known before.').optional(),
    timestamp: z.unknown().optional().meta({ description: 'When it happened, ISO 8601.' }),
    originalTimestamp: z
      .unknown()
      .optional()
      .meta({ description: "The same by the client's clock, where timestamp is set on purpose." }),
    sentAt: z.unknown().optional().meta({ description: 'When the client sent it, by the same clock.' }),
    properties: eventProperties.nullish(),
    traits: z.looseObject({}).nullish().meta({ description: 'Of an identify: what is known of the person.' }),
    context: z.looseObject({}).nullish().meta({ description: 'campaign, page, locale, userAgent are read.' }),
  })
  .refine(({ type, event }) => type !== 'track' || eventName.safeParse(event).success, {
    path: ['event'],
    error: 'a track needs the name of its event',
  });

export const segmentBatch = z.looseObject({
  batch: z.array(segmentMessage).max(limits.eventsPerBatch),
  writeKey: z.string().optional(),
  sentAt: z.unknown().optional(),
  context: z.looseObject({}).optional().meta({ description: 'Merged under the context of every message.' }),
});

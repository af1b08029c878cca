import { limits } from '@botworth/contract/limits';
import type { MessageType } from '@botworth/contract/message';
import { type EventDefinition, vocabulary } from '@botworth/contract/vocabulary';
import { eventHash, hash64, hash128, threadHash } from '../../base/hash.ts';
import type { EventRow } from '../../store/schema/event-row.ts';
import { canonicalJson } from '../validate/canonical-json.ts';
import { engineTime, eventTimeMs } from '../validate/event-time.ts';
import { unmark } from '../validate/exact-json.ts';
import {
  type Fields,
  fieldsOf,
  hint,
  isDeeperThan,
  isFields,
  NOTHING,
  readDimension,
  readFields,
  readId,
  readText,
} from '../validate/read-value.ts';
import { type Note, type Refusal, refuse } from '../validate/refusal.ts';
import { actorCode, actorPlace, channelCode, jobCode, kindCode } from './closed-lists.ts';
import type { Delivery } from './delivery.ts';
import { country, readCountry, readIntent, readLanguage, readVariant, taxonomyIntent } from './dimensions.ts';
import { flagsOf } from './flags.ts';
import { isMeeting, meetingNumber } from './meeting.ts';
import { messageName, readType } from './message-type.ts';
import { emailDomain, readPersonKeys } from './person-keys.ts';
import { readRating } from './rating.ts';
import { restOf } from './raw-payload.ts';
import { redactContacts } from './redact.ts';
import { parseThreadId } from './thread-id.ts';
import { readUserAgent } from './user-agent.ts';
import { readVisit } from './visit.ts';
import { isSmallTalk, normaliseText, repeatHash } from './visitor-text.ts';

/** A row before its place in the commit sequence is known. */
export type UnsequencedRow = Omit<EventRow, 'seq' | 'first'>;

export type Read = { readonly row: UnsequencedRow } | { readonly refusal: Refusal };

const selfOpeners = new Set(['widget', 'bot', 'auto', 'automatic', 'proactive', 'system']);

/** Events that may stand for nobody in particular; every other one must name a person or a conversation. */
const standsAlone = (definition: EventDefinition | undefined, type: MessageType): boolean =>
  definition === undefined ||
  type === 'group' ||
  definition.role === 'cost' ||
  definition.role === 'business' ||
  definition === vocabulary.brand_mention;

const isTrue = (value: unknown): boolean => value === true || value === 'true';

const isOurDomain = (
  { testTraffic, mayHoldContacts }: Delivery,
  properties: Fields,
  traits: Fields,
  contextTraits: unknown,
  userId: string,
): boolean =>
  testTraffic.emailDomains.size > 0 &&
  (mayHoldContacts || userId.includes('@')) &&
  testTraffic.emailDomains.has(emailDomain(traits, contextTraits, properties, { email: userId }));

/** What was said: strictly a text under `text`; under the other names only where it is one. */
const readSaid = (properties: Fields, definition: EventDefinition | undefined, note: Note): string => {
  const text = readText(properties.text, 'properties.text', note);
  if (text !== '') return text;
  const said =
    properties.message ??
    properties.question ??
    (definition === vocabulary.option_selected ? properties.label : undefined) ??
    (definition?.role === 'feedback' ? properties.comment : undefined);
  return typeof said === 'string' ? readText(said, 'properties.text', note) : '';
};

/** One message of a Segment client → a row, or what is wrong with it. */
export const readMessage = (message: unknown, delivery: Delivery): Read => {
  if (!isFields(message))
    return { refusal: { code: 'not_an_object', field: '', reason: 'an event must be a JSON object' } };
  const note: Note = { refusal: undefined };
  if (isDeeperThan(message, limits.depth + 1))
    refuse(note, 'too_deep', 'properties', `an event may nest at most ${limits.depth} levels`);
  if (note.refusal !== undefined) return { refusal: note.refusal };

  const type = readType(message, delivery.routeType, note);
  const { name, definition } = messageName(type, message, note);
  const code = definition?.code ?? 0;
  const properties = readFields(message.properties, 'properties', note);
  const traits = readFields(message.traits, 'traits', note);
  const aboutPerson = type === 'identify' || type === 'group';
  const ownContext = readFields(message.context, 'context', note);
  const context =
    delivery.batchContext === undefined ? ownContext : { ...delivery.batchContext, ...ownContext };
  const { workspaceNumber } = delivery;

  const userId = readId(message.userId, 'userId', note);
  const anonymousId = readId(message.anonymousId, 'anonymousId', note);
  const links = definition === vocabulary.alias || definition === vocabulary.unlink;
  const previousId = links ? readId(message.previousId ?? properties.previous_id, 'previousId', note) : '';
  const sentThread =
    readId(properties.conversation_id, 'properties.conversation_id', note) ||
    readId(properties.thread_id, 'properties.thread_id', note);
  const thread = parseThreadId(sentThread);
  const sentEventId = readId(message.messageId, 'messageId', note);
  const tsMs = eventTimeMs(message, delivery.sentAt, delivery.receivedMs, note);

  const isPrivate = isTrue(properties.private);
  const sentActor = readDimension(properties.actor, 'properties.actor', note);
  const actor = isPrivate
    ? actorPlace.system
    : sentActor === ''
      ? definition === undefined
        ? actorPlace.unknown
        : actorPlace[definition.actor]
      : actorCode(sentActor);

  const countryName = readCountry(properties, context, note) || country(hint(traits.country));
  const keys = readPersonKeys(
    {
      workspaceNumber,
      userId,
      anonymousId,
      previousId,
      // A group's traits are the company's.
      traits: type === 'group' ? NOTHING : traits,
      contextTraits: context.traits === undefined ? NOTHING : fieldsOf(context.traits),
      properties,
      mergeProperties: type === 'merge' ? message.mergeProperties : undefined,
      contactsAreVisitors: actor !== actorPlace.bot && actor !== actorPlace.human,
      country: countryName.length === 2 ? countryName : '',
      mayHoldContacts: delivery.mayHoldContacts,
    },
    delivery.hasher,
    note,
  );
  // A group names no person: its user's keys are known, but tie nothing.
  const ties = type === 'group' ? [] : keys.ties;
  const loose = thread.threadId === '';
  const intent = readIntent(properties, note);
  const rating = readRating(code, properties, note);
  const visit = readVisit(properties, context, delivery.testTraffic.queryFlag);
  const sentAgent = context.userAgent;
  const agent = readUserAgent(typeof sentAgent === 'string' ? sentAgent : delivery.userAgent);
  const by = readDimension(properties.by ?? properties.initiator, 'properties.by', note);
  const text = readSaid(properties, definition, note);
  const isVisitorMessage = definition === vocabulary.message_sent && actor === actorPlace.visitor;
  const normalText = isVisitorMessage && text !== '' ? normaliseText(text) : '';
  const step = readDimension(
    definition === vocabulary.lead_qualified ? (properties.stage ?? properties.step) : properties.step,
    'properties.step',
    note,
  );
  const continued = readId(properties.continued_from, 'properties.continued_from', note);

  const flags = flagsOf({
    test:
      isTrue(properties.test) ||
      isTrue(properties.internal) ||
      visit.flagged ||
      isOurDomain(delivery, properties, traits, context.traits, userId),
    crawler: agent.crawler && delivery.testTraffic.crawlers,
    smalltalk:
      isVisitorMessage &&
      (intent.name === '' ? isSmallTalk(normalText) : taxonomyIntent(intent.name) === 'smalltalk'),
    private_note: isPrivate,
    loose,
    self_opened: definition === vocabulary.chat_opened && selfOpeners.has(by),
    positive: rating.thumb === 'up' || (definition === vocabulary.conversation_resolved && by === 'visitor'),
    negative: rating.thumb === 'down',
    wants_human: actor === actorPlace.visitor && taxonomyIntent(intent.name) === 'human_request',
  });

  const partial = {
    bot: readDimension(properties.bot, 'properties.bot', note),
    bot_version: readDimension(properties.bot_version, 'properties.bot_version', note),
    flow: readDimension(properties.flow, 'properties.flow', note),
    goal: readDimension(properties.goal, 'properties.goal', note),
    reason: readDimension(properties.reason, 'properties.reason', note),
    kind:
      definition === vocabulary.message_replied || definition === vocabulary.message_sent
        ? kindCode(readDimension(properties.kind, 'properties.kind', note))
        : 0,
    channel: channelCode(readDimension(properties.channel, 'properties.channel', note)),
    job: jobCode(readDimension(properties.job, 'properties.job', note)),
    language: readLanguage(properties, context, note),
    device:
      readDimension(properties.device, 'properties.device', note) ||
      hint(fieldsOf(context.device).type) ||
      agent.device,
    variant: readVariant(properties, note),
  };
  if (loose && keys.best === 0n && !standsAlone(definition, type)) {
    refuse(
      note,
      'no_person',
      'userId',
      'an event needs a userId, an anonymousId or properties.conversation_id',
    );
  }
  if (note.refusal !== undefined) return { refusal: note.refusal };

  const stored = aboutPerson ? traits : properties;
  if (delivery.mayHoldContacts)
    redactContacts(stored, delivery.hasher, countryName.length === 2 ? countryName : '');
  const rest = restOf(message, context, aboutPerson ? 'traits' : 'properties', delivery);
  if (delivery.mayHoldContacts) redactContacts(rest, delivery.hasher, '');
  let propertiesJson = JSON.stringify(stored);
  let restJson = JSON.stringify(rest);
  if (delivery.markedNumbers) {
    propertiesJson = unmark(propertiesJson);
    restJson = unmark(restJson);
  }
  const chars = propertiesJson.length + restJson.length;
  // A UTF-16 unit takes at most three bytes of UTF-8.
  if (
    chars * 3 > limits.eventBytes &&
    Buffer.byteLength(propertiesJson) + Buffer.byteLength(restJson) > limits.eventBytes
  ) {
    return {
      refusal: {
        code: 'too_large',
        field: 'properties',
        reason: `an event may take at most ${limits.eventBytes} bytes`,
      },
    };
  }
  if (
    delivery.brokenUtf8 &&
    (propertiesJson.includes('\ufffd') || restJson.includes('\ufffd') || sentEventId.includes('\ufffd'))
  ) {
    return {
      refusal: { code: 'not_utf8', field: 'properties', reason: 'the event holds bytes that are not UTF-8' },
    };
  }
  const eventId = sentEventId || `derived-${hash128(canonicalJson([stored, rest]))}`;

  return {
    row: {
      workspace_id: workspaceNumber,
      thread: (loose ? keys.best : threadHash(workspaceNumber, thread.threadId)).toString(),
      eid: eventHash(workspaceNumber, eventId),
      digest: hash64(`${propertiesJson}\u0000${restJson}`).toString(),
      ts: engineTime(tsMs),
      received_at: delivery.receivedAt,
      code,
      name,
      event_id: eventId,
      thread_id: thread.threadId,
      episode_ms: thread.episodeMs === 0 ? '0' : String(thread.episodeMs),
      actor,
      kind: partial.kind,
      channel: partial.channel,
      job: partial.job,
      flags,
      key: keys.best === 0n ? '0' : keys.best.toString(),
      ties: ties.length === 0 ? [] : ties.map(String),
      bot: partial.bot,
      bot_version: partial.bot_version,
      flow: partial.flow,
      step,
      intent: intent.name,
      confidence: intent.confidence,
      goal: partial.goal,
      reason: partial.reason,
      by,
      language: partial.language,
      device: partial.device,
      country: countryName,
      page: visit.page === '' && type === 'screen' ? hint(message.name) : visit.page,
      referrer: visit.referrer,
      source: visit.source,
      medium: visit.medium,
      campaign: visit.campaign,
      variant: partial.variant,
      continued_from:
        continued === '' ? '0' : threadHash(workspaceNumber, parseThreadId(continued).threadId).toString(),
      score: isMeeting(code) ? meetingNumber(properties) : rating.score,
      scale: rating.scale,
      text_hash: normalText === '' ? '0' : repeatHash(normalText).toString(),
      text,
      properties: propertiesJson,
      context: restJson,
      via: delivery.via,
    },
  };
};

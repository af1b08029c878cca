import { actors, channels, jobs, replyKinds } from '@botworth/contract/dimensions';
import { eventCode } from '@botworth/contract/vocabulary';
import { describe, expect, it } from 'vitest';
import { hash64, personKey, threadHash } from '../../base/hash.ts';
import { eventFlags } from '../../store/schema/event-row.ts';
import { read, receivedMs, refusalOf, rowOf, track } from '../delivery.test-data.ts';
import { createContactHasher } from './contact-hash.ts';

const keyOf = (type: Parameters<typeof personKey>[1], value: string) => personKey(1, type, value).toString();
const flagged = (row: { flags: number }, name: keyof typeof eventFlags) =>
  (row.flags & eventFlags[name]) !== 0;

describe('names', () => {
  it('a canonical name has its code, in any case and with any joints', () => {
    for (const name of ['message_sent', 'Message Sent', 'messageSent', 'MESSAGE-SENT', ' message sent ']) {
      expect(rowOf(track(name))).toMatchObject({ name: 'message_sent', code: eventCode('message_sent') });
    }
  });
  it('a name nobody mapped keeps itself and has code 0', () => {
    expect(rowOf(track('Bot Conversation Resolved'))).toMatchObject({
      name: 'Bot Conversation Resolved',
      code: 0,
      actor: 0,
    });
    expect(rowOf(track('constructor'))).toMatchObject({ name: 'constructor', code: 0 });
    expect(rowOf(track('__proto__'))).toMatchObject({ name: '__proto__', code: 0 });
  });
  it('page and screen are views, identify, alias and group are about people', () => {
    const nameOf = (type: string, rest = {}) => rowOf({ type, userId: 'u', anonymousId: 'a', ...rest }).name;
    expect([
      nameOf('page'),
      nameOf('screen'),
      nameOf('identify'),
      nameOf('alias', { previousId: 'b' }),
      nameOf('group'),
    ]).toEqual(['page_viewed', 'page_viewed', 'identify', 'alias', 'identify']);
  });
  it('the type comes from the message, else from the address, else an event is a track', () => {
    expect(rowOf({ event: 'message_sent', userId: 'u' }).name).toBe('message_sent');
    expect(rowOf({ userId: 'u' }, { routeType: 'page' }).name).toBe('page_viewed');
    expect(refusalOf({ userId: 'u' })).toMatchObject({ field: 'type', code: 'type' });
    expect(refusalOf({ type: 'screech', userId: 'u' })).toMatchObject({ field: 'type' });
    expect(refusalOf({ type: 'track', userId: 'u' })).toMatchObject({ field: 'event' });
  });
});

describe('threads', () => {
  it('conversation_id wins over thread_id, and a number is as good as a text', () => {
    expect(rowOf(track('message_sent', { conversation_id: 'c', thread_id: 't' })).thread).toBe(
      threadHash(1, 'c').toString(),
    );
    expect(rowOf(track('message_sent', { conversation_id: undefined, thread_id: 't' })).thread_id).toBe('t');
    expect(rowOf(track('message_sent', { conversation_id: 42 })).thread_id).toBe('42');
    expect(refusalOf(track('message_sent', { conversation_id: { id: 1 } }))).toMatchObject({
      field: 'properties.conversation_id',
    });
  });
  it('an id with the start of an episode names the thread and the episode', () => {
    expect(
      rowOf(track('csat_submitted', { conversation_id: 'c::2026-04-10T10:00:00.000Z', score: 5, scale: 5 })),
    ).toMatchObject({
      thread_id: 'c',
      episode_ms: String(Date.UTC(2026, 3, 10, 10)),
      thread: threadHash(1, 'c').toString(),
    });
    for (const id of [
      '::2026-04-10T10:00:00.000Z',
      'c::2026-04-10T10:00:00Z',
      'c::2026-02-31T10:00:00.000Z',
      'c::x',
    ]) {
      expect(rowOf(track('message_sent', { conversation_id: id }))).toMatchObject({
        thread_id: id,
        episode_ms: '0',
      });
    }
  });
  it('an event without a conversation lies under its best person key, and says so', () => {
    const row = rowOf({
      type: 'track',
      event: 'csat_submitted',
      userId: 'u',
      anonymousId: 'a',
      properties: { score: 4, scale: 5 },
    });
    expect(row).toMatchObject({ thread: keyOf('user_id', 'u'), key: keyOf('user_id', 'u'), thread_id: '' });
    expect(flagged(row, 'loose')).toBe(true);
    expect(flagged(rowOf(track('message_sent')), 'loose')).toBe(false);
  });
  it('nobody and nowhere is refused, except where an event can stand for itself', () => {
    expect(refusalOf({ type: 'track', event: 'message_sent' })).toMatchObject({
      field: 'userId',
      code: 'no_person',
    });
    for (const event of [
      'cost_recorded',
      'bill_line',
      'order_completed',
      'brand_mention',
      'Something Else',
    ]) {
      expect(rowOf({ type: 'track', event })).toMatchObject({ thread: '0', key: '0' });
    }
  });
});

describe('people', () => {
  const hasher = createContactHasher('secret');
  it('the strongest key is the best, and several keys are tied', () => {
    const row = rowOf({
      type: 'identify',
      userId: 'u',
      anonymousId: 'a',
      traits: { email: ' Ana@Example.test ', phone: '+49 151 12345678' },
    });
    expect(row.key).toBe(keyOf('user_id', 'u'));
    expect(row.ties).toEqual([
      keyOf('user_id', 'u'),
      keyOf('email', hasher.email('ana@example.test').hex),
      keyOf('phone', hasher.phone('+4915112345678', '').hex),
      keyOf('anonymous_id', 'a'),
    ]);
  });
  it('one key ties nothing', () => {
    expect(rowOf(track('message_sent')).ties).toEqual([]);
    expect(rowOf(track('message_sent', {}, { anonymousId: 'a' })).ties).toHaveLength(2);
  });
  it('the same e-mail or phone is the same key, however it is written', () => {
    const keyFor = (traits: Record<string, unknown>) =>
      rowOf({ type: 'identify', traits, anonymousId: null }).key;
    expect(keyFor({ email: 'ANA@example.TEST ' })).toBe(keyFor({ email: 'ana@example.test' }));
    expect(keyFor({ phone: '+49 (151) 123-45678' })).toBe(keyFor({ phone: '004915112345678' }));
    expect(keyFor({ phone: '0151 12345678', country: 'DE' })).toBe(keyFor({ phone: '+4915112345678' }));
  });
  it('what is no address names nobody', () => {
    expect(refusalOf({ type: 'identify', traits: { email: 'unknown' } })).toMatchObject({
      code: 'no_person',
    });
    expect(refusalOf({ type: 'identify', traits: { phone: '0151 12345678' } })).toMatchObject({
      code: 'no_person',
    });
  });
  it('an alias ties the new id with both readings of the old one', () => {
    expect(new Set(rowOf({ type: 'alias', userId: 'u', previousId: 'p' }).ties)).toEqual(
      new Set([keyOf('user_id', 'u'), keyOf('user_id', 'p'), keyOf('anonymous_id', 'p')]),
    );
    expect(rowOf(track('unlink', { previous_id: 'p' })).ties).toHaveLength(3);
  });
  it('a group ties nothing', () => {
    expect(
      rowOf({
        type: 'group',
        userId: 'u',
        anonymousId: 'a',
        groupId: 'g',
        traits: { email: 'team@example.test' },
      }),
    ).toMatchObject({ ties: [], key: keyOf('user_id', 'u') });
  });
  it("a merge of RudderStack's ties the keys that it names", () => {
    const row = rowOf({
      type: 'merge',
      mergeProperties: [
        { type: 'email', value: 'ana@example.test' },
        { type: 'mobile', value: '+4915112345678' },
      ],
    });
    expect(row).toMatchObject({ name: 'alias' });
    expect(row.ties).toHaveLength(2);
  });
  it("a colleague's contact details are not the visitor's", () => {
    expect(rowOf(track('message_replied', { actor: 'human', email: 'agent@example.test' })).ties).toEqual([]);
    expect(rowOf(track('lead_captured_chat', { email: 'ana@example.test' })).ties).toHaveLength(2);
  });
  it('null is not an id', () => {
    expect(rowOf(track('message_sent', {}, { userId: null, anonymousId: 'a' })).key).toBe(
      keyOf('anonymous_id', 'a'),
    );
  });
});

describe('meetings', () => {
  const numberOf = (event: string, properties: object) => rowOf(track(event, { ...properties })).score;
  it('one id is one number, from whatever system and under either name', () => {
    const uri = 'https://api.calendly.com/scheduled_events/e/invitees/i';
    const number = numberOf('meeting_booked', { meeting_id: uri });
    expect(number).toBeGreaterThan(0);
    expect(Math.fround(number)).toBe(number);
    expect(numberOf('meeting_cancelled', { booking_id: uri })).toBe(number);
    expect(numberOf('meeting_cancelled', { booking_id: 'another' })).not.toBe(number);
    expect(numberOf('meeting_booked', { meeting_id: 12 })).toBe(
      numberOf('meeting_booked', { meeting_id: '12' }),
    );
  });
  it('without an id there is none, and what is no id refuses nothing', () => {
    expect(numberOf('meeting_booked', {})).toBe(0);
    expect(numberOf('meeting_booked', { meeting_id: { nested: 1 }, score: 4 })).toBe(0);
  });
});

describe('privacy', () => {
  const addresses = ['ana@example.test', '+4915112345678', '4915112345678', 'Ana@Example.test'];
  it('no e-mail and no phone under a key that says so is stored, at any depth and in any spelling of the key', () => {
    const hidden = {
      email: 'ana@example.test',
      Email: 'Ana@Example.test',
      e_mail: 'ana@example.test',
      'E-Mail': ['ana@example.test'],
      customerEmail: 'ana@example.test',
      contact: {
        deep: [{ phoneNumber: '+4915112345678', mobile: 4915112345678, email: { work: 'ana@example.test' } }],
      },
    };
    const row = rowOf(
      track('lead_captured_chat', hidden, {
        context: { traits: hidden },
        traits: hidden,
        userId: 'ana@example.test',
      }),
    );
    const stored = JSON.stringify(row);
    for (const address of addresses) expect(stored).not.toContain(address);
    expect(JSON.parse(row.properties).email).toMatch(/^#email:[0-9a-f]{16}$/);
    expect(JSON.parse(row.properties).contact.deep[0].mobile).toMatch(/^#phone:[0-9a-f]{16}$/);
  });
  it('other values under such a key stay', () => {
    const properties = JSON.parse(
      rowOf(track('x', { is_mobile: true, prefers_mobile: 'yes', sent_email: 'welcome', channel: 'email' }))
        .properties,
    );
    expect(properties).toMatchObject({
      is_mobile: true,
      prefers_mobile: 'yes',
      sent_email: 'welcome',
      channel: 'email',
    });
  });
  it('another secret gives another hash', () => {
    const message = { type: 'identify', userId: 'u', traits: { email: 'ana@example.test' } };
    expect(rowOf(message).properties).not.toBe(
      rowOf(message, { hasher: createContactHasher('other') }).properties,
    );
  });
  it('a key written with escapes is found too', () => {
    const text = '{"type":"identify","userId":"u","traits":{"\\u0065\\u006dail":"ana@example.test"}}';
    expect(rowOf(JSON.parse(text)).properties).not.toContain('ana@');
  });
});

describe('dimensions', () => {
  it('closed lists are codes; an unknown channel is other, an unknown job is none', () => {
    expect(
      rowOf(track('message_replied', { channel: 'WhatsApp', job: 'Support', kind: 'answer' })),
    ).toMatchObject({
      channel: channels.indexOf('whatsapp'),
      job: jobs.indexOf('support'),
      kind: replyKinds.indexOf('answer'),
    });
    const odd = rowOf(track('message_replied', { channel: 'pigeon', job: 'juggling', kind: 'shrug' }));
    expect(odd).toMatchObject({
      channel: channels.indexOf('other'),
      job: 0,
      kind: replyKinds.indexOf('other'),
    });
    expect(JSON.parse(odd.properties)).toMatchObject({ channel: 'pigeon', job: 'juggling', kind: 'shrug' });
    expect(rowOf(track('message_replied'))).toMatchObject({ channel: 0, job: 0, kind: 0 });
  });
  it('the actor is what is sent, else what the name implies; a private note is the system', () => {
    const actorOf = (event: string, properties = {}) => actors[rowOf(track(event, properties)).actor];
    expect(actorOf('message_sent')).toBe('visitor');
    expect(actorOf('message_replied')).toBe('bot');
    expect(actorOf('message_replied', { actor: 'human' })).toBe('human');
    expect(actorOf('message_replied', { actor: 'agent' })).toBe('human');
    expect(actorOf('message_replied', { actor: 'martian' })).toBe('unknown');
    const note = rowOf(track('message_replied', { actor: 'human', private: true }));
    expect([actors[note.actor], flagged(note, 'private_note')]).toEqual(['system', true]);
  });
  it('an intent is a name with a confidence, or both in one object', () => {
    expect(rowOf(track('message_sent', { intent: 'billing' }))).toMatchObject({
      intent: 'billing',
      confidence: -1,
    });
    expect(rowOf(track('message_sent', { intent: 'billing', intent_confidence: 0.4 }))).toMatchObject({
      confidence: 0.4,
    });
    expect(rowOf(track('message_sent', { intent: { name: 'billing', confidence: '0.5' } }))).toMatchObject({
      intent: 'billing',
      confidence: 0.5,
    });
    expect(refusalOf(track('message_sent', { intent: 'billing', confidence: 87 }))).toMatchObject({
      field: 'properties.intent_confidence',
    });
  });
  it('variants are experiment and arm', () => {
    expect(rowOf(track('variant_assigned', { variant: 'b' })).variant).toBe('b');
    expect(rowOf(track('variant_assigned', { experiment: 'tone', variant: 'b' })).variant).toBe('tone:b');
    expect(rowOf(track('variant_assigned', { variant: { tone: 'b', greeting: 1 } })).variant).toBe(
      'greeting:1,tone:b',
    );
  });
  it('page, referrer, campaign, locale and agent come from the context', () => {
    const context = {
      locale: 'en-US',
      userAgent: 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Mobile/15E148',
      page: {
        path: '/pricing',
        url: 'https://shop.example.test/pricing?utm_source=nl&utm_medium=mail',
        referrer: 'https://news.example.test/',
      },
      campaign: { source: 'newsletter', name: 'spring' },
      location: { country: 'de' },
    };
    expect(rowOf(track('message_sent', {}, { context }))).toMatchObject({
      language: 'en',
      device: 'mobile',
      page: '/pricing',
      referrer: 'https://news.example.test/',
      source: 'newsletter',
      medium: 'mail',
      campaign: 'spring',
      country: 'DE',
    });
    expect(
      rowOf(track('page_viewed', { url: 'https://shop.example.test/a/b?utm_campaign=x#y' })),
    ).toMatchObject({ page: '/a/b', campaign: 'x' });
  });
  it("a batch's context lies under each message's own", () => {
    expect(
      rowOf(track('message_sent', {}, { context: { locale: 'ru' } }), {
        batchContext: { locale: 'ja', location: { country: 'jp' } },
      }),
    ).toMatchObject({ language: 'ru', country: 'JP' });
  });
  it('a value too long is refused by name, a hint too long is cut', () => {
    expect(refusalOf(track('message_sent', { bot: 'x'.repeat(257) }))).toMatchObject({
      field: 'properties.bot',
      code: 'too_long',
    });
    expect(refusalOf(track('message_sent', { flow: ['a'] }))).toMatchObject({
      field: 'properties.flow',
      code: 'wrong_type',
    });
    expect(
      rowOf(track('message_sent', {}, { context: { campaign: { name: 'y'.repeat(999) } } })).campaign,
    ).toHaveLength(256);
  });
  it("a conversation that goes on names its predecessor's thread", () => {
    expect(
      rowOf(track('chat_opened', { continued_from: 'w::2026-04-10T10:00:00.000Z' })).continued_from,
    ).toBe(threadHash(1, 'w').toString());
    expect(rowOf(track('chat_opened')).continued_from).toBe('0');
  });
});

describe('what the visitor said', () => {
  it('messages that differ in case, width, spaces and punctuation only are the same', () => {
    const hashOf = (text: string) => rowOf(track('message_sent', { text })).text_hash;
    expect(hashOf('Where is my parcel?')).toBe(hashOf('where is MY PARCEL'));
    expect(hashOf('ＡＢＣ　ｄｅｆ。')).toBe(hashOf('abc def'));
    expect(hashOf('Where is my parcel?')).toBe(hash64('whereismyparcel').toString());
    expect(hashOf('もう一度！')).not.toBe(hashOf('もう二度'));
  });
  it('under three characters nothing is compared, and only the visitor repeats', () => {
    expect(rowOf(track('message_sent', { text: 'ab!' })).text_hash).toBe('0');
    expect(rowOf(track('message_sent', { text: '👍👍' })).text_hash).toBe('0');
    expect(rowOf(track('message_replied', { text: 'Where is it?' }))).toMatchObject({
      text_hash: '0',
      text: 'Where is it?',
    });
  });
  it('a greeting alone is small talk, in five languages, by words or by intent', () => {
    for (const text of ['Hi!', 'thank you', 'Спасибо!', 'ありがとうございます。', '감사합니다', 'شكرا']) {
      expect(flagged(rowOf(track('message_sent', { text })), 'smalltalk'), text).toBe(true);
    }
    expect(flagged(rowOf(track('message_sent', { text: 'Hi, where is my parcel?' })), 'smalltalk')).toBe(
      false,
    );
    expect(
      flagged(
        rowOf(track('message_sent', { text: 'Good day to you, bot', intent: 'Greeting' })),
        'smalltalk',
      ),
    ).toBe(true);
    expect(flagged(rowOf(track('message_sent', { text: 'hi', intent: 'order_status' })), 'smalltalk')).toBe(
      false,
    );
  });
  it('an intent that asks for a person says so', () => {
    expect(flagged(rowOf(track('message_sent', { intent: 'contact_human_agent' })), 'wants_human')).toBe(
      true,
    );
    expect(flagged(rowOf(track('message_sent', { intent: 'order_status' })), 'wants_human')).toBe(false);
  });
});

describe('ratings', () => {
  it('thumbs are up or down, in the words of many platforms', () => {
    for (const rating of ['up', 'thumbs_up', 'positive', 1, true])
      expect(flagged(rowOf(track('answer_rated', { rating })), 'positive')).toBe(true);
    for (const rating of ['down', 'Thumbs Down', 'bad', 0, -1, false])
      expect(flagged(rowOf(track('answer_rated', { rating })), 'negative')).toBe(true);
    expect(refusalOf(track('answer_rated', { rating: 'sideways' }))).toMatchObject({
      field: 'properties.rating',
    });
  });
  it('a score is a number with its scale', () => {
    expect(rowOf(track('csat_submitted', { score: '4', scale: 5 }))).toMatchObject({ score: 4, scale: 5 });
    expect(rowOf(track('csat_submitted', { score: 4 }))).toMatchObject({ score: 4, scale: 0 });
    for (const score of ['four', '', null, [4], 1e12])
      expect(refusalOf(track('csat_submitted', { score })).field).toBe('properties.score');
    expect(refusalOf(track('csat_submitted', { score: 4, scale: 5.5 })).field).toBe('properties.scale');
  });
  it("only the visitor's own word makes a resolution positive", () => {
    expect(flagged(rowOf(track('conversation_resolved', { by: 'visitor' })), 'positive')).toBe(true);
    expect(flagged(rowOf(track('conversation_resolved', { by: 'timeout' })), 'positive')).toBe(false);
  });
});

describe('traffic that is flagged, not dropped', () => {
  it('a widget that opens itself', () => {
    expect(flagged(rowOf(track('chat_opened', { by: 'widget' })), 'self_opened')).toBe(true);
    expect(flagged(rowOf(track('chat_opened', { by: 'visitor' })), 'self_opened')).toBe(false);
  });
  it('crawlers by their agent', () => {
    const crawls = (userAgent: string) =>
      flagged(rowOf(track('page_viewed', {}, { context: { userAgent } })), 'crawler');
    expect(crawls('Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)')).toBe(true);
    expect(crawls('Mozilla/5.0 (compatible; bingbot/2.0)')).toBe(true);
    expect(crawls('Mozilla/5.0 (Linux; Android 10; CUBOT X30) AppleWebKit/537.36 Mobile Safari/537.36')).toBe(
      false,
    );
    expect(crawls('Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36')).toBe(
      false,
    );
  });
  it('test traffic by property, by address and by domain', () => {
    const isTest = (message: unknown, changes = {}) => flagged(rowOf(message, changes), 'test');
    const at = (url: string) => track('page_viewed', {}, { context: { page: { url } } });
    expect(isTest(track('message_sent', { test: true }))).toBe(true);
    expect(isTest(at('https://a.test/?botworth_test=1'))).toBe(true);
    expect(isTest(at('https://a.test/?botworth_test'))).toBe(true);
    expect(isTest(at('https://a.test/?botworth_test=0'))).toBe(false);
    expect(isTest(at('https://a.test/botworth_test'))).toBe(false);
    const testTraffic = { crawlers: true, emailDomains: new Set(['ours.test']), queryFlag: '' };
    expect(
      isTest({ type: 'identify', userId: 'u', traits: { email: 'dev@OURS.test' } }, { testTraffic }),
    ).toBe(true);
    expect(
      isTest({ type: 'identify', userId: 'u', traits: { email: 'dev@notours.test' } }, { testTraffic }),
    ).toBe(false);
    expect(isTest(at('https://a.test/?botworth_test=1'), { testTraffic })).toBe(false);
  });
});

describe('time', () => {
  const at = (rest: Record<string, unknown>) =>
    read(track('message_sent', {}, { timestamp: undefined, ...rest }));
  const tsOf = (rest: Record<string, unknown>) => {
    const result = at(rest);
    return 'row' in result ? result.row.ts : result.refusal.code;
  };
  it('is read in every ISO form, and as Unix time', () => {
    for (const timestamp of [
      '2026-04-10T11:00:00.000Z',
      '2026-04-10T13:00:00+02:00',
      '2026-04-10 11:00:00',
      '2026-04-10T11:00Z',
      Date.UTC(2026, 3, 10, 11),
      Date.UTC(2026, 3, 10, 11) / 1000,
    ]) {
      expect(tsOf({ timestamp })).toBe('2026-04-10 11:00:00.000');
    }
    expect(tsOf({ timestamp: '2026-04-10T11:00:00.123456Z' })).toBe('2026-04-10 11:00:00.123');
    expect(tsOf({})).toBe('2026-04-10 12:00:00.000');
  });
  it('is refused where it is none', () => {
    for (const timestamp of [
      'yesterday',
      '2026-13-01T00:00:00Z',
      '2026-02-30T00:00:00.000Z',
      '2026-04-10T25:00:00.000Z',
      true,
      {},
      '',
      '1',
    ])
      expect(tsOf({ timestamp })).toBe('time');
  });
  it('over 24 hours ahead or before 2000 is refused, the edges are not', () => {
    expect(tsOf({ timestamp: '2026-04-11T12:00:00.000Z' })).toBe('2026-04-11 12:00:00.000');
    expect(tsOf({ timestamp: '2026-04-11T12:00:00.001Z' })).toBe('time_in_future');
    expect(tsOf({ timestamp: '2000-01-01T00:00:00.000Z' })).toBe('2000-01-01 00:00:00.000');
    expect(tsOf({ timestamp: '1999-12-31T23:59:59.999Z' })).toBe('time_too_old');
    expect(tsOf({ timestamp: 1e300 })).toBe('time_in_future');
  });
  it("is corrected by the sender's clock only beyond 120 seconds", () => {
    const sentMinus = (seconds: number) => new Date(receivedMs - seconds * 1000).toISOString();
    const timestamp = '2026-04-10T11:00:00.000Z';
    expect(tsOf({ timestamp, sentAt: sentMinus(120) })).toBe('2026-04-10 11:00:00.000');
    expect(tsOf({ timestamp, sentAt: sentMinus(3600) })).toBe('2026-04-10 12:00:00.000');
    expect(tsOf({ timestamp, sentAt: sentMinus(-121) })).toBe('2026-04-10 10:57:59.000');
    expect(tsOf({ timestamp, sentAt: 'junk' })).toBe('2026-04-10 11:00:00.000');
    expect(tsOf({ originalTimestamp: timestamp, sentAt: sentMinus(3600) })).toBe('2026-04-10 12:00:00.000');
  });
  it("a time that a caller set beside the client's own stands", () => {
    expect(
      tsOf({
        timestamp: '2026-04-01T00:00:00.000Z',
        originalTimestamp: '2026-04-10T11:00:00.000Z',
        sentAt: '2026-04-10T11:00:00.000Z',
      }),
    ).toBe('2026-04-01 00:00:00.000');
  });
});

describe('event ids', () => {
  it('without a messageId the content is the id, whatever the order of its keys and the time of sending', () => {
    const one = {
      type: 'track',
      event: 'message_sent',
      userId: 'u',
      timestamp: '2026-04-10T11:00:00.000Z',
      properties: { a: 1, b: { c: 2, d: 3 } },
    };
    const same = {
      properties: { b: { d: 3, c: 2 }, a: 1 },
      timestamp: '2026-04-10T11:00:00.000Z',
      userId: 'u',
      event: 'message_sent',
      type: 'track',
      sentAt: '2026-04-10T11:59:30.000Z',
    };
    expect(rowOf(one).event_id).toMatch(/^derived-[0-9a-f-]{36}$/);
    expect(rowOf(same).eid).toBe(rowOf(one).eid);
    expect(rowOf({ ...one, properties: { a: 2 } }).eid).not.toBe(rowOf(one).eid);
  });
  it('a re-sent event has the same digest, a changed one another', () => {
    const first = rowOf(track('message_sent', { text: 'a' }, { sentAt: '2026-04-10T11:59:00.000Z' }));
    expect(
      rowOf(
        track(
          'message_sent',
          { text: 'a' },
          { sentAt: '2026-04-10T11:59:30.000Z', _metadata: { retryCount: 1 } },
        ),
      ).digest,
    ).toBe(first.digest);
    expect(rowOf(track('message_sent', { text: 'b' })).digest).not.toBe(first.digest);
  });
});

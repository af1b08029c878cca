import { createHash } from 'node:crypto';
import { isEventName } from '@botworth/contract/vocabulary';
import { describe, expect, test } from 'vitest';
import { truthsOf } from '../truths.ts';
import { questionsOf } from './questions.data.ts';
import { createScenario } from './scenario.ts';
import { supportIntents } from './shop.data.ts';

const wish = { seed: 7, endDate: '2026-04-06', weeks: 26, conversations: 400 };

const digest = (seed: number): string => {
  const hash = createHash('sha256');
  for (const message of createScenario({ ...wish, seed }).messages()) hash.update(JSON.stringify(message));
  return hash.digest('hex');
};

describe('the simulated shop', () => {
  test('one seed gives one shop, another seed another', () => {
    expect(digest(7)).toBe(digest(7));
    expect(digest(7)).not.toBe(digest(8));
  });

  test('every message has an id of its own, a canonical name, and a time inside the weeks', () => {
    const scenario = createScenario(wish);
    const ids = new Set<string>();
    let count = 0;
    // Midnight in Berlin, in winter time and in summer time; the widget is seen up to 90 s before a chat.
    const fromMs = Date.parse('2025-10-05T22:00:00Z');
    const toMs = Date.parse('2026-04-05T22:00:00Z');
    for (const message of scenario.messages()) {
      count += 1;
      ids.add(message.messageId);
      const atMs = Date.parse(message.timestamp);
      if (atMs < fromMs || atMs >= toMs)
        expect.fail(`${message.messageId} lies outside: ${message.timestamp}`);
      if (message.type === 'track' && !isEventName(message.event ?? ''))
        expect.fail(`${message.event} is no event`);
    }
    expect(ids.size).toBe(count);
    expect(scenario.ledger.messages).toBe(count);
    expect(count).toBeGreaterThan(4000);
  });

  test('nobody repeats a message inside a conversation, or silence would look like being stuck', () => {
    const said = new Map<string, Set<string>>();
    for (const { event, messageId, properties } of createScenario(wish).messages()) {
      if (event !== 'message_sent') continue;
      const conversation = messageId.slice(0, messageId.indexOf('/'));
      const before = said.get(conversation) ?? new Set();
      const text = String(properties?.text).normalize('NFKC').toLowerCase();
      if (before.has(text)) expect.fail(`${conversation} says "${text}" twice`);
      said.set(conversation, before.add(text));
    }
    expect(said.size).toBeGreaterThan(250);
  });

  test('the planted differences are large enough to be seen', () => {
    const scenario = createScenario({ ...wish, conversations: 4000 });
    for (const _ of scenario.messages());
    const planted = Object.fromEntries(
      truthsOf(scenario.plan, scenario.ledger).map(({ id, planted: { value } }) => [id, value ?? Number.NaN]),
    );
    const of = (id: string) => planted[id] ?? Number.NaN;
    expect(of('fallback-regression')).toBeGreaterThan(1.7 * of('fallback-before'));
    expect(of('trap-messenger')).toBeGreaterThan(2.5 * of('trap-web-chat'));
    expect(of('gap-after')).toBeGreaterThan(of('gap-before') + 0.25);
    expect(of('campaign-style-guide-newsletter')).toBeGreaterThan(3 * of('campaign-giveaway-reels'));
    expect(of('deflection-business-hours')).toBeGreaterThan(of('deflection-account-login') + 0.2);
    expect(of('deflection')).toBeGreaterThan(0.4);
    expect(of('deflection')).toBeLessThan(0.65);
  });

  test('every intent has its wording, in English at least', () => {
    const unworded = supportIntents.filter(
      ({ intent }) => questionsOf('ko', intent)[0] === 'I have a question',
    );
    expect(unworded).toEqual([]);
  });
});

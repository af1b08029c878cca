import { describe, expect, test } from 'vitest';
import type { Clock } from '../../base/clock.ts';
import { createEntryKeys } from './entry-keys.ts';
import { isOurHost, isOwnOrigin } from './host-names.ts';
import { makeSession, readCookie, readSession, sessionKeys } from './session-cookie.ts';

const DAY_MS = 86_400_000;

const movable = () => {
  const time = { ms: 1_000_000 };
  const clock: Clock = { nowMs: () => time.ms, now: () => new Date(time.ms) };
  return { time, clock };
};

test('a sign-in key works once and for a day, and an old one makes room for a new one', () => {
  const { time, clock } = movable();
  const keys = createEntryKeys(clock);
  const [first, second] = [keys.make(), keys.make()];
  expect([keys.use(first), keys.use(first)]).toEqual([true, false]);
  time.ms += DAY_MS;
  expect(keys.use(second)).toBe(false);
  const oldest = keys.make();
  for (let made = 0; made < 100; made += 1) keys.make();
  expect(keys.use(oldest)).toBe(false);
  expect(keys.use('')).toBe(false);
});

test('a session ends after thirty days, and with the admin token that opened it', () => {
  const keys = sessionKeys('secret', 'token');
  const session = makeSession(keys, 0, '');
  expect(readSession(keys, session, 30 * DAY_MS - 1)).toEqual({ tokenId: '' });
  expect(readSession(keys, session, 30 * DAY_MS)).toBeNull();
  expect(readSession(sessionKeys('secret', 'another'), session, 1)).toBeNull();
  expect(readSession(sessionKeys('secret', null), session, 1)).toBeNull();
  for (const forged of ['', '.', '..', `${session}.x`, `9${session}`, session.slice(0, -1), 'NaN..x'])
    expect([forged, readSession(keys, forged, 1)]).toEqual([forged, null]);
});

test('a session names the token that opened it, and nobody can take the name out or put another in', () => {
  const keys = sessionKeys('secret', null);
  const session = makeSession(keys, 0, 't_abc');
  expect(readSession(keys, session, 1)).toEqual({ tokenId: 't_abc' });
  for (const forged of [
    session.replace('t_abc', ''),
    session.replace('t_abc', 't_abd'),
    session.replace('.t_abc', ''),
  ])
    expect([forged, readSession(keys, forged, 1)]).toEqual([forged, null]);
});

test('a cookie is found among others, whatever their names begin with', () => {
  expect(readCookie('a=1; botworth_x=2; b=3', 'botworth_x')).toBe('2');
  expect(readCookie('xbotworth_x=1;botworth_x=a=b', 'botworth_x')).toBe('a=b');
  for (const header of [undefined, '', 'botworth_x=', 'botworth_x', 'botworth_xy=1'])
    expect([header, readCookie(header, 'botworth_x')]).toEqual([header, null]);
});

describe('names', () => {
  test('on loopback only this machine is believed, on any other address the credentials decide', () => {
    for (const host of [
      'localhost',
      'localhost:80',
      '127.0.0.1',
      '127.8.9.1:4680',
      '[::1]:4680',
      'Bots.localhost',
    ])
      expect([host, isOurHost(host, '127.0.0.1', [])]).toEqual([host, true]);
    for (const host of [
      undefined,
      '',
      'evil.example',
      'localhost.evil.example',
      '127.0.0.1.evil.example',
      '1270.0.0.1',
      'localhost:80:80',
    ])
      expect([host, isOurHost(host, '::1', [])]).toEqual([host, false]);
    expect(isOurHost('bots.example.com', '0.0.0.0', [])).toBe(true);
    expect(isOurHost('BOTS.example.com:443', '127.0.0.1', ['bots.example.com'])).toBe(true);
  });

  test('a change is ours when the page that makes it has our own address', () => {
    expect(isOwnOrigin('http://localhost:4680', undefined, 'localhost:4680')).toBe(true);
    expect(isOwnOrigin('https://Bots.example.com', 'same-origin', 'bots.example.com')).toBe(true);
    expect(isOwnOrigin('null', 'same-origin', 'localhost')).toBe(true);
    for (const [origin, site] of [
      ['http://localhost:4681', 'same-site'],
      ['https://evil.example', 'cross-site'],
      ['null', 'cross-site'],
      [undefined, undefined],
      [undefined, 'none'],
    ] as const) {
      expect([origin, site, isOwnOrigin(origin, site, 'localhost:4680')]).toEqual([origin, site, false]);
    }
  });
});

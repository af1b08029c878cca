import { describe, expect, it } from 'vitest';
import { formatTag, guessLanguage } from './languages.ts';
import { PreferenceStore, readPreferences } from './preferences.ts';

const keep = (kept: Record<string, string>) => ({
  getItem: (name: string) => kept[name] ?? null,
  setItem: (name: string, value: string) => {
    kept[name] = value;
  },
});

describe('the language', () => {
  it('is the first that the reader wants and the page speaks', () => {
    expect(guessLanguage(['pt-BR', 'ko-KR', 'en'])).toBe('ko');
    expect(guessLanguage(['pt-BR'])).toBe('en');
  });

  it('keeps the region for its digits, unless the reader chose them', () => {
    expect(formatTag('ar', ['ar-EG'], 'region')).toBe('ar-EG');
    expect(formatTag('ar', ['ar-EG'], 'latn')).toBe('ar-EG-u-nu-latn');
    expect(formatTag('ar', ['en-US'], 'arab')).toBe('ar-u-nu-arab');
    expect(formatTag('en', ['en-US'], 'region')).toBe('en-GB');
  });
});

describe('what a reader chose', () => {
  it('is kept and read again', () => {
    const kept = {};
    new PreferenceStore(keep(kept), ['ru']).set({ theme: 'dark', language: 'ja' });
    expect(readPreferences(keep(kept), [])).toEqual({ theme: 'dark', language: 'ja', digits: 'region' });
  });

  it('falls back where something unknown was kept', () => {
    expect(
      readPreferences(keep({ 'botworth.theme': 'pink', 'botworth.language': 'xx' }), ['ru']),
    ).toMatchObject({ theme: 'system', language: 'ru' });
  });
});

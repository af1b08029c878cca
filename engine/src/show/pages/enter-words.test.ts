import { expect, test } from 'vitest';
import { enterLanguage, enterWords } from './enter-words.ts';

test.each([
  [undefined, 'en'],
  ['', 'en'],
  ['de-DE,de', 'en'],
  ['ru-RU,ru;q=0.9,en;q=0.8', 'ru'],
  ['de, ko;q=0.5, ja;q=0.7', 'ja'],
  ['ar-EG', 'ar'],
  ['ko;q=0, *', 'en'],
  ['constructor, __proto__', 'en'],
] as const)('a browser that wants %j reads %s', (header, language) => {
  expect(enterLanguage(header)).toBe(language);
});

test('every sentence is there in every language, each in its own words and with the same names', () => {
  const english = enterWords('en');
  const namesIn = (text: string): string[] => text.match(/<code[^>]*>[^<]*<\/code>/g) ?? [];
  for (const language of ['ar', 'ru', 'ja', 'ko'] as const)
    for (const [key, text] of Object.entries(enterWords(language))) {
      const original = english[key as keyof typeof english];
      expect([language, key, text === original]).toEqual([language, key, false]);
      expect([language, key, namesIn(text)]).toEqual([language, key, namesIn(original)]);
    }
});

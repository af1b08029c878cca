export const languages = ['en', 'ar', 'ru', 'ja', 'ko'] as const;
export type Language = (typeof languages)[number];

/** Each in its own words: who cannot read the page must still find theirs. */
export const languageNames: Readonly<Record<Language, string>> = {
  en: 'English',
  ar: 'العربية',
  ru: 'Русский',
  ja: '日本語',
  ko: '한국어',
};

export const directionOf = (language: Language): 'ltr' | 'rtl' => (language === 'ar' ? 'rtl' : 'ltr');

export const isLanguage = (text: string | null): text is Language =>
  languages.some((known) => known === text);

/** The first language of the reader's list that is spoken here, else English. */
export const guessLanguage = (wanted: readonly string[]): Language =>
  wanted.map((tag) => tag.split('-')[0] ?? '').find(isLanguage) ?? 'en';

export const digitChoices = ['region', 'arab', 'latn'] as const;
export type DigitChoice = (typeof digitChoices)[number];

/**
 * The tag that Intl writes numbers and dates with. English dates are day month. Arabic digits follow the reader's
 * region (٠١٢ in Egypt, 012 in Morocco) unless the reader chose.
 */
export const formatTag = (language: Language, wanted: readonly string[], digits: DigitChoice): string => {
  if (language === 'en') return 'en-GB';
  const regional = wanted.find((tag) => tag.split('-')[0] === language) ?? language;
  return language === 'ar' && digits !== 'region' ? `${regional}-u-nu-${digits}` : regional;
};

import i18next, { type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Language } from './languages.ts';

type Words = Record<string, unknown>;

/** One lazy piece per language: a reader loads only theirs. */
const loaders = import.meta.glob<Words>('../locales/*.json', { import: 'default' });

const loadWords = async (language: Language): Promise<Words> => {
  const load = loaders[`../locales/${language}.json`];
  if (!load) throw new Error(`There is no word list for the language "${language}" in src/locales.`);
  return load();
};

export const texts: i18n = i18next.createInstance();

export const startTexts = async (language: Language): Promise<void> => {
  await texts.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    // A name that somebody sent may hold a colon.
    nsSeparator: false,
    resources: { [language]: { translation: await loadWords(language) } },
    interpolation: { escapeValue: false },
    returnNull: false,
  });
};

export const speak = async (language: Language): Promise<void> => {
  if (!texts.hasResourceBundle(language, 'translation')) {
    texts.addResourceBundle(language, 'translation', await loadWords(language));
  }
  await texts.changeLanguage(language);
};

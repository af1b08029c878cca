import { useSyncExternalStore } from 'react';
import {
  type DigitChoice,
  digitChoices,
  directionOf,
  guessLanguage,
  isLanguage,
  type Language,
} from './languages.ts';

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

export interface Preferences {
  readonly theme: Theme;
  readonly language: Language;
  readonly digits: DigitChoice;
}

type Pieces = Pick<Storage, 'getItem' | 'setItem'>;

/** The names that public/first-paint.js reads. */
const storedAs = (name: keyof Preferences): string => `botworth.${name}`;

export const readPreferences = (kept: Pieces, wanted: readonly string[]): Preferences => {
  const language = kept.getItem(storedAs('language'));
  return {
    theme: themes.find((theme) => theme === kept.getItem(storedAs('theme'))) ?? 'system',
    language: isLanguage(language) ? language : guessLanguage(wanted),
    digits: digitChoices.find((digits) => digits === kept.getItem(storedAs('digits'))) ?? 'region',
  };
};

/** What this reader chose, kept in this browser. */
export class PreferenceStore {
  #current: Preferences;
  readonly #kept: Pieces;
  readonly #listeners = new Set<() => void>();

  constructor(kept: Pieces, wanted: readonly string[]) {
    this.#kept = kept;
    this.#current = readPreferences(kept, wanted);
  }

  readonly get = (): Preferences => this.#current;

  readonly set = (change: Partial<Preferences>): void => {
    this.#current = { ...this.#current, ...change };
    for (const name of ['theme', 'language', 'digits'] as const)
      this.#kept.setItem(storedAs(name), this.#current[name]);
    for (const listener of this.#listeners) listener();
  };

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}

export const preferenceStore = new PreferenceStore(localStorage, navigator.languages);

export const usePreferences = (): Preferences =>
  useSyncExternalStore(preferenceStore.subscribe, preferenceStore.get);

/** Puts theme, language and direction on the page itself, where the styles look. */
export const dressPage = (
  { theme, language }: Preferences,
  root: HTMLElement,
  systemIsDark: boolean,
): void => {
  root.dataset.theme = theme === 'dark' || (theme === 'system' && systemIsDark) ? 'dark' : 'light';
  root.lang = language;
  root.dir = directionOf(language);
};

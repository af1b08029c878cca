import { useTranslation } from 'react-i18next';
import { type DigitChoice, digitChoices, isLanguage, languageNames, languages } from './languages.ts';
import { preferenceStore, themes, usePreferences } from './preferences.ts';

/** Theme, language and digits: what each reader chooses for themselves. */
export const ReaderChoices = () => {
  const { t } = useTranslation();
  const { theme, language, digits } = usePreferences();
  return (
    <div className="choices">
      <select
        className="pick"
        aria-label={t('choices.theme')}
        value={theme}
        onChange={({ target }) =>
          preferenceStore.set({ theme: themes.find((one) => one === target.value) ?? 'system' })
        }
      >
        {themes.map((one) => (
          <option key={one} value={one}>
            {t(`choices.themes.${one}`)}
          </option>
        ))}
      </select>
      <select
        className="pick"
        aria-label={t('choices.language')}
        value={language}
        onChange={({ target }) => isLanguage(target.value) && preferenceStore.set({ language: target.value })}
      >
        {languages.map((one) => (
          <option key={one} value={one} lang={one}>
            {languageNames[one]}
          </option>
        ))}
      </select>
      {language === 'ar' ? (
        <select
          className="pick"
          aria-label={t('choices.digits')}
          value={digits}
          onChange={({ target }) =>
            preferenceStore.set({
              digits: digitChoices.find((one): one is DigitChoice => one === target.value) ?? 'region',
            })
          }
        >
          {digitChoices.map((one) => (
            <option key={one} value={one}>
              {t(`choices.digit.${one}`)}
            </option>
          ))}
        </select>
      ) : null}
    </div>
  );
};

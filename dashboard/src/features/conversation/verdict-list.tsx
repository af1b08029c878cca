import type { Verdict } from '@botworth/contract/api';
import { useTranslation } from 'react-i18next';
import { useReader } from '../../app/reader.ts';
import { Name } from '../../app/say.tsx';
import { useWorkspace } from '../../app/workspace-context.ts';

type Fact = Verdict['facts'][string];

const isInstant = (value: string): boolean => /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(value);

/** The key of a fact that holds a code of ours. What somebody sent is never taken for one. */
const codeOf = (name: string, value: string): string | null => {
  if (name === 'rule' || name === 'stuck_because') return `because.${value}`;
  return name === 'job' || name === 'resolution' ? `${name}.${value}` : null;
};

/** A fact that is not known says nothing. */
const isKnown = ([, value]: readonly [string, Fact]): boolean => value !== null && value !== '';

const FactValue = ({ name, value }: { readonly name: string; readonly value: Fact }) => {
  const { t } = useTranslation();
  const { numbers, dates } = useReader();
  const { zone } = useWorkspace();
  if (typeof value === 'boolean') return t(value ? 'yes' : 'no');
  if (typeof value === 'number') return <Name>{numbers.plain(value, Number.isInteger(value) ? 0 : 1)}</Name>;
  const text = value ?? '';
  const code = codeOf(name, text);
  if (code !== null) return t(code, { defaultValue: text });
  return <Name>{isInstant(text) ? dates(zone).instantLong(text) : text}</Name>;
};

const inkOf = (verdict: Verdict): string => {
  if (verdict.value === null || verdict.value === 'pending') return 'ink-open';
  return verdict.value === 'assumed' ? 'ink-assumed' : 'ink-known';
};

/** Each verdict with the rule that made it and the facts that the rule read. */
export const VerdictList = ({ verdicts }: { readonly verdicts: readonly Verdict[] }) => {
  const { t } = useTranslation();
  const wordOf = ({ name, value }: Verdict): string => {
    if (value === null) return t('conversation.no_verdict');
    if (typeof value === 'boolean') return t(value ? 'yes' : 'no');
    return t([`${name}.${value}`, `outcome.${value}`], { defaultValue: value });
  };
  return (
    <dl className="verdict-list">
      {verdicts.map((verdict) => (
        <div key={verdict.name}>
          <dt>{t(`conversation.verdict.${verdict.name}`, { defaultValue: verdict.name })}</dt>
          <dd>
            <i className={`swatch ${inkOf(verdict)}`} aria-hidden="true" />
            <b>{wordOf(verdict)}</b>{' '}
            <span>
              {verdict.because === verdict.value
                ? null
                : t(`because.${verdict.because}`, { defaultValue: verdict.because })}
            </span>
            {Object.entries(verdict.facts).some(isKnown) ? (
              <ul className="fact-list">
                {Object.entries(verdict.facts)
                  .filter(isKnown)
                  .map(([name, value]) => (
                    <li key={name}>
                      {t(`fact.${name}`, { defaultValue: name })}: <FactValue name={name} value={value} />
                    </li>
                  ))}
              </ul>
            ) : null}
          </dd>
        </div>
      ))}
    </dl>
  );
};

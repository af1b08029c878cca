import type { Interval, Result } from '@botworth/contract/result';
import { useTranslation } from 'react-i18next';
import { useReader } from '../../app/reader.ts';
import { Num } from '../../app/say.tsx';
import { type FigureWords, useFigureWords } from '../figure/use-figure-words.ts';
import './bases.css';

interface Base {
  readonly name: string;
  readonly value: number;
  readonly interval: Interval;
  readonly isNaive: boolean;
}

const naiveNames = ['deflection_over_reached', 'deflection_over_all', 'containment_rate'] as const;

const basesOf = (result: Result): readonly Base[] => {
  if (result.value === null) return [];
  const naive = naiveNames.flatMap((name) => {
    const small = result.beside[name];
    return small && small.value !== null
      ? [{ name, value: small.value, interval: small.interval, isNaive: true }]
      : [];
  });
  return [{ name: 'eligible', value: result.value, interval: result.interval, isNaive: false }, ...naive];
};

/** Points between the policy's figure and the same successes over everybody. */
export const basesApart = (result: Result): number | null => {
  const all = result.beside.deflection_over_all?.value;
  return result.value === null || all == null ? null : Math.abs(result.value - all);
};

const Dots = ({ base }: { readonly base: Base }) => {
  const [low, high] = base.interval ?? [base.value, base.value];
  const start = (low ?? 0) * 100;
  const end = (high ?? 1) * 100;
  return (
    <span className="dots" aria-hidden="true">
      <i className="whisker" style={{ insetInlineStart: `${start}%`, inlineSize: `${end - start}%` }} />
      <i className="tick" style={{ insetInlineStart: `${base.value * 100}%` }} />
    </span>
  );
};

const Row = ({ base, words }: { readonly base: Base; readonly words: FigureWords }) => {
  const { t } = useTranslation();
  const range = words.range(base.interval);
  return (
    <li className={base.isNaive ? 'base naive' : 'base'}>
      <span className="base-name">
        {t(`bases.${base.name}`)} <em>{t(base.isNaive ? 'bases.naive' : 'bases.policy')}</em>
      </span>
      <Dots base={base} />
      <span className="base-value">
        <Num strong>{words.value(base.value)}</Num>{' '}
        {range === null ? null : (
          <span className="ci">
            <Num>{range}</Num>
          </span>
        )}
      </span>
    </li>
  );
};

/** Percent that the shared scale names. */
const AXIS = [0, 25, 50, 75, 100] as const;

const Axis = () => {
  const { numbers } = useReader();
  return (
    <div className="base" aria-hidden="true">
      <span className="base-axis">
        {AXIS.map((at) => (
          <span
            key={at}
            className={at % 50 === 0 ? undefined : 'between'}
            style={{ insetInlineStart: `${at}%` }}
          >
            {numbers.plain(at, 0)}
          </span>
        ))}
      </span>
    </div>
  );
};

/** The same successes over other denominators. The naive ones are shown so that nobody has to compute them in secret. */
export const Bases = ({ result }: { readonly result: Result }) => {
  const { t } = useTranslation();
  const words = useFigureWords(result);
  const bases = basesOf(result);
  if (bases.length < 2) return null;
  return (
    <section className="block" aria-labelledby="bases">
      <h2 id="bases">{t('bases.title')}</h2>
      <p className="say">{t('bases.say')}</p>
      <ul className="bases">
        {bases.map((base) => (
          <Row key={base.name} base={base} words={words} />
        ))}
      </ul>
      <Axis />
    </section>
  );
};

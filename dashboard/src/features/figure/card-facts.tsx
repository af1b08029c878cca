import type { Result } from '@botworth/contract/result';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useReader } from '../../app/reader.ts';
import { Num, Say } from '../../app/say.tsx';
import { useWorkspace } from '../../app/workspace-context.ts';
import { besideName, besideText, shownBeside } from './beside-words.ts';
import { targetWord } from './target-words.ts';
import { type FigureWords, figureWords } from './use-figure-words.ts';

const Fact = ({ name, children }: { readonly name: string; readonly children: ReactNode }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);

/** What a resolution rests on: somebody said so, or only nothing more came. */
const Split = ({ result }: { readonly result: Result }) => {
  const { t } = useTranslation();
  const { numbers } = useReader();
  const confirmed = result.beside.confirmed_share;
  const base = result.denominator ?? 0;
  if (!confirmed || confirmed.numerator === null || result.numerator === null || base === 0) return null;
  const said = confirmed.numerator;
  const assumed = Math.max(result.numerator - said, 0);
  const open = Math.max(base - result.numerator, 0);
  const share = (part: number): string => numbers.percent(part / base, 0);
  return (
    <Fact name={t('facts.split')}>
      <span
        className="split"
        role="img"
        aria-label={t('facts.split_label', {
          said: numbers.count(said),
          assumed: numbers.count(assumed),
          open: numbers.count(open),
        })}
      >
        <i className="ink-known" style={{ flex: said }} />
        <i className="ink-assumed" style={{ flex: assumed }} />
        <i className="ink-open" style={{ flex: open }} />
      </span>
      <span>
        <Say
          k="facts.split_words"
          v={{ said: <Num strong>{share(said)}</Num>, assumed: <Num strong>{share(assumed)}</Num> }}
        />
      </span>
    </Fact>
  );
};

export interface CardFactsProps {
  readonly result: Result;
  readonly words: FigureWords;
  /** False where too few were counted to name a band. */
  readonly isJudged: boolean;
  /** The other figures of the page, to be read beside this one. */
  readonly others: ReadonlyMap<string, Result>;
}

/** The foot of a card: band, target, ripe, read beside. Nothing is hidden to save room. */
export const CardFacts = ({ result, words, isJudged, others }: CardFactsProps) => {
  const { t } = useTranslation();
  const { numbers } = useReader();
  const { declarations, returnHours } = useWorkspace();
  const declaration = declarations.get(result.metric);
  const { band, maturity, target } = result;
  const verdict = targetWord(result, declaration?.direction ?? 'none');
  const read = (declaration?.beside ?? []).flatMap((metric) => {
    const other = others.get(metric);
    return other && other.value !== null
      ? [{ metric, text: figureWords(other, t, numbers).value(other.value) }]
      : [];
  });
  const companions = shownBeside(result);
  return (
    <dl className="facts">
      <Split result={result} />
      {isJudged && band ? (
        <Fact name={t('facts.band')}>
          {band.uncertain ? (
            <Say k="facts.band_open" v={{ band: t(`band.${band.name}`, { defaultValue: band.name }) }} />
          ) : (
            t(`band.${band.name}`, { defaultValue: band.name })
          )}
          {band.stage === 'first_60_days' ? <span className="dim"> {t('facts.first_days')}</span> : null}
        </Fact>
      ) : null}
      {target !== null && verdict !== null ? (
        <Fact name={t('facts.target')}>
          <Say k={`facts.target_${verdict}`} v={{ target: words.constant(target) }} />
        </Fact>
      ) : null}
      {maturity?.value != null ? (
        <Fact name={t('facts.ripe')}>
          <Say
            k={maturity.not_matured > 0 ? 'facts.ripe_part' : 'facts.ripe_all'}
            count={maturity.not_matured}
            v={{
              share: numbers.percent(maturity.value, 0),
              n: numbers.count(maturity.not_matured),
              hours: numbers.plain(returnHours, 0),
            }}
          />
        </Fact>
      ) : null}
      {companions.map(([name, small]) => (
        <Fact key={name} name={t(`beside.${besideName(name, small)}.name`, { defaultValue: name })}>
          <Num>{besideText(name, small, t, numbers)}</Num>
          {small.naive ? <span className="dim"> {t('facts.naive')}</span> : null}
        </Fact>
      ))}
      {read.length > 0 ? (
        <Fact name={t('facts.beside')}>
          {read.map(({ metric, text }) => (
            <a key={metric} href={`#figure-${metric}`}>
              {t(`metric.${metric}.short`)} <Num>{text}</Num>
            </a>
          ))}
        </Fact>
      ) : null}
    </dl>
  );
};

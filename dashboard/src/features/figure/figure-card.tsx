import type { Result, ResultRow } from '@botworth/contract/result';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useReader } from '../../app/reader.ts';
import { Num, Say } from '../../app/say.tsx';
import { useWorkspace } from '../../app/workspace-context.ts';
import { Sparkline } from '../../charts/sparkline.tsx';
import { Icon } from '../../design/icon.tsx';
import { CardFacts } from './card-facts.tsx';
import { ChangeLine } from './change-line.tsx';
import { DenominatorLine } from './denominator-line.tsx';
import { Explanation } from './explanation.tsx';
import { type FigureTruth, figureTruth } from './figure-state.ts';
import { useMetricWords } from './metric-words.ts';
import { MissingWords } from './missing-words.tsx';
import type { Period } from './period.ts';
import { settlesOn } from './settles-on.ts';
import { shownBands } from './shown-bands.ts';
import { Skeleton } from './skeleton.tsx';
import { trendOf } from './trend.ts';
import { useFigureWords } from './use-figure-words.ts';
import { ValueButton } from './value-button.tsx';
import './figure-card.css';

export interface FigureCardProps {
  readonly metric: string;
  readonly result: Result | undefined;
  readonly error: Error | null;
  readonly trend: readonly ResultRow[];
  readonly period: Period;
  readonly others: ReadonlyMap<string, Result>;
  /** When the last good answer came, if a later one failed. */
  readonly staleSince: string | null;
  /** The audit's or the page's remark on the figure, with its size. */
  readonly flag?: ReactNode;
  readonly address: string;
  readonly onOpen: () => void;
  readonly onRetry: () => void;
}

type Shown = Extract<FigureTruth, { readonly value: number }>;

const Value = ({ truth, ...props }: FigureCardProps & { readonly truth: Shown }) => {
  const { t } = useTranslation();
  const { numbers, dates } = useReader();
  const { zone, minN, returnHours } = useWorkspace();
  const { result, value, kind } = truth;
  const words = useFigureWords(result);
  const { name } = useMetricWords(props.metric, undefined);
  const range = words.range(result.interval);
  const isJudged = kind !== 'too_few' && !result.blended;
  const isQuiet = kind === 'too_few' || props.staleSince !== null;
  const { points, ticks } = trendOf(props.trend, dates(zone));
  const target = result.target;
  const level = numbers.percent(0.95, 0);
  return (
    <>
      <p className="figure">
        <ValueButton
          figure={props.metric}
          className={isQuiet ? 'value quiet' : 'value'}
          label={t('figure.label', { name, value: words.value(value), range: range ?? t('none_known') })}
          text={<bdi className="n">{words.value(value)}</bdi>}
          onOpen={props.onOpen}
          explanation={
            <Explanation
              result={result}
              words={words}
              period={props.period}
              onOpen={props.onOpen}
              address={props.address}
            />
          }
        />{' '}
        {range === null ? null : (
          <span className="ci" title={t('figure.interval', { level })}>
            <Num>{range}</Num>
          </span>
        )}
      </p>
      {props.staleSince === null ? null : (
        <p className="change none">
          <span className="change-word stale">
            <Icon name="clock" />
            <span>
              <Say k="figure.stale" v={{ time: dates(zone).clock(props.staleSince) }} />
            </span>
          </span>
        </p>
      )}
      {props.staleSince === null && kind === 'too_few' ? (
        <p className="change none">
          <span className="change-word">
            <Say
              k="figure.scarce"
              count={result.n}
              v={{ n: numbers.count(result.n), least: numbers.count(minN) }}
            />
          </span>
        </p>
      ) : null}
      {props.staleSince === null && kind === 'unripe' && result.maturity?.value != null ? (
        <p className="change none">
          <span className="change-word">
            <Say
              k="figure.unripe"
              v={{
                share: numbers.percent(result.maturity.value, 0),
                day: dates(zone).weekdayAndDay(settlesOn(props.period.to, returnHours)),
              }}
            />
          </span>
        </p>
      ) : null}
      {props.staleSince === null && kind !== 'too_few' && kind !== 'unripe' ? (
        result.change ? (
          <ChangeLine change={result.change} words={words} />
        ) : (
          <p className="change none" />
        )
      ) : null}
      <p className="of">
        <DenominatorLine result={result} />
      </p>
      {points.length > 1 ? (
        <Sparkline
          points={points}
          bands={shownBands(result.band).map((band) => ({
            ...band,
            name: t('figure.zone', {
              band: t(`band_short.${band.name}`),
              range: words.constantRange(band.low, band.high),
            }),
          }))}
          target={
            target === null
              ? null
              : { value: target, label: <Say k="figure.target" v={{ target: words.constantBare(target) }} /> }
          }
          isRate={result.unit === 'rate'}
          now={<bdi className="n">{words.bare(value)}</bdi>}
          ticks={ticks}
          label={t('figure.trend', {
            name,
            count: points.length,
            n: numbers.count(points.length),
            value: words.value(value),
            range: range ?? t('none_known'),
          })}
        />
      ) : (
        <div />
      )}
      <CardFacts
        result={result}
        words={words}
        isJudged={isJudged && kind !== 'unripe'}
        others={props.others}
      />
    </>
  );
};

const Body = ({ truth, ...props }: FigureCardProps & { readonly truth: FigureTruth }) => {
  const { t } = useTranslation();
  const { dates } = useReader();
  const { zone, returnHours } = useWorkspace();
  switch (truth.kind) {
    case 'loading':
      return <Skeleton />;
    case 'error':
      return (
        <div className="card-rest">
          <p className="note bad">
            <Icon name="warning" />
            <span>{truth.error.status === 0 ? t('trouble.unreachable') : truth.error.message}</span>
          </p>
          <p className="acts">
            <button type="button" className="btn ghost" onClick={props.onRetry}>
              {t('try_again')}
            </button>
          </p>
          <p className="dim code-line">
            <code>{[truth.error.code, truth.error.requestId?.slice(0, 8)].filter(Boolean).join(' ')}</code>
          </p>
        </div>
      );
    case 'forbidden':
      return (
        <div className="card-rest">
          <p className="note">
            <Icon name="lock" />
            <span>{t('figure.forbidden')}</span>
          </p>
        </div>
      );
    case 'not_measurable':
      return (
        <div className="card-rest">
          <p className="figure">
            <span className="value none">{t('figure.not_measurable')}</span>
          </p>
          <MissingWords missing={truth.result.missing} />
        </div>
      );
    case 'no_data':
      return (
        <div className="card-rest">
          <p className="figure">
            <span className="value none">{t('figure.no_data')}</span>
          </p>
          <p className="of">
            <DenominatorLine result={truth.result} />
          </p>
          {truth.result.missing.length > 0 ? <MissingWords missing={truth.result.missing} /> : null}
        </div>
      );
    case 'not_matured':
      return (
        <div className="card-rest">
          <p className="figure">
            <span className="value none">{t('figure.not_matured')}</span>
          </p>
          <p className="of">
            <Say
              k="figure.ready_on"
              v={{ day: dates(zone).weekdayAndDay(settlesOn(props.period.to, returnHours)) }}
            />
          </p>
        </div>
      );
    case 'not_reached':
      return (
        <div className="card-rest">
          <p className="figure">
            <span className="value none">{t('figure.not_reached')}</span>
          </p>
          <p className="of">{t(`metric.${props.metric}.not_reached`, { defaultValue: '' })}</p>
        </div>
      );
    default:
      return <Value {...props} truth={truth} />;
  }
};

/** One number with all that belongs to it, in the order in which it is read. */
export const FigureCard = (props: FigureCardProps) => {
  const { minN, declarations } = useWorkspace();
  const { name } = useMetricWords(props.metric, declarations.get(props.metric));
  const truth = figureTruth({ result: props.result, error: props.error, minN });
  const heading = `figure-${props.metric}`;
  return (
    <article
      className="card"
      aria-labelledby={heading}
      data-truth={truth.kind}
      aria-busy={truth.kind === 'loading'}
    >
      <header>
        <h2 id={heading}>{name}</h2>
        {props.flag}
      </header>
      <Body {...props} truth={truth} />
    </article>
  );
};

import type { Result } from '@botworth/contract/result';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useReader } from '../../app/reader.ts';
import { Num, Say } from '../../app/say.tsx';
import { useWorkspace } from '../../app/workspace-context.ts';
import { CopyLink } from './copy-link.tsx';
import { useMetricWords } from './metric-words.ts';
import type { Period } from './period.ts';
import type { FigureWords } from './use-figure-words.ts';

export interface ExplanationProps {
  readonly result: Result;
  readonly words: FigureWords;
  readonly period: Period;
  readonly onOpen: () => void;
  /** Address of the drill, to be copied. */
  readonly address: string;
}

const methods = { share: 'wilson', median: 'order', ratio_of_sums: 'bootstrap' } as const;

/** How the figure came about: the question, the formula with the real counts, and how sure it is. */
export const Explanation = ({ result, words, period, onOpen, address }: ExplanationProps) => {
  const { t } = useTranslation();
  const { numbers, dates } = useReader();
  const { declarations, zone, returnHours } = useWorkspace();
  const declaration = declarations.get(result.metric);
  const text = useMetricWords(result.metric, declaration);
  const { value, interval, change, maturity, denominator, numerator, n } = result;
  const range = words.range(interval);
  const moved =
    change?.difference == null
      ? null
      : words.change({ difference: change.difference, interval: change.interval });
  const shape = declaration?.shape ?? 'share';
  const base = denominator ?? n;
  const rows: { name: string; node: ReactNode }[] = [
    { name: 'method', node: t(`method.${methods[shape]}`) },
    ...(moved !== null && moved.ends !== null
      ? [
          {
            name: 'change',
            node: (
              <Say
                k="explain.change"
                v={{
                  difference: moved.difference,
                  ...moved.ends,
                  against: period.against,
                }}
              />
            ),
          },
        ]
      : []),
    {
      name: 'window',
      node: (
        <Say
          k={declaration?.windowed ? 'explain.window_return' : 'explain.window'}
          v={{
            span: dates(zone).span(period.from, period.to, true),
            zone: zone.replaceAll('_', ' '),
            hours: numbers.plain(returnHours, 0),
          }}
        />
      ),
    },
    ...(maturity?.value != null
      ? [
          {
            name: 'maturity',
            node: (
              <Say
                k="explain.maturity"
                v={{
                  share: numbers.percent(maturity.value, 0),
                  matured: numbers.count(maturity.matured),
                  all: numbers.count(maturity.all),
                }}
              />
            ),
          },
        ]
      : []),
    ...(result.people
      ? [
          {
            name: 'people',
            node: (
              <Say
                k="explain.people"
                v={{ k: numbers.count(result.people.numerator), n: numbers.count(result.people.denominator) }}
              />
            ),
          },
        ]
      : []),
    { name: 'policy', node: <Say k="explain.policy" v={{ version: numbers.count(result.policy) }} /> },
  ];
  return (
    <>
      <p className="pop-question">{text.question}</p>
      {value === null ? null : (
        <div className="pop-formula">
          {shape === 'median' || numerator === null ? (
            <span>
              <Say
                k="explain.median"
                count={base}
                v={{ n: <Num strong>{numbers.count(base)}</Num>, what: text.denominator }}
              />
            </span>
          ) : (
            <span className="fraction">
              <span>
                <Num strong>{numbers.count(numerator)}</Num> {text.numerator}
              </span>
              <span>
                <Num strong>{numbers.count(base)}</Num> {text.denominator}
              </span>
            </span>
          )}
          <span>=</span>
          <Num strong>{words.value(value)}</Num>
          {range === null ? null : (
            <span className="ci">
              <Say k="explain.interval" v={{ range, level: numbers.percent(0.95, 0) }} />
            </span>
          )}
        </div>
      )}
      <dl className="pop-rows">
        {rows.map(({ name, node }) => (
          <div key={name}>
            <dt>{t(`explain.row.${name}`)}</dt>
            <dd>{node}</dd>
          </div>
        ))}
      </dl>
      <dl className="pop-rows breaths">
        {(['says', 'misleads', 'todo'] as const).map((name) => (
          <div key={name}>
            <dt>{t(`explain.row.${name}`)}</dt>
            <dd>{text[name]}</dd>
          </div>
        ))}
      </dl>
      {declaration && declaration.sources.length > 0 ? (
        <details className="pop-sources">
          <summary>{t('explain.sources')}</summary>
          <ul>
            {declaration.sources.map((source) => (
              <li key={source.by + source.context} lang="en" dir="ltr">
                {source.by}: {source.value}, {source.context}
                {source.vendor_reported ? <span className="dim"> {t('explain.vendor_reported')}</span> : null}
              </li>
            ))}
          </ul>
        </details>
      ) : null}
      <div className="pop-acts">
        <button type="button" className="text-btn" onClick={onOpen}>
          {t('explain.open')}
        </button>
        <CopyLink address={address} />
      </div>
    </>
  );
};

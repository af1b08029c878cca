import type { Result } from '@botworth/contract/result';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type Reader, useReader } from '../../app/reader.ts';
import { Num, Say, type Values } from '../../app/say.tsx';
import { useWorkspace } from '../../app/workspace-context.ts';
import type { Period } from '../figure/period.ts';
import { settlesOn } from '../figure/settles-on.ts';
import { figureWords } from '../figure/use-figure-words.ts';
import type { Sentence, Verdict } from './verdict.ts';
import './verdict.css';

type Translate = ReturnType<typeof useTranslation>['t'];

/** Gaps that a figure fills; the second figure of a sentence has its names with a 2. */
const gapsOf = (result: Result, suffix: '' | '2', t: Translate, { numbers }: Reader): Values => {
  const words = figureWords(result, t, numbers);
  const { value, change, maturity } = result;
  const range = words.range(result.interval);
  const move =
    change?.difference == null
      ? null
      : words.change({ difference: change.difference, interval: change.interval });
  const moveRange = move?.sizes ?? null;
  const gaps: Record<string, ReactNode> = {
    value: value === null ? t('none_known') : <Num strong>{words.value(value)}</Num>,
    range:
      range === null ? null : (
        <span className="ci">{t('verdict.range', { range: `\u2068${range}\u2069` })}</span>
      ),
    before: change?.value == null ? t('none_known') : words.value(change.value),
    move: move === null ? t('none_known') : move.spoken,
    move_range:
      moveRange === null ? null : (
        <span className="ci">{t('verdict.range', { range: `\u2068${moveRange}\u2069` })}</span>
      ),
    n: numbers.count(result.denominator ?? result.n),
    k: numbers.count(result.numerator ?? 0),
    people: numbers.count(result.people?.numerator ?? result.numerator ?? 0),
    ripe: maturity?.value == null ? t('none_known') : numbers.percent(maturity.value, 0),
  };
  return Object.fromEntries(Object.entries(gaps).map(([name, gap]) => [`${name}${suffix}`, gap]));
};

const VerdictSentence = ({ sentence, period }: { readonly sentence: Sentence; readonly period: Period }) => {
  const { t } = useTranslation();
  const reader = useReader();
  const { zone, returnHours } = useWorkspace();
  const [first, second] = sentence.figures;
  const isPeople = sentence.key.startsWith('trapped');
  const count = isPeople
    ? (first?.people?.numerator ?? first?.numerator ?? 0)
    : (first?.denominator ?? first?.n ?? 0);
  return (
    <Say
      k={`verdict.${sentence.key}`}
      count={count}
      v={{
        ...(first ? gapsOf(first, '', t, reader) : {}),
        ...(second ? gapsOf(second, '2', t, reader) : {}),
        event: <code>{first?.missing[0]?.event ?? ''}</code>,
        day: reader.dates(zone).weekdayAndDay(settlesOn(period.to, returnHours)),
        detectable: t('spoken.percent', {
          n: reader.numbers.plain((sentence.detectable ?? 0) * 100, 0),
          count: Math.round((sentence.detectable ?? 0) * 100),
        }),
      }}
    />
  );
};

export const VerdictWords = ({ verdict, period }: { readonly verdict: Verdict; readonly period: Period }) => (
  <>
    <h1>
      <VerdictSentence sentence={verdict.head} period={period} />
    </h1>
    {verdict.then.length > 0 ? (
      <p className="lead">
        {verdict.then.map((sentence) => (
          <span key={sentence.key}>
            <VerdictSentence sentence={sentence} period={period} />{' '}
          </span>
        ))}
      </p>
    ) : null}
  </>
);

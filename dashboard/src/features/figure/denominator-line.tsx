import type { Result } from '@botworth/contract/result';
import { useTranslation } from 'react-i18next';
import { useReader } from '../../app/reader.ts';
import { Say } from '../../app/say.tsx';

/** The denominator is part of the number: how many of how many, and of what. */
export const DenominatorLine = ({ result }: { readonly result: Result }) => {
  const { t, i18n } = useTranslation();
  const { numbers } = useReader();
  const base = result.denominator ?? result.n;
  const of = i18n.exists(`metric.${result.metric}.of`, { count: base })
    ? `metric.${result.metric}.of`
    : 'metric_of';
  const top = result.numerator;
  return (
    <Say
      k={of}
      count={base}
      v={{ k: top === null ? t('none_known') : numbers.count(top), n: numbers.count(base) }}
    />
  );
};

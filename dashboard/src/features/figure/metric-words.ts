import type { MetricDeclaration } from '@botworth/contract/catalogue';
import { useTranslation } from 'react-i18next';

export interface MetricWords {
  readonly name: string;
  readonly question: string;
  readonly numerator: string;
  readonly denominator: string;
  readonly says: string;
  readonly misleads: string;
  readonly todo: string;
}

/** In the reader's language; a metric that the word lists do not know yet speaks as its declaration does. */
export const useMetricWords = (metric: string, declaration: MetricDeclaration | undefined): MetricWords => {
  const { t } = useTranslation();
  const word = (name: string, plain: string): string =>
    t(`metric.${metric}.${name}`, { defaultValue: plain });
  return {
    name: word('name', metric),
    question: word('question', declaration?.question ?? ''),
    numerator: word('numerator', declaration?.numerator ?? ''),
    denominator: word('denominator', declaration?.denominator ?? ''),
    says: word('says', declaration?.says ?? ''),
    misleads: word('misleads', declaration?.misleads ?? ''),
    todo: word('do', declaration?.do ?? ''),
  };
};

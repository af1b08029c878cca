import { foldLimits } from '@botworth/contract/limits';
import type { Result } from '@botworth/contract/result';
import type { Count } from './counts.ts';
import type { UnitCell } from './estimate.ts';
import type { FigurePlan, MetricPlan } from './plan.ts';

type Pair = readonly [numerator: Count, denominator: Count];

/** The counts whose people are numerator and denominator of a figure. */
const peopleCounts = (figure: FigurePlan): Pair => {
  if (figure.shape === 'share') return [figure.numerator, figure.denominator];
  if (figure.shape === 'ratio_of_sums') return [figure.withNumerator, figure.n];
  return [figure.of, figure.of];
};

/** The counts whose people stand beside them, figure by figure: an integer of the engine has 64 bits. */
export const peopleMasks = (metrics: readonly Pick<MetricPlan, 'total' | 'rows'>[]): Count[] => {
  const taken = new Map<string, Count>();
  for (const figure of metrics.flatMap(({ total, rows }) => [total, rows])) {
    if (figure === null) continue;
    const added = new Map(
      peopleCounts(figure)
        .filter(({ key }) => !taken.has(key))
        .map((count) => [count.key, count]),
    );
    // Half a pair would be a figure of nobody.
    if (taken.size + added.size > foldLimits.countsOfPeople.most) continue;
    for (const [key, count] of added) taken.set(key, count);
  }
  return [...taken.values()];
};

/** Null where the people of either count were not asked for, or no longer fitted. */
export const peopleOf = (
  figure: FigurePlan,
  units: Pick<UnitCell, 'people'> | undefined,
): Result['people'] => {
  const [numerator, denominator] = peopleCounts(figure).map(({ key }) => units?.people.get(key));
  return numerator === undefined || denominator === undefined ? null : { numerator, denominator };
};

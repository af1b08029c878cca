import { fail } from '../../base/app-error.ts';

/** Figures, each of some hundred bytes: more are no answer that anybody reads, and half a gigabyte soon. */
const mostFigures = 100_000;

/** Each metric has a row in every place: buckets of time, times the combinations of the other cuts. */
export const requireReadable = (rows: number, metrics: number): void => {
  if (rows * metrics > mostFigures)
    fail(
      'query_too_heavy',
      `${rows} rows of ${metrics} metrics are ${rows * metrics} figures, and ${mostFigures} may be asked for at once; ask for a shorter span, a coarser grain, or fewer cuts or metrics.`,
      { rows, metrics, most: mostFigures },
    );
};

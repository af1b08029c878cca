import type { DrillPage } from '@botworth/contract/api';
import { fail } from '../base/app-error.ts';
import { nearest } from '../base/nearest.ts';
import type { Count } from '../measure/query/counts.ts';
import { localSeconds } from '../measure/query/lower-time.ts';
import { inDays, personDayFilter } from '../measure/query/person-days.ts';
import { type FigurePlan, planMetric } from '../measure/query/plan.ts';
import type { Question } from '../measure/query/resolve.ts';
import { bind, type Fragment, join, nothing, raw, sql } from '../sql/fragment.ts';
import type { EventStore, QueryOptions } from '../store/port.ts';
import { type PageWish, readPage, type Selection } from './page.ts';

export const drillParts = ['numerator', 'denominator', 'not_matured'] as const;
export type DrillPart = (typeof drillParts)[number];

export const readPart = (part: string | undefined): DrillPart => {
  const found = drillParts.find((one) => one === (part ?? 'numerator'));
  if (found !== undefined) return found;
  return fail(
    'query_invalid',
    `part is one of ${drillParts.join(', ')}; “${String(part).slice(0, 80)}” is none.`,
    {
      field: 'part',
      nearest: nearest(String(part), drillParts),
    },
  );
};

/** The conversations behind one part of a figure: the same question, the same terms, hence the same count. */
export const drill = async (
  store: EventStore,
  question: Question,
  part: DrillPart,
  wish: PageWish,
  options: QueryOptions,
): Promise<DrillPage> => {
  const [metric] = question.metrics;
  if (metric === undefined) return fail('query_invalid', 'A drill needs a metric.', { field: 'metric' });
  const { total } = planMetric(metric, question);
  if (total === null) return drillPersonDays(store, question, part, wish, options);
  return readPage(store, question, selectionOf(total, part, metric.declaration.id), wish, options);
};

const yes = (count: Count): Selection => ({
  needs: count.needs,
  columns: [],
  holds: sql`${count.sql} = 1`,
  contribution: raw('1'),
  contributes: true,
});

const selectionOf = (figure: FigurePlan, part: DrillPart, metric: string): Selection => {
  if (part === 'not_matured') {
    if (figure.shape !== 'share' || figure.all === null)
      return fail(
        'query_invalid',
        `${metric} has no window, so nothing of it is not matured; ask for numerator or denominator.`,
        { field: 'part' },
      );
    const { all, denominator } = figure;
    return {
      ...yes(all),
      needs: [...all.needs, ...denominator.needs],
      holds: sql`${all.sql} = 1 AND ${denominator.sql} = 0`,
    };
  }
  if (figure.shape === 'share') return yes(part === 'numerator' ? figure.numerator : figure.denominator);
  if (figure.shape === 'median') return yes(figure.of);
  const amount = part === 'numerator' ? figure.numerator : figure.denominator;
  return {
    needs: amount.needs,
    columns: ['n_fallback', 'n_bot'],
    holds: sql`${amount.sql} > 0`,
    contribution: amount.sql,
    contributes: true,
  };
};

/**
 * A person-day is no conversation. Behind the numerator are the engaged conversations of those person-days: `total`
 * counts these, and the first of each person-day contributes 1, so that `sum` is the figure's numerator.
 */
const drillPersonDays = (
  store: EventStore,
  question: Question,
  part: DrillPart,
  wish: PageWish,
  options: QueryOptions,
): Promise<DrillPage> => {
  if (part !== 'numerator')
    return fail(
      'query_invalid',
      'A person-day that was only shown the widget has no conversation; ask for part=numerator.',
      { field: 'part' },
    );
  const { where, rules, workspace } = question;
  const filters =
    where.length === 0
      ? nothing
      : sql` AND ${join(
          where.map((filter) => personDayFilter(filter, rules)),
          ' AND ',
        )}`;
  const shownTo = sql`SELECT person, toInt64(toUInt16(day)) AS shown_day, groupUniqArray(toString(bot)) AS shown_bots FROM person_days FINAL WHERE workspace_id = ${bind('UInt32', workspace)} AND ${inDays(question)} AND impressions > 0 AND test = 0 AND engaged_turns >= ${bind('UInt16', rules.minVisitorTurns)}${filters} GROUP BY person, shown_day`;
  const conversations: Question = { ...question, where: [] };
  const localDay: Fragment = sql`intDiv(${localSeconds(question)}, 86400)`;
  const ofDay = raw('(PARTITION BY person, shown_day ORDER BY started_s, conv');
  return readPage(
    store,
    conversations,
    {
      needs: ['engaged'],
      columns: ['person', 'bot'],
      joined: sql` AS c INNER JOIN (${shownTo}) AS d ON c.person = d.person AND ${localDay} = d.shown_day`,
      // Where one side does not say which bot it was, the fold takes it for the other's; so must this.
      holds: raw("v_engaged AND (bot = '' OR has(shown_bots, '') OR has(shown_bots, toString(bot)))"),
      contribution: sql`arrayCount(b -> (b = '' OR bot = '' OR b = bot) AND NOT arrayExists(e -> b = '' OR e = '' OR e = b, groupUniqArray(toString(bot)) OVER ${ofDay} ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)), shown_bots)`,
      contributes: true,
    },
    wish,
    options,
  );
};

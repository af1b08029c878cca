import type { Entry, Ledger } from './scenario/ledger.ts';
import { type Plan, weekDate } from './scenario/plan.ts';
import { supportIntents } from './scenario/shop.data.ts';

export interface TruthQuestion {
  readonly metric: string;
  /** Local dates, `to` exclusive. */
  readonly from: string;
  readonly to: string;
  readonly where: readonly { readonly cut: string; readonly values: readonly string[] }[];
  readonly compare?: 'previous';
}

/** Counted by the generator as it wrote, never by the engine. */
export interface Planted {
  readonly numerator: number;
  readonly denominator: number;
  /** Null: nothing of the kind was written, as in a very small shop. */
  readonly value: number | null;
}

export interface Truth {
  readonly id: string;
  readonly sentence: string;
  readonly question: TruthQuestion;
  /** What of the answer is compared, with its own interval: the figure, or its change against the period before. */
  readonly reads: 'value' | 'change';
  readonly planted: Planted;
}

const ratio = (numerator: number, denominator: number): Planted => ({
  numerator,
  denominator,
  value: denominator === 0 ? null : numerator / denominator,
});

const share = <Item>(
  items: Iterable<Item>,
  isOf: (item: Item) => boolean,
  isGood: (item: Item) => boolean,
): Planted => {
  let numerator = 0;
  let denominator = 0;
  for (const item of items) {
    if (!isOf(item)) continue;
    denominator += 1;
    if (isGood(item)) numerator += 1;
  }
  return ratio(numerator, denominator);
};

const fallbacksOf = (entries: readonly Entry[]): Planted =>
  ratio(
    entries.reduce((sum, { fallbacks }) => sum + fallbacks, 0),
    entries.reduce((sum, { botTurns }) => sum + botTurns, 0),
  );

const is = (cut: string, ...values: string[]) => ({ cut, values });
const support = is('job', 'support');

/** What a reader of the simulated shop should find, each with the question that finds it. */
export const truthsOf = (plan: Plan, ledger: Ledger): Truth[] => {
  const between = (fromWeek: number, toWeek: number) => (week: number) => week >= fromWeek && week < toWeek;
  const dates = (fromWeek: number, toWeek: number) => ({
    from: weekDate(plan, fromWeek),
    to: weekDate(plan, toWeek),
  });
  const whole = dates(1, plan.truthEndWeek);
  const entries = ledger.entries.filter(({ week }) => between(1, plan.truthEndWeek)(week));
  const supported = entries.filter(({ job }) => job === 'support');
  const reached = supported.filter(({ isBotConversation }) => isBotConversation);
  const inWeek = (week: number) => supported.filter((entry) => entry.week === week);

  const deflection = supportIntents
    .filter(({ eligible }) => eligible)
    .map(
      ({ intent }): Truth => ({
        id: `deflection-${intent.replaceAll('_', '-')}`,
        sentence: `How much of ${intent} the bot settles alone.`,
        question: { metric: 'deflection_rate', ...whole, where: [is('intent', intent)] },
        reads: 'value',
        planted: share(
          reached,
          (entry) => entry.isEligible && entry.intent === intent,
          ({ isSettled }) => isSettled,
        ),
      }),
    );

  const trapOn = (channel: string, sentence: string): Truth => ({
    id: `trap-${channel.replaceAll('_', '-')}`,
    sentence,
    question: { metric: 'trapped_rate', ...whole, where: [is('channel', channel), support] },
    reads: 'value',
    planted: share(
      reached,
      (entry) => entry.channel === channel,
      ({ isTrapped }) => isTrapped,
    ),
  });

  const gapIn = (id: string, sentence: string, fromWeek: number, toWeek: number): Truth => ({
    id,
    sentence,
    question: {
      metric: 'knowledge_gap_rate',
      ...dates(fromWeek, toWeek),
      where: [is('intent', 'payment_methods')],
    },
    reads: 'value',
    planted: share(
      reached,
      ({ intent, week }) => intent === 'payment_methods' && between(fromWeek, toWeek)(week),
      ({ hasGap }) => hasGap,
    ),
  });

  const campaign = (name: string, sentence: string): Truth => ({
    id: `campaign-${name}`,
    sentence,
    question: { metric: 'goal_completion_rate', ...whole, where: [is('campaign', name)] },
    reads: 'value',
    planted: share(
      entries,
      (entry) => entry.campaign === name,
      ({ reachedGoal }) => reachedGoal,
    ),
  });

  const { regressionWeek } = plan;
  const fallbackIn = (id: string, sentence: string, week: number): Truth => ({
    id,
    sentence,
    question: { metric: 'fallback_rate', ...dates(week, week + 1), where: [support] },
    reads: 'value',
    planted: fallbacksOf(inWeek(week)),
  });
  const before = fallbacksOf(inWeek(regressionWeek - 1));
  const during = fallbacksOf(inWeek(regressionWeek));

  return [
    {
      id: 'deflection',
      sentence: 'How much of what it may settle the bot settles alone, over all intents.',
      question: { metric: 'deflection_rate', ...whole, where: [] },
      reads: 'value',
      planted: share(
        reached,
        ({ isEligible }) => isEligible,
        ({ isSettled }) => isSettled,
      ),
    },
    ...deflection,
    {
      id: 'resolution',
      sentence: 'Solved, of all that the support bot took on.',
      question: { metric: 'resolution_rate', ...whole, where: [support] },
      reads: 'value',
      planted: share(
        reached,
        () => true,
        ({ isSettled }) => isSettled,
      ),
    },
    {
      id: 'handoff',
      sentence: 'Passed on to a person.',
      question: { metric: 'handoff_rate', ...whole, where: [support] },
      reads: 'value',
      planted: share(
        reached,
        () => true,
        ({ isHandedOff }) => isHandedOff,
      ),
    },
    {
      id: 'csat',
      sentence: 'Satisfied, of those who rated the bot alone.',
      question: { metric: 'csat', ...whole, where: [support] },
      reads: 'value',
      planted: share(
        reached,
        ({ isSatisfied, hasHuman }) => isSatisfied !== null && !hasHuman,
        ({ isSatisfied }) => isSatisfied === true,
      ),
    },
    fallbackIn(
      'fallback-before',
      `Week ${regressionWeek - 1}: version 40 falls back seldom.`,
      regressionWeek - 1,
    ),
    fallbackIn(
      'fallback-regression',
      `Week ${regressionWeek}: version 41 went live and falls back far more.`,
      regressionWeek,
    ),
    {
      id: 'fallback-change',
      sentence: `The change from week ${regressionWeek - 1} to week ${regressionWeek}.`,
      question: {
        metric: 'fallback_rate',
        ...dates(regressionWeek, regressionWeek + 1),
        where: [support],
        compare: 'previous',
      },
      reads: 'change',
      planted: {
        ...during,
        value: during.value === null || before.value === null ? null : during.value - before.value,
      },
    },
    trapOn('messenger', 'On Messenger nobody answers those who ask for a person.'),
    trapOn('web_chat', 'On the web they are answered.'),
    gapIn('gap-before', 'Payment questions before anybody asked for instalments.', 1, plan.gapWeek),
    gapIn(
      'gap-after',
      `Since week ${plan.gapWeek} people ask for instalments, and no article answers.`,
      plan.gapWeek,
      plan.truthEndWeek,
    ),
    campaign('style-guide-newsletter', 'A campaign that brings people who leave their address.'),
    campaign('giveaway-reels', 'A campaign that brings people who do not.'),
    {
      id: 'engagement',
      sentence: 'Used the widget, of those who saw it.',
      question: { metric: 'engagement_rate', ...whole, where: [] },
      reads: 'value',
      planted: share(
        ledger.personDays.values(),
        ({ week }) => between(1, plan.truthEndWeek)(week),
        ({ isEngaged }) => isEngaged,
      ),
    },
  ];
};

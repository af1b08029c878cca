import { always, declare, needs, personDayCuts } from './declare.ts';
import type { Metric } from './figure.ts';

/** Whether people use the bot, how long it takes, and whether they get where the flow leads. */
export const useMetrics: readonly Metric[] = [
  {
    declaration: declare({
      id: 'engagement_rate',
      question: 'Of the visits that were shown the bot, how many used it?',
      jobs: [],
      numerator: 'Person-days (person × bot × local day) with an impression and an engaged conversation.',
      denominator: 'Person-days with an impression of the widget.',
      grain: 'person_day',
      direction: 'up',
      bands: always(['below', null, 0.05], ['useful', 0.05, 0.1], ['strong', 0.1, null]),
      beside: ['bounce_rate'],
      needs: [
        {
          event: 'chat_impression',
          why: 'Says that the widget was really shown to a visitor; without it nobody knows who could have engaged.',
        },
      ],
      cuts: [...personDayCuts],
      says: 'Share of visits shown the bot that used it.',
      misleads: 'Pop-ups and widgets that open themselves distort it.',
      do: 'Compare like pages, beside bounce.',
    }),
    figure: { shape: 'person_days' },
    beside: {},
  },
  {
    declaration: declare({
      id: 'goal_completion_rate',
      question: "How many chats reached their flow's goal?",
      jobs: [],
      numerator: "Conversations that reached their flow's own primary goal.",
      denominator:
        'Started conversations in a flow with a declared goal; where that goal is a resolution, those whose return window has elapsed.',
      direction: 'up',
      windowed: true,
      bands: always(['below', null, 0.2], ['broad_flows', 0.2, 0.4], ['narrow_flows', 0.4, null]),
      beside: [],
      needs: [
        { event: 'flow_started', why: 'Names the flow; a flow property on any event does as well.' },
        { event: 'bot_goal_completed', why: 'Says which goal was reached.' },
      ],
      says: "Chats that reached their flow's goal.",
      misleads: 'Narrow flows always look better.',
      do: 'Compare a flow with itself.',
    }),
    figure: () => ({ shape: 'share', of: ['opened', 'has_goal', 'goal_due'], yes: ['goal'] }),
    beside: {},
    success: true,
  },
  {
    declaration: declare({
      id: 'bounce_rate',
      question: 'How many opened the chat and left with nothing?',
      jobs: [],
      numerator:
        'Started conversations left with no useful answer, no goal, no lead and no handoff, and not trapped.',
      denominator: 'Started conversations.',
      direction: 'down',
      bands: always(['in_band', null, 0.4], ['upper_edge', 0.4, 0.5], ['above', 0.5, null]),
      beside: ['engagement_rate'],
      needs: [
        {
          event: 'chat_opened',
          why: 'Without it only chats in which the visitor wrote are known to have started.',
        },
        needs.turn,
      ],
      says: 'Chats opened and left with nothing.',
      misleads:
        'Widgets that open themselves are no starts; platforms that report them as opened inflate it.',
      do: 'Look at the first message and at what the page promises.',
    }),
    figure: () => ({ shape: 'share', of: ['opened'], yes: ['bounced'] }),
    beside: {},
  },
  {
    declaration: declare({
      id: 'session_length',
      question: 'How many turns does a completed chat take?',
      jobs: [],
      numerator: 'Median of the visitor turns.',
      denominator: 'Closed conversations that reached their goal or were resolved.',
      unit: 'turns',
      shape: 'median',
      direction: 'none',
      bands: always(['support', 4, 8], ['lead_qualification', 6, 12]),
      beside: ['goal_completion_rate', 'session_duration'],
      needs: [needs.turn],
      says: 'Median turns of completed chats.',
      misleads: 'Long is healthy in qualification and friction in support.',
      do: 'If length rises and goals fall, shorten the flow.',
    }),
    figure: () => ({ shape: 'median', of: ['completed'], value: 'n_user', per: 1 }),
    beside: {
      session_duration: { figure: { shape: 'median', of: ['completed'], value: 'duration_ms', per: 1000 } },
    },
    success: true,
  },
  {
    declaration: declare({
      id: 'time_to_first_useful_answer',
      question: 'How long until the first real answer?',
      jobs: [],
      numerator:
        'Median seconds from the first visitor message to the first useful answer; the unanswered rank as longest.',
      denominator: 'Conversations with a visitor turn.',
      unit: 'seconds',
      shape: 'median',
      direction: 'down',
      bands: always(['in_band', null, 10], ['above', 10, null]),
      beside: ['answered_share'],
      needs: [
        needs.turn,
        needs.reply,
        {
          event: 'kind',
          why: 'Replies without a kind: the first reply with no fallback or handoff behind it is taken for an answer.',
        },
      ],
      says: 'Median seconds to the first real answer.',
      misleads: 'Greetings are not answers; a fast wrong one counts.',
      do: 'Look at the slowest tenth.',
    }),
    figure: () => ({ shape: 'median', of: ['visitor'], value: 'ttfua_ms', per: 1000, endless: true }),
    beside: { answered_share: { figure: { shape: 'share', of: ['visitor'], yes: ['answered'] } } },
  },
];

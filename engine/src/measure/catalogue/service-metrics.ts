import { always, declare, inStage, needs } from './declare.ts';
import type { Figure, Metric } from './figure.ts';

const share = (
  of: Extract<Figure, { shape: 'share' }>['of'],
  yes: Extract<Figure, { shape: 'share' }>['yes'],
): Figure => ({ shape: 'share', of, yes });

/** What the bot settles, passes on and fails at. */
export const serviceMetrics: readonly Metric[] = [
  {
    declaration: declare({
      id: 'deflection_rate',
      question: 'Of the questions the bot is meant to settle, how many did it settle without a person?',
      jobs: ['support'],
      numerator:
        'Eligible support conversations that the bot resolved, confirmed or assumed, with no human and no return inside the window.',
      denominator: 'Eligible support conversations whose return window has elapsed.',
      direction: 'up',
      windowed: true,
      bands: always(
        ['below', null, 0.25],
        ['meaningful', 0.25, 0.4],
        ['strong', 0.4, 0.6],
        ['very_good_or_check', 0.6, null],
      ),
      beside: ['csat', 'trapped_rate', 'deflection_over_reached', 'deflection_over_all'],
      needs: [needs.turn, needs.reply],
      says: 'Eligible questions settled without a person.',
      misleads: 'A wide list of intents or mere silence inflates it.',
      do: 'Read it with satisfaction and trapped, by intent.',
    }),
    unit: 'bot_conversation',
    figure: () => share(['eligible', 'matured'], ['resolved']),
    beside: {
      deflection_over_reached: {
        figure: share(['support', 'reached', 'matured'], ['deflected']),
        naive: true,
      },
      deflection_over_all: { figure: share(['support', 'contact', 'matured'], ['deflected']), naive: true },
      containment_rate: { figure: share(['support', 'reached', 'matured'], ['!human']), naive: true },
      durable_rate: { figure: share(['eligible', 'matured'], ['durable']) },
    },
  },
  {
    declaration: declare({
      id: 'resolution_rate',
      question: 'Of the conversations the bot took on, how many ended with the problem solved?',
      jobs: [],
      numerator:
        'Conversations confirmed by the visitor, or assumed solved because nothing speaks against it and nobody came back.',
      denominator: 'Conversations the bot handled whose return window has elapsed.',
      direction: 'up',
      windowed: true,
      bands: always(['below', null, 0.5], ['strong', 0.5, 0.7], ['above', 0.7, null]),
      beside: ['confirmed_share', 'return_contact_rate'],
      needs: [needs.turn, needs.reply],
      says: 'Problems solved, of those the bot took on.',
      misleads: 'Most of what counts as solved is assumed from silence.',
      do: 'See the confirmed share; ask "Did that help?"',
    }),
    unit: 'bot_conversation',
    figure: () => share(['handled', 'matured'], ['resolved']),
    beside: {
      confirmed_share: { figure: share(['handled', 'matured', 'resolved'], ['confirmed']) },
      return_contact_rate: { figure: share(['settled', 'matured'], ['returned']) },
    },
    success: true,
  },
  {
    declaration: declare({
      id: 'fallback_rate',
      question: 'How often could the bot not go on?',
      jobs: [],
      numerator: 'Bot turns that were a fallback.',
      denominator: 'Bot turns.',
      shape: 'ratio_of_sums',
      grain: 'turn',
      direction: 'down',
      bands: [
        ...inStage('first_60_days', ['in_band', null, 0.15], ['above', 0.15, null]),
        ...inStage('tuned', ['in_band', null, 0.1], ['above', 0.1, null]),
      ],
      beside: ['knowledge_gap_rate', 'fallback_session_rate'],
      needs: [needs.fallback, needs.reply],
      says: 'Turns where the bot could not go on.',
      misleads: 'A bot that bluffs shows none.',
      do: 'Fix the top three questions; check what was answered badly.',
    }),
    figure: ({ fallbackGrain }) =>
      fallbackGrain === 'session'
        ? share(['reached'], ['fallback'])
        : { shape: 'ratio_of_sums', of: [], numerator: 'n_fallback', denominator: 'n_bot' },
    beside: { fallback_session_rate: { figure: share(['reached'], ['fallback']) } },
    numeratorNeeds: ['bot_fallback', 'message_replied'],
  },
  {
    declaration: declare({
      id: 'handoff_rate',
      question: 'How many conversations went to a person?',
      jobs: [],
      numerator: 'Bot conversations given to a person, joined by one, or turned into a ticket.',
      denominator: 'Bot conversations.',
      direction: 'none',
      bands: always(
        ['check_trapped', null, 0.1],
        ['low', 0.1, 0.2],
        ['normal', 0.2, 0.4],
        ['high', 0.4, 0.6],
        ['check_caution', 0.6, null],
      ),
      beside: ['csat', 'trapped_rate', 'handoff_pickup_rate'],
      needs: [needs.turn],
      says: 'Chats passed to a person.',
      misleads: 'Low can mean blocked, high can mean cautious.',
      do: 'Read it by intent, with pickup and trapped.',
    }),
    unit: 'bot_conversation',
    figure: () => share(['reached'], ['handed']),
    beside: { handoff_pickup_rate: { figure: share(['reached', 'handed'], ['picked']) } },
  },
  {
    declaration: declare({
      id: 'csat',
      question: 'How satisfied are people with what the bot alone did?',
      jobs: [],
      numerator: "Positive last ratings, by the policy's threshold for each scale.",
      denominator: 'Rated conversations that only the bot handled.',
      direction: 'up',
      bands: [
        ...inStage('first_60_days', ['below', null, 0.75], ['early', 0.75, 0.8], ['in_band', 0.8, null]),
        ...inStage('tuned', ['below', null, 0.8], ['in_band', 0.8, null]),
      ],
      beside: ['response_rate'],
      needs: [
        { event: 'csat_submitted', why: 'Send each rating with its score and scale.' },
        {
          event: 'survey_shown',
          why: 'Says who was asked; without it the response rate is answered / ended.',
        },
      ],
      says: 'Positive of all answers, in chats that only the bot handled.',
      misleads: 'Who is asked decides the score.',
      do: 'See the response rate, and what people score on the same questions.',
    }),
    figure: () => share(['bot_only', 'rated'], ['rated_positive']),
    beside: {
      response_rate: { figure: share(['bot_only', 'surveyed'], ['rated']) },
      response_rate_of_ended: { figure: share(['bot_only', 'closed'], ['rated']) },
    },
    apart: { cut: 'handled_by', term: 'bot_only' },
  },
  {
    declaration: declare({
      id: 'knowledge_gap_rate',
      question: 'How often was there no approved answer?',
      jobs: [],
      numerator: 'Bot conversations with a knowledge gap, or a fallback with reason no_answer or no_route.',
      denominator: 'Bot conversations.',
      direction: 'down',
      bands: always(['in_band', null, 0.1], ['upper_edge', 0.1, 0.15], ['above', 0.15, null]),
      beside: ['fallback_rate'],
      needs: [
        { event: 'knowledge_gap', why: 'Says that no approved answer existed, with the question.' },
        {
          event: 'bot_fallback',
          why: 'Its reason (no_answer, no_route) tells a gap from a misunderstanding.',
        },
      ],
      says: 'Chats where no approved answer existed.',
      misleads: 'Bots that guess report none.',
      do: 'Answer the top of the list monthly and watch the before and after.',
    }),
    unit: 'bot_conversation',
    figure: () => share(['reached'], ['gap']),
    beside: {},
    numeratorNeeds: ['knowledge_gap', 'bot_fallback'],
  },
  {
    declaration: declare({
      id: 'trapped_rate',
      question: 'How many people got neither an answer nor a person?',
      jobs: [],
      numerator:
        'Bot conversations that asked for a person, hit the fallback limit or repeated themselves, and got no way out.',
      denominator: 'Bot conversations.',
      direction: 'down',
      bands: [],
      beside: ['handoff_rate', 'deflection_rate'],
      needs: [
        needs.turn,
        needs.fallback,
        { event: 'human_requested', why: 'Says that the visitor asked for a person.' },
      ],
      says: 'People stuck with the bot.',
      misleads: 'Requests for a person that the platform does not report stay unseen.',
      do: 'Open them; offer a way to a person on those intents first.',
    }),
    unit: 'bot_conversation',
    figure: () => share(['reached'], ['trapped']),
    beside: {},
  },
];

import { describe, expect, test } from 'vitest';
import { defaultPolicy, policySchema } from './policy.ts';

describe('the measurement policy', () => {
  test('an empty document is the documented default, key by key', () => {
    expect(defaultPolicy()).toEqual({
      version: 1,
      eligibility: {
        intents: [
          'order_status',
          'delivery_window',
          'shipping_cost',
          'return_policy',
          'refund_status',
          'business_hours',
          'store_location',
          'payment_methods',
          'pricing_basics',
          'booking_rules',
          'how_to_use',
          'account_login',
        ],
        exclude: [],
      },
      intent: { min_confidence: 0.5, map: {} },
      goals: {},
      jobs: {},
      bots: {},
      windows: {
        return_contact_hours: 72,
        lead_quality_days: 30,
        won_days: 90,
        conversion_days: 7,
        episode_gap_minutes: {
          web_chat: 30,
          embedded_widget: 30,
          landing_page: 30,
          messenger: 1440,
          instagram: 1440,
          whatsapp: 1440,
          email: 4320,
          voice: 10,
          other: 30,
        },
      },
      engaged: { min_visitor_turns: 1, pages: 'all' },
      fallback: { grain: 'turn' },
      trapped: { fallbacks: 2 },
      surveys: { csat: { positive_from: { '2': 2, '3': 3, '5': 4, '7': 6, '10': 8, '100': 80 } } },
      qualification: {},
      attribution: {
        model: 'last_touch',
        window_days: { order: 7, booking: 30, subscription: 30, deal: 90 },
        qualifying_touch: 'engaged_conversation',
        qualifying_jobs: ['sales', 'lead', 'booking'],
        half_life_days: 7,
        position: [0.4, 0.2, 0.4],
        other_touches: false,
        revenue_basis: 'net_of_tax_and_shipping',
        assisted_share: '1',
      },
      costs: {
        manual_cost_per_conversation: null,
        bot_cost_per_conversation: null,
        loaded_cost_per_hour: null,
        gross_margin: null,
        uncertainty: 0.2,
        avoidable_share: 1,
        baseline_months: [],
        by_intent: {},
      },
      reporting: {
        zone: '<workspace>',
        week_start: 'monday',
        currency: '<workspace>',
        min_n: 30,
        business_hours: null,
      },
      test_traffic: { crawlers: true, email_domains: [], query_flag: 'botworth_test' },
    });
  });

  test('a document that names one key keeps every other default', () => {
    const document = policySchema.parse({ windows: { return_contact_hours: 24 } });
    expect(document.windows.return_contact_hours).toBe(24);
    expect(document.windows.episode_gap_minutes.whatsapp).toBe(1440);
    expect(document.eligibility.intents).toHaveLength(12);
  });

  test('a key that is not in the schema is refused by name', () => {
    const answer = policySchema.safeParse({ eligibilty: {} });
    expect(answer.success).toBe(false);
    expect(JSON.stringify(answer.error?.issues)).toContain('eligibilty');
  });

  test('defaults are made anew for each reader', () => {
    defaultPolicy().eligibility.intents.push('changed');
    expect(defaultPolicy().eligibility.intents).not.toContain('changed');
  });
});

import { defaultPolicy, type PolicyDocument } from '@botworth/contract/policy';
import { describe, expect, test } from 'vitest';
import { policyVersion, testWorkspace } from '../../../test/rows/conversation-row.ts';
import { checkPolicy } from './check-policy.ts';
import { meaningOfFlow } from './flow-table.ts';
import { readRules } from './rules.ts';
import { stageOf } from './stage.ts';

const refusal = (change: (document: PolicyDocument) => void): unknown => {
  const document = defaultPolicy();
  change(document);
  try {
    return checkPolicy(document);
  } catch (error) {
    return error;
  }
};

test('a currency that is none and a threshold beyond its scale are refused by their path', () => {
  expect(refusal(() => {})).toBeUndefined();
  expect(
    refusal(({ reporting }) => {
      reporting.currency = 'banana';
    }),
  ).toMatchObject({ code: 'policy_invalid', details: { path: 'reporting.currency' } });
  expect(
    refusal(({ surveys }) => {
      surveys.csat.positive_from = { '5': 6 };
    }),
  ).toMatchObject({ code: 'policy_invalid', details: { path: 'surveys.csat.positive_from.5' } });
});

const rules = (change: Parameters<typeof policyVersion>[0] = () => {}) =>
  readRules(testWorkspace(1, 'Europe/Berlin'), policyVersion(change));

describe('reading a policy', () => {
  test('<workspace> is the zone that the workspace was made with', () => {
    expect(rules().zone).toBe('Europe/Berlin');
    expect(
      rules((document) => {
        document.reporting.zone = 'Asia/Tokyo';
      }).zone,
    ).toBe('Asia/Tokyo');
  });

  test('a listed or excluded intent that no taxonomy knows is a support intent', () => {
    const read = rules((document) => {
      document.eligibility = { intents: ['fitting_help'], exclude: ['angry_mob'] };
    });
    expect(read.supportIntents).toEqual(
      expect.arrayContaining(['fitting_help', 'angry_mob', 'billing_problem']),
    );
    expect(read.supportIntents).not.toContain('contact_sales');
  });

  test('a flow means what the policy says, else what its name says, else nothing', () => {
    const read = rules((document) => {
      document.jobs = { help: 'sales' };
      document.goals = { help: 'first_use' };
    });
    expect(meaningOfFlow('help', read)).toEqual({ job: 'sales', goal: 'first_use', guessed: false });
    expect(meaningOfFlow('Order tracking v2', read)).toEqual({
      job: 'support',
      goal: 'order_status_delivered',
      guessed: true,
    });
    expect(meaningOfFlow('xyz', read)).toEqual({ job: 'unknown', goal: null, guessed: false });
    expect(meaningOfFlow('', read)).toEqual({ job: 'unknown', goal: null, guessed: false });
    expect(meaningOfFlow('__proto__', read)).toMatchObject({ goal: null });
  });
});

test('a bot is tuned from its sixtieth day, by the policy before its first conversation', () => {
  const day = 86_400;
  const launched = rules((document) => {
    document.bots = { helper: { launched_on: '2026-04-01' } };
  });
  const startS = Date.parse('2026-03-31T22:00:00Z') / 1000;
  expect(stageOf(launched, [], new Map([['helper', 0]]), startS + 59 * day)).toBe('first_60_days');
  expect(stageOf(launched, [], new Map([['helper', 0]]), startS + 60 * day)).toBe('tuned');
  expect(stageOf(rules(), [], new Map([['helper', startS]]), startS + 60 * day)).toBe('tuned');
  expect(stageOf(rules(), [], new Map(), startS)).toBe('first_60_days');
});

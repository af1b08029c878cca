import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { flowTable } from '../../src/measure/policy/flow-table.ts';
import { readRules } from '../../src/measure/policy/rules.ts';
import { mainStatement } from '../../src/measure/query/lower.ts';
import { parseQuery } from '../../src/measure/query/parse.ts';
import { personDayStatement } from '../../src/measure/query/person-days.ts';
import { planQuestion } from '../../src/measure/query/plan.ts';
import { type Question, resolveQuestion } from '../../src/measure/query/resolve.ts';
import { unitSumsStatement } from '../../src/measure/query/units.ts';
import { type Fragment, print, raw, sql } from '../../src/sql/fragment.ts';
import type { EventStore } from '../../src/store/port.ts';
import { openTestEventStore } from '../../src/store/test-store.ts';
import { policyVersion, testWorkspace } from '../rows/conversation-row.ts';

let store: EventStore;
beforeAll(async () => {
  store = await openTestEventStore();
});
afterAll(() => store?.close());

const question = (query: object, zone = 'UTC'): Question => {
  const rules = readRules(testWorkspace(1, zone), policyVersion());
  return resolveQuestion(parseQuery({ from: '2026-03-01', to: '2026-04-01', ...query }), {
    workspace: 1,
    rules,
    flows: flowTable(['faq'], rules),
    nowMs: Date.parse('2026-06-01T00:00:00Z'),
  });
};
const main = (query: object, zone?: string): Fragment => mainStatement(planQuestion(question(query, zone)));

/** One hazard each: the statement that a reviewer should look at twice. */
const hazards: Readonly<Record<string, () => Fragment>> = {
  // Three figures over one set of rows, whose denominators differ: nothing may be joined, nothing counted twice.
  'fan-out': () => main({ metrics: ['deflection_rate', 'handoff_rate'], by: ['intent'] }),
  // The filter's column is in no group and no count.
  'filter-on-a-cut-not-selected': () => main({ metrics: ['handoff_rate'], where: [{ cut: 'country', values: ['DE', 'unknown'], negate: true }] }),
  // The filter is a verdict.
  'filter-on-a-verdict': () => main({ metrics: ['bounce_rate'], where: [{ cut: 'job', values: ['support'] }] }),
  // Two periods in one scan, each judged by its own ripeness.
  'period-over-period': () => main({ metrics: ['deflection_rate'], compare: 'previous', as_of: '2026-03-20T00:00:00Z' }),
  // Medians do not add up: the total is rolled up from the values.
  'medians-and-totals': () => main({ metrics: ['time_to_first_useful_answer'], by: ['channel'] }),
  // Berlin changes its clocks on the 29th: the offset steps inside the period.
  'a-change-of-the-clocks': () => main({ metrics: ['handoff_rate'], by: ['day'] }, 'Europe/Berlin'),
  // A month is no fixed number of seconds.
  months: () => main({ metrics: ['handoff_rate'], by: ['month'], from: '2026-01-15', to: '2026-03-15' }),
  // Sums over people, so that a talkative person widens the interval.
  'people-of-a-ratio': () => {
    const plan = planQuestion(question({ metrics: ['fallback_rate'], by: ['week'] }));
    return unitSumsStatement(plan.question, { ratio: plan.ratio, masks: [], medians: [] });
  },
  // Person-days are local days already; a person of two days is one person in the total.
  'person-days': () => personDayStatement(question({ metrics: ['engagement_rate'], by: ['week'], compare: 'previous' }), true),
};

/** Broken at the clauses, bound values written below, so that a change shows as a changed line. */
const readable = (fragment: Fragment): string => {
  const { text, params } = print(fragment);
  const broken = text.replaceAll(/ (FROM|WHERE|GROUP BY|ORDER BY|LIMIT|SETTINGS) /g, '\n$1 ').replaceAll(/, (?=\(?[^()]*\) AS |sum\(|toUInt|v_|any\()/g, ',\n  ');
  const values = Object.entries(params).map(([name, { type, value }]) => {
    const shown = JSON.stringify(value, (_, one: unknown) => (typeof one === 'bigint' ? String(one) : one));
    return `-- ${name} ${type} = ${shown.length > 120 ? `${shown.slice(0, 120)}…` : shown}`;
  });
  return `${broken.replaceAll(/[ \t]+$/gm, '')}\n${values.join('\n')}\n`;
};

for (const [hazard, statement] of Object.entries(hazards)) {
  test(`golden statement: ${hazard}`, async () => {
    const file = new URL(`./sql/${hazard}.sql`, import.meta.url);
    const changed = new URL(`./sql/${hazard}-changed.sql`, import.meta.url);
    const text = readable(statement());
    // The engine agrees that it is a statement, with these columns and these types.
    await expect(store.rows(sql`${raw('EXPLAIN ')}${statement()}`, { tag: 'golden' })).resolves.not.toHaveLength(0);
    const held = existsSync(file) ? readFileSync(file, 'utf8') : '';
    if (held === text) rmSync(changed, { force: true });
    else writeFileSync(changed, text);
    expect(text).toBe(held);
  });
}

test('an empty result is one row of zeroes and no medians, never an error', async () => {
  const rows = await store.rows<Record<string, unknown>>(main({ metrics: ['deflection_rate', 'session_length'] }), { tag: 'golden' });
  expect(rows).toHaveLength(1);
  expect(Number(rows[0]?.conversations)).toBe(0);
});

test('the same question prints the same statement', () => {
  for (const statement of Object.values(hazards)) expect(print(statement())).toEqual(print(statement()));
});

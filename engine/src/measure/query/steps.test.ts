import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { policyVersion, testWorkspace } from '../../../test/rows/conversation-row.ts';
import { catalogue } from '../catalogue/catalogue.ts';
import { flowTable } from '../policy/flow-table.ts';
import { readRules } from '../policy/rules.ts';
import { shortest } from '../verdicts/terms.ts';
import { cellKeyOf, emptyCell, slicesHoldRanks } from './cells.ts';
import { bandOf } from './judge.ts';
import { instantOfLocalS, localOfInstantS } from './local-time.ts';
import { parseQuery } from './parse.ts';
import { comparedDates, comparedPeriod, comparedRipeS, periodOf } from './periods.ts';
import { planQuestion } from './plan.ts';
import { resolveQuestion } from './resolve.ts';
import { shapeAnswers } from './shape.ts';
import { bucketOfLabel, timeAxis } from './time-axis.ts';

const april = { metrics: ['csat'], from: '2026-04-01', to: '2026-05-01' };
const refusal = (more: object): unknown => {
  try {
    return parseQuery({ ...april, ...more });
  } catch (error) {
    return error;
  }
};

describe('parse', () => {
  test('a wrong name is an error that names it and the nearest right ones', () => {
    expect(refusal({ metrics: ['deflection_rat'] })).toMatchObject({
      code: 'unknown_metric',
      status: 400,
      details: { nearest: expect.arrayContaining(['deflection_rate']) },
    });
    expect(refusal({ by: ['chanel'] })).toMatchObject({
      code: 'unknown_cut',
      details: { nearest: expect.arrayContaining(['channel']) },
    });
    expect(refusal({ where: [{ cut: 'intnt', values: ['x'] }] })).toMatchObject({
      code: 'unknown_filter',
      details: { nearest: expect.arrayContaining(['intent']) },
    });
    expect(refusal({ form: '2026-04-01' })).toMatchObject({
      code: 'query_invalid',
      details: { field: 'form', nearest: expect.arrayContaining(['from']) },
    });
  });

  test('names of the language itself are no names here', () => {
    for (const name of [
      '__proto__',
      'constructor',
      'toString',
      '',
      'x'.repeat(5000),
      "'; DROP TABLE x; --",
      '{p1:String}',
    ]) {
      expect(refusal({ metrics: [name] })).toMatchObject({ status: 400 });
      expect(refusal({ by: [name] })).toMatchObject({ status: 400 });
    }
  });

  test('dates exist, and from lies before to', () => {
    expect(refusal({ from: '2026-02-30' })).toMatchObject({
      code: 'query_invalid',
      details: { field: 'from' },
    });
    expect(refusal({ to: '2026-04-01' })).toMatchObject({ code: 'query_invalid', details: { field: 'to' } });
    expect(refusal({ from: '20260401' })).toMatchObject({
      code: 'query_invalid',
      details: { field: 'from' },
    });
  });

  test('one time grain, at most two other cuts, none twice', () => {
    expect(refusal({ by: ['day', 'week'] })).toMatchObject({ code: 'query_invalid' });
    expect(refusal({ by: ['intent', 'intent'] })).toMatchObject({ code: 'query_invalid' });
    expect(refusal({ by: ['intent', 'channel', 'bot'] })).toMatchObject({ code: 'query_invalid' });
    expect(parseQuery({ ...april, by: ['week', 'intent', 'channel'] }).by).toEqual([
      'week',
      'intent',
      'channel',
    ]);
  });

  test('anything else that may come is refused with a sentence, never a crash', () => {
    fc.assert(
      fc.property(fc.anything(), (input) => {
        try {
          parseQuery(input);
        } catch (error) {
          expect(error).toMatchObject({ name: 'AppError', status: 400 });
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('periods', () => {
  test('months are compared with months, everything else with as many days', () => {
    expect(comparedDates('previous', '2026-03-01', '2026-04-01')).toEqual(['2026-02-01', '2026-03-01']);
    expect(comparedDates('previous', '2026-01-01', '2026-04-01')).toEqual(['2025-10-01', '2026-01-01']);
    expect(comparedDates('previous', '2026-03-30', '2026-04-06')).toEqual(['2026-03-23', '2026-03-30']);
    expect(comparedDates('previous', '2026-04-10', '2026-04-13')).toEqual(['2026-04-07', '2026-04-10']);
  });

  test('a year ago: the same dates for months, 364 days otherwise, so that weekdays meet', () => {
    expect(comparedDates('year', '2026-02-01', '2026-03-01')).toEqual(['2025-02-01', '2025-03-01']);
    expect(comparedDates('year', '2026-03-30', '2026-04-06')).toEqual(['2025-03-31', '2025-04-07']);
  });

  test('a week that is not over is compared with the same elapsed local time, across a change of the clocks', () => {
    const zone = 'Europe/Berlin';
    const week = periodOf(zone, '2026-03-30', '2026-04-06');
    const nowS = Date.parse('2026-04-01T10:00:00Z') / 1000; // Wednesday noon, summer time
    const before = comparedPeriod(zone, 'previous', week, nowS);
    expect(new Date(before.endS * 1000).toISOString()).toBe('2026-03-25T11:00:00.000Z'); // Wednesday noon, winter time
  });

  test('a part-ripe period is compared with what was as ripe; a ripe one with all of it', () => {
    const now = periodOf('UTC', '2026-04-06', '2026-04-13');
    const before = periodOf('UTC', '2026-03-30', '2026-04-06');
    const day = (text: string) => Date.parse(`${text}T00:00:00Z`) / 1000;
    expect(comparedRipeS('UTC', day('2026-04-10'), now, before)).toBe(day('2026-04-03'));
    expect(comparedRipeS('UTC', day('2026-04-13'), now, before)).toBeNull();
  });

  test('local and back is the same instant, but for the hour that comes twice', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1_577_836_800, max: 1_893_456_000 }),
        fc.constantFrom('Europe/Berlin', 'America/Santiago', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'UTC'),
        (instantS, zone) => {
          const back = instantOfLocalS(zone, localOfInstantS(zone, instantS));
          expect(instantS - back === 0 || (instantS - back > 0 && instantS - back <= 3600)).toBe(true);
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('instants that no row can hold', () => {
  test('as_of lies in the years that a question may name', () => {
    for (const as_of of ['0001-01-01T00:00:00Z', '1969-12-31T00:00:00Z', '9999-12-31T23:59:59Z'])
      expect(refusal({ as_of })).toMatchObject({ code: 'query_invalid', details: { field: 'as_of' } });
  });
  test('a comparison that reaches back before 1970 is refused', () => {
    expect(() => question({ from: '2000-01-01', to: '2100-01-01', compare: 'previous' })).toThrow(
      /reaches back to 1900-01-01/,
    );
  });
});

describe('time axis', () => {
  test('rows that nobody can read are refused before they are made', () => {
    expect(timeAxis('hour', '2026-01-01', '2027-01-01', 'monday').labels).toHaveLength(8760);
    expect(() => timeAxis('hour', '2000-01-01', '2100-01-01', 'monday')).toThrow(/shorter span/);
  });
  test('an hour, a day or a year that no clock of a question shows names no bucket', () => {
    for (const label of ['2026-04-01T24:00', '2026-02-30T10:00', '0001-01-01T00:00', '9999-12-31T00:00'])
      expect([label, bucketOfLabel('hour', label, 'monday')]).toEqual([label, null]);
    for (const label of ['0001-01-01', '1999-12-31', '9999-12-31', '2026-02-30', '2025-02-29', '2026-04-31'])
      expect([label, bucketOfLabel('day', label, 'monday')]).toEqual([label, null]);
  });

  test('every bucket that the period touches has a label, and a label names its bucket', () => {
    const axis = timeAxis('week', '2026-04-01', '2026-04-20', 'sunday');
    expect(axis.labels).toEqual(['2026-03-29', '2026-04-05', '2026-04-12', '2026-04-19']);
    for (const label of axis.labels) expect(bucketOfLabel('week', label, 'sunday')).not.toBeNull();
    expect(bucketOfLabel('week', '2026-04-01', 'sunday')).toBeNull();
    expect(bucketOfLabel('hour', '2026-04-01', 'monday')).toBeNull();
    expect(timeAxis('month', '2026-01-31', '2026-03-02', 'monday').labels).toEqual([
      '2026-01-01',
      '2026-02-01',
      '2026-03-01',
    ]);
  });
});

const question = (query: object) =>
  resolveQuestion(parseQuery({ ...april, ...query }), {
    workspace: 1,
    rules: readRules(testWorkspace(1), policyVersion()),
    flows: flowTable([], readRules(testWorkspace(1), policyVersion())),
    nowMs: Date.parse('2026-06-01T00:00:00Z'),
  });

describe('resolve', () => {
  test('a cut that the only metric lacks is an error; one of several metrics is then not measurable', () => {
    expect(() => question({ metrics: ['engagement_rate'], by: ['intent'] })).toThrow(
      /engagement_rate cannot be cut by intent/,
    );
    expect([...question({ metrics: ['engagement_rate', 'csat'], by: ['intent'] }).unfit.keys()]).toEqual([
      'engagement_rate',
    ]);
  });

  test('a period that overlaps itself a year before cannot be compared with it', () => {
    expect(() => question({ from: '2024-06-01', to: '2026-01-15', compare: 'year' })).toThrow(
      /overlaps itself/,
    );
  });

  test('a time filter takes labels of its grain only', () => {
    expect(() => question({ where: [{ cut: 'week', values: ['2026-04-01'] }] })).toThrow(
      /first day of a week/,
    );
    expect(() => question({ where: [{ cut: 'day', values: ['2026-02-30'] }] })).toThrow(
      'day takes a day of the calendar, like 2026-04-01; “2026-02-30” is none.',
    );
  });
});

describe('the size of an answer', () => {
  const hourly = catalogue
    .map(({ declaration }) => declaration)
    .filter(({ cuts }) => cuts.includes('hour'))
    .map(({ id }) => id);
  const year = { from: '2025-01-01', to: '2026-01-01', by: ['hour'] };

  test('rows times metrics are counted before anything is read', () => {
    expect(question({ ...year, metrics: hourly.slice(0, 11) }).axis?.labels).toHaveLength(8760);
    expect(() => question({ ...year, metrics: hourly.slice(0, 12) })).toThrow(
      expect.objectContaining({
        code: 'query_too_heavy',
        message: expect.stringMatching(/^8760 rows of 12 metrics are 105120 figures, .* shorter span/),
      }),
    );
  });

  test('every combination of cuts has a row in every bucket: a few thousand cells can be millions of rows', () => {
    for (const metric of ['csat', 'engagement_rate']) {
      const cut = metric === 'csat' ? 'intent' : 'channel';
      const plan = planQuestion(question({ metrics: [metric], by: ['hour', cut] }));
      const shapeOf = (groups: number) => {
        const cells = Array.from({ length: groups }, (_, index) => emptyCell(0, [String(index)]));
        const now = {
          total: emptyCell(),
          cells: new Map(cells.map((cell) => [cellKeyOf(cell), cell] as const)),
        };
        const personDays = cells.map((_, index) => ({ is_total: 0, period: 0, bucket: index, cut0: 0 }));
        return shapeAnswers(
          plan,
          { now, before: now, units: { now: new Map(), before: new Map() }, personDays },
          { workspaceId: 'w', presence: new Set(), stage: 'tuned' },
        )[metric]?.rows;
      };
      if (cut === 'channel') expect(shapeOf(1)).toHaveLength(720);
      else {
        expect(shapeOf(2)).toHaveLength(1440);
        expect(() => shapeOf(139)).toThrow(/100080 figures/);
      }
    }
  });
});

describe('plan', () => {
  test('all metrics of a board are one scan, and equal counts are counted once', () => {
    const plan = planQuestion(
      question({ metrics: catalogue.map(({ declaration }) => declaration.id), by: ['week', 'channel'] }),
    );
    const keys = plan.counts.map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys).toContain('eligible matured resolved');
    // Deflected over reached and over all have the numerator of deflection itself.
    expect(keys.filter((key) => key.includes('deflected'))).toEqual([]);
    expect(plan.medians).toHaveLength(3);
  });

  test('what a term implies is not said again', () => {
    expect(shortest(['deflected', 'matured', 'reached', 'support'])).toEqual([
      'eligible',
      'matured',
      'resolved',
    ]);
    expect(shortest(['reached', '!human'])).toEqual(['!human', 'reached']);
  });
});

test('the few order statistics sent for a median hold the exact ranks, whatever n', () => {
  for (let n = 0; n < 3000; n += 1) expect(slicesHoldRanks(n), `n = ${n}`).toBe(true);
  for (let n = 3000; n < 4_000_000; n = Math.floor(n * 1.37) + 1)
    expect(slicesHoldRanks(n), `n = ${n}`).toBe(true);
});

describe('bands', () => {
  const bands =
    catalogue.find(({ declaration }) => declaration.id === 'handoff_rate')?.declaration.bands ?? [];
  test('an edge belongs to the band above it; an interval across an edge is uncertain', () => {
    expect(bandOf(bands, 'tuned', { value: 0.2, interval: [0.19, 0.21] })).toMatchObject({
      name: 'normal',
      uncertain: true,
    });
    expect(bandOf(bands, 'tuned', { value: 0.3, interval: [0.25, 0.35] })).toMatchObject({
      name: 'normal',
      uncertain: false,
    });
    expect(bandOf(bands, 'tuned', { value: null, interval: null })).toBeNull();
  });
});

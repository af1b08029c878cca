import type { Result, ResultRow } from '@botworth/contract/result';
import { act } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import { ApiError } from '../../api/client.ts';
import type { Language } from '../../app/languages.ts';
import { resultForTest } from '../../app/result-for-test.ts';
import { putOnStage, type Stage } from '../../app/stage-for-test.tsx';
import { FigureCard, type FigureCardProps } from './figure-card.tsx';

const weeks = ['2026-04-13', '2026-04-20', '2026-04-27'];
const trend: ResultRow[] = weeks.map((week) => ({ ...resultForTest(), cut: { week } }));

const props = (change: Partial<FigureCardProps> = {}): FigureCardProps => ({
  metric: 'deflection_rate',
  result: resultForTest(),
  error: null,
  trend,
  staleSince: null,
  others: new Map(),
  address: '/x',
  period: { from: '2026-04-27', to: '2026-05-04', name: 'Week 18', inline: 'week 18', against: 'week 17' },
  onOpen: () => undefined,
  onRetry: () => undefined,
  ...change,
});

let stage: Stage | undefined;
afterEach(async () => {
  await stage?.close();
  stage = undefined;
});

const card = async (
  change: Partial<FigureCardProps> = {},
  language: Language = 'en',
): Promise<HTMLElement> => {
  stage = await putOnStage(<FigureCard {...props(change)} />, language);
  const article = stage.box.querySelector('article');
  if (!article) throw new Error('No card was drawn.');
  return article;
};

const plain = (text: string | null | undefined): string =>
  (text ?? '')
    .replace(/[\u00a0\u202f]/g, ' ')
    .replace(/[\u061c\u200e\u200f\u2068\u2069]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
const textOf = (box: HTMLElement, part: string): string => plain(box.querySelector(part)?.textContent);

const without: Partial<Result> = { value: null, numerator: null, interval: null, band: null, change: null };

describe('the anatomy of one number', () => {
  it('name, value with interval, change, denominator in words, weeks, facts: in this order', async () => {
    const box = await card();
    const parts = ['h2', '.value', '.figure .ci', '.change', '.of', '.spark', '.facts'];
    const places = parts.map((part) =>
      [...box.querySelectorAll('*')].indexOf(box.querySelector(part) as Element),
    );
    expect(places.every((at) => at >= 0)).toBe(true);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });

  it('the words of an ordinary figure', async () => {
    const box = await card();
    expect(textOf(box, 'h2')).toBe('Deflection');
    expect(textOf(box, '.value')).toBe('47%');
    expect(textOf(box, '.figure .ci')).toBe('44–50');
    expect(textOf(box, '.change')).toBe('5.0 pts, better (+0.9 to +9.1)');
    expect(textOf(box, '.of')).toBe('530 of 1,128 eligible conversations');
    expect(textOf(box, '.facts')).toContain('45%, too close to call');
    expect(textOf(box, '.facts')).toContain('76 still inside 72 h');
    expect(textOf(box, '.facts')).toContain('30% naive');
  });

  it('a response rate of what ended does not read as one of those asked', async () => {
    const rate = { value: 0.25, numerator: 1, denominator: 4, interval: null } as const;
    const words: string[] = [];
    for (const of of ['asked', 'ended'] as const) {
      const box = await card({ result: resultForTest({ beside: { response_rate: { ...rate, of } } }) });
      words.push(textOf(box, '.facts'));
      await stage?.close();
    }
    expect(words.map((text) => [text.includes('Answered'), text.includes('Of ended')])).toEqual([
      [true, false],
      [false, true],
    ]);
  });

  it('a card is six rows whatever it holds, so that neighbours keep their lines', async () => {
    const box = await card();
    expect(box.children).toHaveLength(6);
    await stage?.close();
    const bare = await card({
      trend: [],
      result: resultForTest({ change: null, band: null, target: null, maturity: null, beside: {} }),
    });
    expect(bare.children).toHaveLength(6);
  });

  it('the picture has a sentence', async () => {
    const box = await card();
    expect(box.querySelector('.spark')?.getAttribute('role')).toBe('img');
    expect(box.querySelector('.spark')?.getAttribute('aria-label')).toContain('3 weeks, now 47%');
  });

  it('the value is a button that opens the conversations', async () => {
    let opened = 0;
    const box = await card({
      onOpen: () => {
        opened += 1;
      },
    });
    const value = box.querySelector<HTMLButtonElement>('button.value');
    await act(() => value?.click());
    expect(opened).toBe(1);
  });

  it('an end that excludes zero does not read as zero', async () => {
    const change = {
      ...(resultForTest().change as NonNullable<Result['change']>),
      difference: -0.093,
      interval: [-0.186, -0.0004] as [number, number],
      verdict: 'better' as const,
    };
    const box = await card({ result: resultForTest({ change }) });
    expect(textOf(box, '.change')).toBe('9.30 pts, better (−18.60 to −0.04)');
  });

  it('without evidence there is no arrow and no colour', async () => {
    const change = {
      ...(resultForTest().change as NonNullable<Result['change']>),
      difference: 0.006,
      interval: [-0.027, 0.039] as [number, number],
      verdict: 'no evidence of change' as const,
    };
    const box = await card({ result: resultForTest({ change }) });
    expect(textOf(box, '.change')).toBe('No evidence of change +0.6 (−2.7 to +3.9)');
    expect(box.querySelector('.arrow')).toBeNull();
  });
});

describe('seven truths, seven looks', () => {
  const truths: Readonly<Record<string, Partial<FigureCardProps>>> = {
    loading: { result: undefined },
    not_measurable: {
      result: resultForTest({
        ...without,
        reason: 'not_measurable',
        missing: [{ event: 'csat_submitted', why: 'x' }],
      }),
    },
    too_few: {
      result: resultForTest({
        value: 0.5,
        numerator: 9,
        denominator: 18,
        n: 18,
        interval: [0.29, 0.71],
        band: null,
        change: null,
      }),
    },
    unripe: {
      result: resultForTest({ maturity: { matured: 437, all: 717, value: 0.61, not_matured: 280 } }),
    },
    stale: { staleSince: '2026-05-04T06:00:00Z', error: new ApiError(0, 'unreachable', '', null) },
    error: {
      result: undefined,
      error: new ApiError(422, 'query_too_heavy', 'It ran past 10 s.', '7f3a9c52'),
    },
    forbidden: { result: undefined, error: new ApiError(403, 'forbidden', '', null) },
    zero: {
      result: resultForTest({
        value: 0,
        numerator: 0,
        denominator: 412,
        n: 412,
        interval: [0, 0.009],
        change: null,
      }),
    },
  };

  it('none looks like another', async () => {
    const looks: string[] = [];
    for (const change of Object.values(truths)) {
      const box = await card(change);
      looks.push(plain(box.textContent));
      await stage?.close();
    }
    expect(new Set(looks).size).toBe(Object.keys(truths).length);
  });

  it('the name stays when the value is missing', async () => {
    for (const change of Object.values(truths)) {
      expect(textOf(await card(change), 'h2')).toBe('Deflection');
      await stage?.close();
    }
  });

  it('not measurable is no zero: it names the event and how to send it', async () => {
    const box = await card(truths.not_measurable);
    expect(box.querySelector('button.value')).toBeNull();
    expect(textOf(box, '.missing')).toContain('csat_submitted');
    expect(plain(box.textContent)).not.toMatch(/\b0\b/);
  });

  it('nothing to divide by says as well what is missing, and how to send it', async () => {
    const missing = [{ event: 'message_replied', why: 'x' }];
    const nothing = { ...without, numerator: 0, denominator: 0, n: 0, reason: 'no_data' as const };
    expect((await card({ result: resultForTest(nothing) })).querySelector('.missing')).toBeNull();
    await stage?.close();
    const box = await card({ result: resultForTest({ ...nothing, missing }) });
    expect(textOf(box, '.missing')).toContain('Missing: message_replied');
    expect(textOf(box, '.missing pre')).toContain("kind: 'answer'");
  });

  it('too few has its value and n, but neither band nor arrow', async () => {
    const box = await card(truths.too_few);
    expect(textOf(box, '.value')).toBe('50%');
    expect(textOf(box, '.change')).toBe('Only 18: too few to judge; the policy asks for 30');
    expect(box.querySelector('.arrow')).toBeNull();
    expect(box.querySelector('.value.quiet')).not.toBeNull();
  });

  it('unripe says how much and when, with an open point and no arrow', async () => {
    const lastOpen = trend.map((row, at) =>
      at === 2 ? { ...row, maturity: { matured: 437, all: 717, value: 0.61, not_matured: 280 } } : row,
    );
    const box = await card({ ...truths.unripe, trend: lastOpen });
    expect(textOf(box, '.change')).toContain('61% ripe, settles Thu');
    expect(box.querySelector('.dot.open')).not.toBeNull();
    expect(box.querySelector('.arrow')).toBeNull();
  });

  it('stale keeps the last good figure and its time', async () => {
    const box = await card(truths.stale);
    expect(textOf(box, '.value')).toBe('47%');
    expect(textOf(box, '.change')).toContain('As of 08:00');
  });

  it('an error says what failed and a code to quote', async () => {
    const box = await card(truths.error);
    expect(plain(box.textContent)).toContain('It ran past 10 s.');
    expect(textOf(box, 'code')).toBe('query_too_heavy 7f3a9c52');
  });

  it('a true zero is printed with its upper bound', async () => {
    const box = await card(truths.zero);
    expect(textOf(box, '.value')).toBe('0.0%');
    expect(textOf(box, '.figure .ci')).toBe('0.0–0.9');
  });
});

describe('five languages', () => {
  it.each([
    ['ar', '٤٧٪', '٤٤–٥٠', '٥٫٠ نقاط، أفضل (من +٠٫٩ إلى +٩٫١)', '٥٣٠ من ١٬١٢٨ محادثة مؤهلة'],
    ['ru', '47 %', '44–50', '5,0 п. п., лучше (от +0,9 до +9,1)', '530 из 1 128 подходящих диалогов'],
    ['ja', '47%', '44〜50', '5.0ポイント改善 (+0.9から+9.1)', '対象の会話1,128件中530件'],
    ['ko', '47%', '44~50', '5.0포인트 개선 (+0.9에서 +9.1)', '대상 대화 1,128건 중 530건'],
  ] as const)('the same figure in %s', async (language, value, range, change, of) => {
    const box = await card({}, language);
    expect(textOf(box, '.value')).toBe(value);
    expect(textOf(box, '.figure .ci')).toBe(range);
    expect(textOf(box, '.change')).toBe(change);
    expect(textOf(box, '.of')).toBe(of);
  });

  it.each([
    [1, '1 из 1 подходящего диалога'],
    [3, '1 из 3 подходящих диалогов'],
    [21, '1 из 21 подходящего диалога'],
  ])('a Russian noun follows the number %i', async (n, text) => {
    const box = await card({ result: resultForTest({ numerator: 1, denominator: n, n: 30 }) }, 'ru');
    expect(textOf(box, '.of')).toBe(text);
  });

  it.each([
    [2, '١ من ٢ محادثتين مؤهلتين'],
    [5, '١ من ٥ محادثات مؤهلة'],
    [11, '١ من ١١ محادثة مؤهلة'],
  ])('an Arabic noun follows the number %i', async (n, text) => {
    const box = await card({ result: resultForTest({ numerator: 1, denominator: n, n: 30 }) }, 'ar');
    expect(textOf(box, '.of')).toBe(text);
  });
});

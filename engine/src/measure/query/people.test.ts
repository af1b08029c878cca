import { expect, test } from 'vitest';
import { raw } from '../../sql/fragment.ts';
import type { Count } from './counts.ts';
import { peopleMasks, peopleOf } from './people.ts';
import type { FigurePlan } from './plan.ts';

const count = (key: string): Count => ({ key, sql: raw('1'), needs: [] });
const share = (numerator: string, denominator: string): FigurePlan => ({
  shape: 'share',
  numerator: count(numerator),
  denominator: count(denominator),
  all: null,
});

test('of more than 64 counts whole figures have their people, and no figure has half of them', () => {
  const figures = [
    share('a', 'all'),
    ...Array.from({ length: 40 }, (_, n) => share(`n${n}`, `d${n}`)),
    share('z', 'all'),
  ];
  const masks = peopleMasks(figures.map((total) => ({ total, rows: null })));
  expect(masks).toHaveLength(64);
  const people = new Map(masks.map(({ key }, index) => [key, index]));
  const shown = figures.map((figure) => peopleOf(figure, { people }));
  expect(shown.filter((one) => one !== null)).toHaveLength(31 + 1);
  // Its denominator is counted for another figure; that says nothing about its numerator.
  expect(peopleOf(share('never counted', 'all'), { people })).toBeNull();
  expect(shown.at(-1)).toBeNull();
});

test('nobody is a number, and not asked for is none', () => {
  const people = new Map([
    ['some', 0],
    ['all', 3],
  ]);
  expect(peopleOf(share('some', 'all'), { people })).toEqual({ numerator: 0, denominator: 3 });
  expect(peopleOf(share('some', 'all'), undefined)).toBeNull();
});

import { createMemoryHistory } from '@tanstack/react-router';
import { expect, it } from 'vitest';
import { createAppRouter } from './router.tsx';

const searchAt = (address: string): object => {
  const router = createAppRouter();
  router.update({ ...router.options, history: createMemoryHistory({ initialEntries: [address] }) });
  return router.matchRoutes(router.latestLocation).at(-1)?.search ?? {};
};

it('an address that cannot be read opens the board as if nothing had been asked', () => {
  expect(searchAt('/w/w_1/scoreboard?week=banana&compare=foo')).toMatchObject({
    week: undefined,
    compare: undefined,
  });
  expect(searchAt('/w/w_1/scoreboard?week=2026-13-45')).toMatchObject({ week: undefined });
  expect(searchAt('/w/w_1/scoreboard/csat?week=banana&part=numerator')).toMatchObject({
    week: undefined,
    part: 'numerator',
  });
});

it('an address that can be read is kept', () => {
  expect(searchAt('/w/w_1/scoreboard?week=2026-11-16&compare=year&channel=voice')).toMatchObject({
    week: '2026-11-16',
    compare: 'year',
    channel: 'voice',
  });
});

it('a list keeps only the days that are days', () => {
  expect(searchAt('/w/w_1/conversations?from=banana&to=2026-11-16')).toMatchObject({
    from: undefined,
    to: '2026-11-16',
  });
});

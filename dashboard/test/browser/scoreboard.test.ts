import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { BrowserStage, noBrowser, sidewaysPx, violationsOf } from './browser-stage.ts';

let stage: BrowserStage;
beforeAll(async () => {
  if (noBrowser === undefined) stage = await BrowserStage.open();
});
afterAll(() => stage?.close());
beforeEach(({ skip }) => skip(noBrowser !== undefined, noBrowser));

const board = '/w/w_fixture0001/scoreboard?week=2026-04-27';
const phone = { width: 390, height: 844 };
const desktop = { width: 1280, height: 900 };

const ready = (page: Page): Promise<unknown> => page.locator('article[data-truth="plain"]').nth(11).waitFor();

describe.each([
  ['light', 'desktop', desktop],
  ['dark', 'desktop', desktop],
  ['light', 'phone', phone],
  ['dark', 'phone', phone],
] as const)('in %s on a %s', (colorScheme, _device, viewport) => {
  it('a figure leads to its conversations and to a raw event in three clicks, without a barrier on the way', async () => {
    const { address } = await stage.serve();
    const page = await stage.visit(address, { path: board, colorScheme, viewport });
    await ready(page);
    expect(await page.locator('html').getAttribute('data-theme')).toBe(colorScheme);
    expect(await violationsOf(page)).toEqual([]);
    expect(await sidewaysPx(page)).toBe(0);

    await page.getByRole('button', { name: /^Deflection: 47%/ }).click();
    const drawer = page.getByRole('dialog');
    await drawer.getByText('The same 530 that the figure counts.').waitFor();
    expect(new URL(page.url()).pathname).toBe('/w/w_fixture0001/scoreboard/deflection_rate');
    expect(await drawer.getByRole('table').getAttribute('aria-rowcount')).toBe('531');
    expect(await violationsOf(page)).toEqual([]);

    await drawer.getByRole('row').nth(2).getByRole('link').click();
    await drawer.getByText('Hi, where is my order 20418?', { exact: true }).waitFor();
    expect(await violationsOf(page)).toEqual([]);

    await drawer
      .getByLabel(/^Raw event: Visitor wrote/)
      .first()
      .click();
    await drawer.getByText(/"event_id": "chat-/).waitFor();
    expect(await sidewaysPx(page)).toBe(0);
    expect(stage.complaints).toEqual([]);
  });
});

describe('the scoreboard', () => {
  it('a figure explains itself on focus, with its formula, is silent after Escape, and has the focus again when its drawer is closed', async () => {
    const { address } = await stage.serve();
    const page = await stage.visit(address, { path: board });
    await ready(page);
    await page.keyboard.press('j');
    const popover = page.getByRole('dialog');
    await popover.getByText('how many did it settle without a person?').waitFor();
    const text = await popover.textContent();
    expect(text).toContain('530 settled, no person took part');
    expect(text).toContain('1,128 eligible, window passed');
    expect(text).toContain('Wilson score interval');
    expect(text).toContain('policy version 7');
    expect(await violationsOf(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await popover.waitFor({ state: 'detached' });
    await page.keyboard.press('Enter');
    await page.getByText('The same 530 that the figure counts.').waitFor();
    await page.keyboard.press('Escape');
    await page.waitForURL(`**${board}`);
    await page.locator('[data-figure="deflection_rate"]:focus').waitFor();
  });

  it('Tab goes through what explains a figure and on to what stands behind it', async () => {
    const { address } = await stage.serve();
    const page = await stage.visit(address, { path: board });
    await ready(page);
    await page.keyboard.press('j');
    const popover = page.getByRole('dialog');
    await popover.getByText('how many did it settle without a person?').waitFor();
    await popover.getByRole('button').last().focus();
    await page.keyboard.press('Tab');
    expect(await page.locator('.card:has([data-figure="deflection_rate"]) .facts a:focus').count()).toBe(1);
    await popover.waitFor({ state: 'detached' });
  });

  it('the week is in the address: brackets walk through weeks and back leads where one came from', async () => {
    const { address } = await stage.serve();
    const page = await stage.visit(address, { path: board });
    await ready(page);
    await page.keyboard.press('[');
    await page.waitForURL('**/scoreboard?week=2026-04-20');
    await page.getByText('Week 17').first().waitFor();
    await page.keyboard.press(']');
    await page.waitForURL('**/scoreboard?week=2026-04-27');
    await page.goBack();
    await page.waitForURL('**/scoreboard?week=2026-04-20');
  });

  it('without a week in the address it opens with the latest that is over and holds conversations', async () => {
    const { address } = await stage.serve();
    const page = await stage.visit(address);
    await page.getByText('Week 18').first().waitFor();
  });

  it('what the board leaves out is counted, said with its reason, and opens', async () => {
    const { address } = await stage.serve();
    const page = await stage.visit(address, { path: board });
    await ready(page);
    const left = page.locator('.left-out');
    await left.getByText('87 conversations of this week are left out of this board').waitFor();
    await left.getByText('1 conversation of this week has another job').waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await left.getByRole('link', { name: 'Open those with another job' }).click();
    await page.waitForURL('**/conversations?from=2026-04-27&to=2026-05-04&job=lead%2Csales%2Cbooking');
    await page.getByText('1 conversation, newest first.').waitFor();
    expect(await page.getByLabel('Job', { exact: true }).inputValue()).toBe('lead,sales,booking');
    await page.goBack();
    await left.getByRole('link', { name: 'Open those without a job' }).click();
    await page.getByText('87 conversations, newest first.').waitFor();
  });

  it('the whole board is two kinds of questions, not one per card', async () => {
    const { address, server } = await stage.serve();
    const page = await stage.visit(address, { path: board });
    await ready(page);
    // One pair for all that have a job, one for visits, which have none.
    expect(server.questions.length).toBe(4);
    expect(Math.max(...server.questions.map(({ metrics }) => metrics.length))).toBe(11);
  });

  it('a first visit loads at most 176 kB of scripts, compressed', async () => {
    const { address, server } = await stage.serve();
    await ready(await stage.visit(address, { path: board }));
    const scripts = [...new Set(server.served)].filter((file) => file.endsWith('.js'));
    const bytes = scripts.reduce((sum, file) => sum + gzipSync(readFileSync(file)).length, 0);
    expect(bytes).toBeGreaterThan(50_000);

    expect(bytes).toBeLessThanOrEqual(176_000);
  });

  it('no truth looks like another, and none is a barrier', async () => {
    const { address } = await stage.serve({
      spoiled: {
        deflection_rate: 'unripe',
        csat: 'not_measurable',
        fallback_rate: 'no_data',
        time_to_first_useful_answer: 'not_reached',
        trapped_rate: 'zero',
        bounce_rate: 'too_few',
        resolution_rate: 'not_matured',
      },
    });
    const page = await stage.visit(address, { path: board });
    await page.locator('article[data-truth="not_measurable"]').waitFor();
    expect(await page.locator('h1').textContent()).toContain('61% of the week is old enough to judge');
    for (const truth of [
      'unripe',
      'not_measurable',
      'no_data',
      'not_reached',
      'zero',
      'too_few',
      'not_matured',
      'plain',
    ]) {
      expect(await page.locator(`article[data-truth="${truth}"]`).count(), truth).toBeGreaterThan(0);
    }
    expect(await violationsOf(page)).toEqual([]);
  });

  it('a question that fails leaves the rest of the page standing', async () => {
    const { address } = await stage.serve({ spoiled: { engagement_rate: 'error' } });
    const page = await stage.visit(address, { path: board });
    await page.locator('article[data-truth="error"]').waitFor();
    expect(await page.locator('article[data-truth="error"]').textContent()).toContain('query_too_heavy');
    expect(await page.locator('article[data-truth="plain"]').count()).toBe(11);
    stage.complaints.length = 0;
  });

  it('320 px wide it still does not scroll sideways', async () => {
    const { address } = await stage.serve();
    const page = await stage.visit(address, { path: board, viewport: { width: 320, height: 700 } });
    await ready(page);
    expect(await sidewaysPx(page)).toBe(0);
  });
});

describe('other readers', () => {
  it('Arabic runs from right to left in its own digits, and the drawer comes from the left', async () => {
    const { address } = await stage.serve();
    const page = await stage.visit(address, {
      path: board,
      language: 'ar',
      locale: 'ar-EG',
      colorScheme: 'dark',
    });
    await ready(page);
    expect(await page.locator('html').getAttribute('dir')).toBe('rtl');
    expect(await page.locator('.value').first().textContent()).toContain('٤٧');
    expect(await page.locator('main').textContent()).not.toMatch(/[0-9]%/);
    expect(await violationsOf(page)).toEqual([]);
    await page.locator('.value').first().click();
    await page.locator('.rows-body a').first().waitFor();
    // It slides: where it ends is what counts.
    await expect.poll(async () => (await page.locator('.drawer').boundingBox())?.x).toBe(0);
    expect(await sidewaysPx(page)).toBe(0);
    expect(await violationsOf(page)).toEqual([]);
  });

  it.each(['ru', 'ja', 'ko'])('%s has a page without a barrier or a sideways scroll', async (language) => {
    const { address } = await stage.serve();
    const page = await stage.visit(address, { path: board, language, viewport: phone });
    await ready(page);
    expect(await page.locator('html').getAttribute('lang')).toBe(language);
    expect(await violationsOf(page)).toEqual([]);
    expect(await sidewaysPx(page)).toBe(0);
  });

  it('a flag or a change that wraps moves no name, and no interval is torn in two', async () => {
    const { address } = await stage.serve();
    const page = await stage.visit(address, { path: board, language: 'ru', locale: 'ru-RU' });
    await ready(page);
    const tops = await page.evaluate<number[]>(
      '[...document.querySelectorAll(".card h2")].slice(0, 3).map((name) => Math.round(name.getBoundingClientRect().top))',
    );
    expect(new Set(tops).size).toBe(1);
    const torn = await page.evaluate<string[]>(
      '[...document.querySelectorAll("main .ci")].filter((box) => box.getBoundingClientRect().height > 1.5 * box.getClientRects()[0].height).map((box) => box.textContent)',
    );
    expect(torn).toEqual([]);
    const narrow = await page.evaluate<string[]>(
      '[...document.querySelectorAll(".facts dt")].filter((name) => name.scrollWidth > name.clientWidth).map((name) => name.textContent)',
    );
    expect(narrow).toEqual([]);
  });

  it('language and theme are chosen in the rail and kept', async () => {
    const { address } = await stage.serve();
    const page = await stage.visit(address, { path: board });
    await ready(page);
    await page.getByLabel('Theme').selectOption('dark');
    await page.getByLabel('Language').selectOption('ru');
    await page.getByText('Решено без оператора').first().waitFor();
    await page.reload();
    await page.getByText('Решено без оператора').first().waitFor();
    expect(await page.locator('html').getAttribute('data-theme')).toBe('dark');
  });
});

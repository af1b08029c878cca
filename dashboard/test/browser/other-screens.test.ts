import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { BrowserStage, noBrowser, sidewaysPx, violationsOf } from './browser-stage.ts';

let stage: BrowserStage;
beforeAll(async () => {
  if (noBrowser === undefined) stage = await BrowserStage.open();
});
afterAll(() => stage?.close());
beforeEach(({ skip }) => skip(noBrowser !== undefined, noBrowser));

const workspace = '/w/w_fixture0001';

describe('the list of conversations', () => {
  it('keeps its filters in the address and loads on as it is scrolled', async () => {
    const { address } = await stage.serve();
    const page = await stage.visit(address, { path: `${workspace}/conversations` });
    await page.getByText('4,210 conversations, newest first.').waitFor();
    await page.getByLabel('Channel', { exact: true }).selectOption('email');
    await page.waitForURL('**/conversations?channel=email');
    await page.locator('.rows-body a').first().waitFor();
    expect(await violationsOf(page)).toEqual([]);
    const list = page.locator('.rows-body');
    await list.evaluate((box) => box.scrollTo(0, box.scrollHeight));
    await page.locator('[aria-rowindex="55"]').waitFor();
    // While it scrolls, the rows it left are still drawn.
    await expect.poll(() => page.locator('.rows-body tr').count()).toBeLessThan(50);
  });

  it('the last day that is named is in the list: the address ends the day after it', async () => {
    const { address } = await stage.serve();
    const page = await stage.visit(address, { path: `${workspace}/conversations` });
    await page.getByLabel('Last day').fill('2026-04-30');
    await page.waitForURL('**/conversations?to=2026-05-01');
    expect(await page.getByLabel('Last day').inputValue()).toBe('2026-04-30');
    await page.getByLabel('Last day').fill('');
    await page.waitForURL('**/conversations');
  });

  it('J walks the rows and Enter opens one as a page', async () => {
    const { address } = await stage.serve();
    const page = await stage.visit(address, { path: `${workspace}/conversations` });
    await page.locator('.rows-body a').first().waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/conversations/chat-10001');
    await page.getByText('Hi, where is my order 20418?', { exact: true }).waitFor();
    expect(await violationsOf(page)).toEqual([]);
  });

  it.each(['ar', 'ru', 'ja'])('a conversation is without a barrier in %s', async (language) => {
    const { address } = await stage.serve();
    const page = await stage.visit(address, { path: `${workspace}/conversations/chat-10001`, language });
    await page.getByText('Hi, where is my order 20418?', { exact: true }).waitFor();
    expect(await violationsOf(page)).toEqual([]);
  });

  it('an id with an episode in it is an address like any other', async () => {
    const { address } = await stage.serve();
    const page = await stage.visit(address, {
      path: `${workspace}/conversations/${encodeURIComponent('wa-4915100::2026-05-03T18:14:00.000Z')}`,
    });
    await page.getByText('Hi, where is my order 20418?', { exact: true }).waitFor();
  });
});

describe('on a phone', () => {
  const viewport = { width: 390, height: 844 };

  it('a long name that somebody sent neither covers the day nor squeezes what became of it', async () => {
    const { address } = await stage.serve();
    const page = await stage.visit(address, { viewport });
    await page.route('**/conversations?*', async (route) => {
      const response = await route.fetch();
      const answer = (await response.json()) as { rows: { intent: string }[] };
      const rows = answer.rows.map((row) => ({ ...row, intent: `<b>${'very_long_name_'.repeat(8)}` }));
      await route.fulfill({ response, json: { ...answer, rows } });
    });
    await page.goto(`${address}${workspace}/conversations`);
    const row = page.locator('.rows-body tr').first();
    await row.getByText('<b>very_long_name').waitFor();
    const day = await row.locator('.when').boundingBox();
    const name = await row.locator('.what').boundingBox();
    expect((day?.x ?? 0) + (day?.width ?? 0)).toBeLessThanOrEqual(name?.x ?? 0);
    expect((await row.locator('td').nth(2).boundingBox())?.height).toBeLessThan(50);
    expect(await sidewaysPx(page)).toBe(0);
  });

  it.each(['en', 'ar'])(
    'the button of the menu covers no word of a screen without a bar, in %s',
    async (language) => {
      const { address } = await stage.serve();
      const page = await stage.visit(address, { path: `${workspace}/set-up`, viewport, language });
      await page.locator('.key-table tbody tr').first().waitFor();
      const button = await page.locator('.menu-btn').boundingBox();
      const lead = await page.locator('h1').boundingBox();
      expect((button?.y ?? 0) + (button?.height ?? 0)).toBeLessThanOrEqual(lead?.y ?? 0);
      // All of a key is in sight, and what can be done with it.
      expect(
        await page.evaluate<number>(
          '(() => { const box = document.querySelector(".scrolls"); return box.scrollWidth - box.clientWidth })()',
        ),
      ).toBe(0);
    },
  );

  it('the open menu keeps the focus, and Escape closes it and gives the focus back', async () => {
    const { address } = await stage.serve();
    const page = await stage.visit(address, { path: `${workspace}/policy`, viewport });
    await page.getByText('return_contact_hours').waitFor();
    await page.getByRole('button', { name: 'Open the menu' }).press('Enter');
    await page.getByRole('link', { name: 'Scoreboard' }).waitFor();
    for (let step = 0; step < 12; step += 1) {
      await page.keyboard.press('Tab');
      expect(await page.locator('main :focus').count()).toBe(0);
    }
    await page.keyboard.press('Escape');
    await page.locator('.menu-btn[aria-expanded="false"]:focus').waitFor();
  });
});

describe('policy and set-up', () => {
  it('all values of a part of the policy stand on one line, however deep they lie', async () => {
    const { address } = await stage.serve();
    const page = await stage.visit(address, { path: `${workspace}/policy` });
    await page.getByText('return_contact_hours').waitFor();
    const starts = await page.evaluate<number[]>(
      '[...document.querySelectorAll("section[aria-labelledby=policy-windows] dd")].filter((dd) => !dd.querySelector("dl")).map((dd) => Math.round(dd.getBoundingClientRect().left))',
    );
    expect(starts.length).toBeGreaterThan(8);
    expect(new Set(starts).size).toBe(1);
  });

  it('a key is revoked only when the question was answered', async () => {
    const { address } = await stage.serve();
    const page = await stage.visit(address, { path: `${workspace}/set-up` });
    await page.getByRole('button', { name: 'Revoke' }).click();
    await page.locator('button:focus').getByText('Keep it').waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Replace' }).waitFor();
    await page.getByRole('button', { name: 'Revoke' }).click();
    await page.getByText('What sends with it is refused.').waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await page.getByRole('button', { name: 'Revoke' }).click();
    await page.getByText('revoked').waitFor();
  });

  it('the policy is read as written, with its versions', async () => {
    const { address } = await stage.serve();
    const page = await stage.visit(address, { path: `${workspace}/policy` });
    await page.getByText('return_contact_hours').waitFor();
    await page.getByRole('button', { name: /Version 6/ }).click();
    await page.getByText(/^Version 6, saved/).waitFor();
    expect(await violationsOf(page)).toEqual([]);
  });

  it('a new key is shown once', async () => {
    const { address } = await stage.serve();
    const page = await stage.visit(address, { path: `${workspace}/set-up` });
    await page.getByLabel('Name of a new key').fill('server');
    await page.getByRole('button', { name: 'Make a key' }).click();
    await page.locator('.key').getByText('bw_live_9cXn51').waitFor();
    await page.getByRole('rowheader', { name: 'server' }).waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await page.reload();
    await page.getByRole('rowheader', { name: 'server' }).waitFor();
    expect(await page.getByText('bw_live_9cXn51').count()).toBe(0);
  });

  it('a question mark lists the keys', async () => {
    const { address } = await stage.serve();
    const page = await stage.visit(address, { path: `${workspace}/policy` });
    await page.getByText('return_contact_hours').waitFor();
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keys' }).waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  it('on a phone the rail is a menu', async () => {
    const { address } = await stage.serve();
    const page = await stage.visit(address, {
      path: `${workspace}/set-up`,
      viewport: { width: 390, height: 844 },
    });
    await page.getByRole('button', { name: 'Open the menu' }).click();
    await page.getByRole('link', { name: 'Policy' }).click();
    await page.getByText('return_contact_hours').waitFor();
    expect(await sidewaysPx(page)).toBe(0);
    expect(await violationsOf(page)).toEqual([]);
  });
});

describe('the first run', () => {
  it('a page that does not exist says so under the name of the product, and leads home', async () => {
    const { address } = await stage.serve();
    const page = await stage.visit(address, { path: '/nowhere' });
    await page.locator('main .brand').getByText('Botworth').waitFor();
    expect(await page.locator('main a').getAttribute('href')).toBe('/');
    expect(await violationsOf(page)).toEqual([]);
  });

  it('offers the demo or a source; a made workspace shows its key, what sends an event, and the event arriving', async () => {
    const { address } = await stage.serve({ isEmpty: true });
    const page = await stage.visit(address);
    await page.getByRole('heading', { name: 'Explore the demo' }).waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await page.getByLabel('Name of your shop or team').fill('Nordlicht');
    await page.getByRole('button', { name: 'Make the workspace' }).click();
    await page.locator('.key').getByText('bw_live_4fq8Jw2nT0').waitFor();
    expect(await page.locator('.snippets pre').textContent()).toContain(`${address}/v1/batch`);
    await page.getByText('2 events have arrived.').waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await page.getByRole('link', { name: 'Open the scoreboard' }).click();
    await page.waitForURL('**/scoreboard*');
  });

  it('who is not signed in reads how to enter', async () => {
    const { address } = await stage.serve({ isLocked: true });
    const page = await stage.visit(address);
    await page.getByRole('heading', { name: 'You are not signed in' }).waitFor();
    expect(await violationsOf(page)).toEqual([]);
  });

  it('a wrong token is refused in the language of the reader', async () => {
    const { address } = await stage.serve({ isLocked: true });
    const page = await stage.visit(address, { language: 'ar', locale: 'ar-EG' });
    await page.locator('input[type="password"]').fill('not-the-token');
    await page.keyboard.press('Enter');
    expect(await page.getByRole('alert').textContent()).not.toMatch(/[A-Za-z]/);
  });
});

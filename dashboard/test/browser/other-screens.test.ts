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

  it('an id with an episode in it is an address like any other', async () => {
    const { address } = await stage.serve();
    const page = await stage.visit(address, {
      path: `${workspace}/conversations/${encodeURIComponent('wa-4915100::2026-05-03T18:14:00.000Z')}`,
    });
    await page.getByText('Hi, where is my order 20418?', { exact: true }).waitFor();
  });
});

describe('policy and set-up', () => {
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
});

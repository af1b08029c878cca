import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { build } from 'vite';
import { FixtureServer, type FixtureWish } from '../fixture/fixture-server.ts';

/** Where the test run found a browser, or why there is none. */
export const noBrowser: string | undefined =
  process.env.BOTWORTH_TEST_CHROMIUM === undefined
    ? (process.env.BOTWORTH_TEST_NO_BROWSER ?? 'no browser was looked for')
    : undefined;

const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'];
const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

export interface Wish extends BrowserContextOptions {
  readonly path?: string;
  readonly language?: string;
}

/** The pages as they are now, built aside, in front of a made-up shop. */
export class BrowserStage {
  readonly #browser: Browser;
  readonly #pagesDir: string;
  readonly #closers: (() => Promise<unknown>)[] = [];
  readonly complaints: string[] = [];

  private constructor(browser: Browser, pagesDir: string) {
    this.#browser = browser;
    this.#pagesDir = pagesDir;
  }

  static async open(): Promise<BrowserStage> {
    const pagesDir = await mkdtemp(join(tmpdir(), 'botworth-pages-'));
    const root = fileURLToPath(new URL('../..', import.meta.url));
    // The pages that are shipped, not React's development edition.
    process.env.NODE_ENV = 'production';
    await build({ root, logLevel: 'error', build: { outDir: pagesDir, emptyOutDir: true } });
    const executablePath = process.env.BOTWORTH_TEST_CHROMIUM ?? '';
    return new BrowserStage(await chromium.launch({ executablePath, args: flags }), pagesDir);
  }

  async serve(wish: FixtureWish = {}): Promise<{ readonly address: string; readonly server: FixtureServer }> {
    const server = new FixtureServer({ pagesDir: this.#pagesDir, ...wish });
    const address = await server.listen();
    this.#closers.push(() => server.close());
    return { address, server };
  }

  async visit(address: string, { path = '/', language = 'en', ...rest }: Wish = {}): Promise<Page> {
    const context = await this.#browser.newContext({
      locale: 'en-GB',
      viewport: { width: 1280, height: 900 },
      ...rest,
    });
    this.#closers.push(() => context.close());
    await context.addInitScript(
      `localStorage.getItem('botworth.language') ?? localStorage.setItem('botworth.language', '${language}')`,
    );
    const page = await context.newPage();
    page.on('pageerror', (error) => this.complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') this.complaints.push(message.text());
    });
    await page.goto(address + path);
    return page;
  }

  async close(): Promise<void> {
    for (const close of this.#closers.toReversed()) await close();
    await this.#browser.close();
    await rm(this.#pagesDir, { recursive: true, force: true });
  }
}

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly target: readonly string[]; readonly failureSummary?: string }[];
}

/** What axe finds wrong with the page as it stands, one line each. */
export const violationsOf = async (page: Page): Promise<string[]> => {
  await page.addScriptTag({ path: axe });
  // A colour halfway through a fade is nobody's colour.
  await page.evaluate(
    'Promise.all(document.getAnimations().map((animation) => animation.effect?.getTiming().iterations === Infinity ? null : animation.finished))',
  );
  const violations = await page.evaluate<Violation[]>(
    'axe.run(document, { resultTypes: ["violations"] }).then((report) => report.violations)',
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')} ${failureSummary ?? ''}`),
  );
};

/** How far the page scrolls sideways; it never should. */
export const sidewaysPx = (page: Page): Promise<number> =>
  page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');

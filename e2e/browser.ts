/** A real Chromium, pages that remember what went wrong on them, and the two questions every page answers. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import { type Browser, chromium, type Frame, type Page } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'];

/** The Chromium that `npm test` found, else the one Debian installs. */
export const openBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: [...FLAGS, '--disable-component-update', '--disable-sync'],
  });

/** A page of its own context, and what went wrong on it: console errors, exceptions, failed requests, requests to somebody else. */
export async function openPage(browser: Browser, viewport = { width: 1280, height: 800 }): Promise<{ page: Page; problems: string[] }> {
  const context = await browser.newContext({ viewport, reducedMotion: 'reduce' });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(`console: ${message.text()} (${message.location().url})`);
  });
  page.on('pageerror', (error) => problems.push(`uncaught: ${error.message}`));
  page.on('request', (request) => {
    const { protocol, origin, hostname } = new URL(request.url());
    if (protocol.startsWith('http') && hostname !== '127.0.0.1') problems.push(`outside: ${origin}`);
  });
  page.on('requestfailed', (request) => {
    // A stream that ends because the page is left is no failure.
    if (request.failure()?.errorText !== 'net::ERR_ABORTED')
      problems.push(`request: ${request.url()} ${request.failure()?.errorText ?? ''}`);
  });
  return { page, problems };
}

const FITS_WITHIN_MS = 3_000;
/** Waits until the page stands in its window, if it ever does: charts hear of a new width after it has changed. */
export const fitted = async (page: Page | Frame): Promise<void> => {
  const fits = () => document.documentElement.scrollWidth <= document.documentElement.clientWidth;
  await page.waitForFunction(fits, undefined, { timeout: FITS_WITHIN_MS }).catch(() => {});
};

/** Elements that reach beyond the right edge of the window, when the page as a whole scrolls sideways; empty when it does not. */
export async function overflow(page: Page | Frame): Promise<string[]> {
  await fitted(page);
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    return [...document.querySelectorAll('body *')]
      .filter((element) => element.getBoundingClientRect().right > width + 1)
      .slice(0, 5)
      .map((element) => `${element.tagName.toLowerCase()}.${element.className}`);
  });
}

/** The findings of axe, each with the elements it names. */
export async function accessibilityFaults(page: Page | Frame): Promise<string[]> {
  // Evaluated, not added as a script: the page's own content security policy stays in force.
  await page.evaluate(AXE);
  const { violations } = (await page.evaluate('axe.run()')) as AxeResults;
  return violations.map(
    ({ id, impact, help, nodes }) => `${id}, ${impact}: ${help} (${nodes.map(({ target }) => target.join(' ')).join(', ')})`,
  );
}

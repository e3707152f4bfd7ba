/** Every screen of the consoles and the embed: nothing goes wrong on it, it fits, it is accessible in both themes; pictures are kept. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBrowser, openPage } from '../browser.ts';
import { faultsOf, goThrough, nameOf } from './look.ts';
import { CONSOLES, type Console, DEMO, DESK, NAMES, openConsole, screensOf, settled, signInTo, THEMES, type Theme } from './stage.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const MINUTES = 60_000;

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

/** The paths of a console's screens, `{}` for what is looked at. */
const pathsOf = (name: Console): string[] =>
  [...readFileSync(join(ROOT, 'apps', name, 'src/screens.ts'), 'utf8').matchAll(/'(\/[^']*)': lazy/g)].map(([, path = '']) =>
    path.replace(/\$\w+/g, '{}'),
  );

describe.each(NAMES)('%s', (name) => {
  test('no screen is left out', () => {
    const looked = new Set(
      CONSOLES[name].screens.map((screen) => screen.replace(/\?.*/, '').replace(/\{\w+\}|(?<=^\/operators\/).+/, '{}')),
    );
    expect(pathsOf(name).filter((path) => !looked.has(path))).toEqual([]);
  });

  test.each(THEMES)('every screen holds in the %s theme', { timeout: 10 * MINUTES }, async (theme: Theme) => {
    const visit = await signInTo(name);
    const screens = (await screensOf(visit)).map(({ screen, path }) => ({ picture: nameOf(name, screen, theme), path }));
    const open = () => openConsole(browser, visit, { theme });
    const faults = await goThrough(screens, open, async (page, { picture, path }) => {
      await page.goto(DEMO + path);
      await settled(page);
      return faultsOf(page, picture);
    });
    expect(faults).toEqual([]);
  });
});

test.each(THEMES)('the embed can be browsed without a session in the %s theme', { timeout: 2 * MINUTES }, async (theme) => {
  const open = () => openPage(browser, DESK);
  const places = ['markets', 'market'].map((place) => ({ place, picture: nameOf('embed-visitor', place, theme) }));
  const faults = await goThrough(places, open, async (page, { place, picture }) => {
    await page.goto(`${DEMO}/embed?operator=example-casino&theme=${theme}`);
    await page.waitForSelector('.card');
    if (place === 'market') {
      await page.locator('.question').first().click();
      await page.waitForSelector('.market h1');
    }
    return faultsOf(page, picture);
  });
  expect(faults).toEqual([]);
});

test.each(THEMES)('the sign-in of each console holds in the %s theme', async (theme) => {
  for (const name of NAMES) {
    const { page, problems } = await openPage(browser, { width: 360, height: 800 });
    await page.addInitScript((chosen) => localStorage.setItem('predictu.preferences', JSON.stringify({ theme: chosen })), theme);
    await page.goto(`${DEMO}/${name}`);
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    expect([...(await faultsOf(page, nameOf(name, 'sign-in', theme))), ...problems]).toEqual([]);
    await page.context().close();
  }
});

const SITE = ['/', '/operators/apply', '/status', '/auth/login', '/docs', '/nowhere'];
test.each(THEMES)('the public site holds in the %s theme', { timeout: 3 * MINUTES }, async (theme) => {
  const open = async () => {
    const opened = await openPage(browser, DESK);
    await opened.page.addInitScript((chosen) => localStorage.setItem('predictu.preferences', JSON.stringify({ theme: chosen })), theme);
    return opened;
  };
  const pages = SITE.map((path) => ({ path, picture: nameOf('site', path, theme) }));
  const faults = await goThrough(pages, open, async (page, { path, picture }) => {
    await page.goto(DEMO + path);
    await page.locator('h1').first().waitFor();
    return faultsOf(page, picture);
  });
  // The browser complains about a page that is not there; the page itself is what is looked at.
  expect(faults.filter((fault) => !fault.includes('/nowhere'))).toEqual([]);
});

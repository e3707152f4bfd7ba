/** Every screen of the consoles and the embed: nothing goes wrong on it, it fits, it is accessible in both themes; pictures are kept. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accessibilityFaults, openBrowser, openPage, overflow } from '../browser.ts';
import { CONSOLES, type Console, DEMO, DESK, NAMES, openConsole, screensOf, settled, signInTo, THEMES, type Theme } from './stage.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const ARTIFACTS = join(ROOT, 'artifacts');
const PICTURES = join(ARTIFACTS, 'pictures');
/** `npm run screens` looks at all of them. */
const WIDTHS = process.env['SCREENS'] === '1' ? [1280, 360, 768, 1920, 1440, 390] : [1280, 360];
const AT_ONCE = 2;
const MINUTES = 60_000;

let browser: Browser;
beforeAll(async () => {
  mkdirSync(PICTURES, { recursive: true });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  writeGallery();
});

/** What is wrong with the page at each width. */
async function faultsOf(page: Page, screen: string, picture: string): Promise<string[]> {
  const faults: string[] = [];
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: width < 700 ? 844 : 900 });
    for (const element of await overflow(page)) faults.push(`${screen} at ${width} px: ${element} is too wide`);
    await page.screenshot({ path: join(PICTURES, `${picture}-${width}.png`) });
    if (width === DESK.width) for (const fault of await accessibilityFaults(page)) faults.push(`${screen}: ${fault}`);
  }
  return faults;
}

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
    const left = await screensOf(visit);
    const faults: string[] = [];
    const look = async () => {
      const { page, problems } = await openConsole(browser, visit, { theme });
      for (let next = left.shift(); next; next = left.shift()) {
        await page.setViewportSize(DESK);
        await page.goto(DEMO + next.path);
        await settled(page);
        faults.push(...(await faultsOf(page, next.screen, `${name}${next.screen.replaceAll(/[^\w-]+/g, '-')}-${theme}`)));
      }
      faults.push(...problems);
      await page.context().close();
    };
    await Promise.all(Array.from({ length: AT_ONCE }, look));
    expect(faults).toEqual([]);
  });
});

test.each(THEMES)('the embed can be browsed without a session in the %s theme', { timeout: 2 * MINUTES }, async (theme) => {
  const { page, problems } = await openPage(browser, { width: 390, height: 844 });
  await page.goto(`${DEMO}/embed?operator=example-casino&theme=${theme}`);
  await page.waitForSelector('.card');
  const faults = [...(await overflow(page)), ...(await accessibilityFaults(page))];
  await page.screenshot({ path: join(PICTURES, `embed-markets-${theme}-390.png`) });
  await page.locator('.question').first().click();
  await page.waitForSelector('.market h1');
  faults.push(...(await overflow(page)), ...(await accessibilityFaults(page)));
  await page.screenshot({ path: join(PICTURES, `embed-market-${theme}-390.png`) });
  expect([...faults, ...problems]).toEqual([]);
  await page.context().close();
});

test.each(THEMES)('the sign-in of each console holds in the %s theme', async (theme) => {
  for (const name of NAMES) {
    const { page, problems } = await openPage(browser, { width: 360, height: 800 });
    await page.addInitScript((chosen) => localStorage.setItem('predictu.preferences', JSON.stringify({ theme: chosen })), theme);
    await page.goto(`${DEMO}/${name}`);
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    await page.screenshot({ path: join(PICTURES, `${name}-sign-in-${theme}-360.png`) });
    expect([...(await overflow(page)), ...(await accessibilityFaults(page)), ...problems]).toEqual([]);
    await page.context().close();
  }
});

test.each(['/', '/operators/apply', '/status', '/auth/login'])('%s of the public site holds', async (path) => {
  const { page, problems } = await openPage(browser, DESK);
  await page.goto(DEMO + path);
  await page.locator('h1').first().waitFor();
  expect([...(await faultsOf(page, path, `site${path.replaceAll(/[^\w]+/g, '-')}`)), ...problems]).toEqual([]);
  await page.context().close();
});

/** All pictures on one page: `artifacts/gallery.html`. */
function writeGallery(): void {
  const pictures = readdirSync(PICTURES)
    .filter((file) => file.endsWith('.png'))
    .sort();
  const figures = pictures.map(
    (file) =>
      `<figure><a href="pictures/${file}"><img loading="lazy" src="pictures/${file}" alt=""></a><figcaption>${file.slice(0, -4)}</figcaption></figure>`,
  );
  writeFileSync(
    join(ARTIFACTS, 'gallery.html'),
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>Screens of Predictu</title>
<style>body{font:13px/20px system-ui,sans-serif;margin:24px;background:#777;color:#fff}main{display:grid;gap:24px;grid-template-columns:repeat(auto-fill,minmax(320px,1fr));align-items:start}figure{margin:0}img{width:100%;display:block}</style>
<h1>${pictures.length} pictures</h1><main>${figures.join('\n')}</main></html>\n`,
  );
}

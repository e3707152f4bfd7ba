/** Pages on paper: what is printed stands on the sheet, in ink on white, whatever the theme; kept as PDF and as a picture. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fitted, openBrowser } from '../browser.ts';
import { paperOf, pictureOf } from '../gallery.ts';
import { goThrough, nameOf } from './look.ts';
import { DEMO, NAMES, openConsole, screensOf, settled, signInTo } from './stage.ts';

const MINUTE = 60_000;
const PRINTED = ['/', '/trades', '/invoices', '/invoices/{invoice}', '/operators/example-casino', '/revenue', '/users/{user}', '/reports'];
/** A sheet of A4 lying on its side, in pixels. */
const SHEET = { width: 1123, height: 794 };
const HIDDEN = '.rail, .bar, .status-line, .button, .toolbar';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

test.each(NAMES)('pages of %s on paper', { timeout: 5 * MINUTE }, async (name) => {
  const visit = await signInTo(name);
  const pages = (await screensOf(visit))
    .filter(({ screen }) => PRINTED.includes(screen))
    .map(({ screen, path }) => ({ path, picture: nameOf(name, 'paper', screen, 'print') }));
  const faults = await goThrough(
    pages,
    () => openConsole(browser, visit, { theme: 'dark' }),
    async (page, { path, picture }) => {
      await page.goto(DEMO + path);
      await settled(page);
      await page.emulateMedia({ media: 'print' });
      await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
      await page.setViewportSize(SHEET);
      const [shown, theme] = await page.evaluate(
        (selector) => [
          [...document.querySelectorAll(selector)]
            .filter((element) => element.getClientRects().length > 0)
            .map(({ className }) => className),
          document.documentElement.dataset['theme'],
        ],
        HIDDEN,
      );
      await fitted(page);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      await page.screenshot({ path: pictureOf(`${picture}-${SHEET.width}`), fullPage: true });
      await page.emulateMedia({ media: null });
      await page.pdf({ path: paperOf(`${picture}-${SHEET.width}`), preferCSSPageSize: true, format: 'A4' });
      const faults = (shown as string[]).map((one) => `${picture}: ${one} is printed`);
      if (wide > 0) faults.push(`${picture} is ${wide} px too wide for a sheet`);
      if (theme !== 'light') faults.push(`${picture} is printed in the ${theme} theme`);
      return faults;
    },
  );
  expect(faults).toEqual([]);
});

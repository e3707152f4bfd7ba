/** What a console asks of the API stays far below the documented limits: left open, and hurried through. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBrowser } from '../browser.ts';
import { CONSOLES, type Console, DEMO, NAMES, openConsole, screensOf, settled, signInTo } from './stage.ts';

/** Documented, a minute: 60 an admin, 120 an operator. A console left open leaves at least half to whoever works beside it. */
const LEAST = { admin: 60, operator: 120 } as const;
const LEFT_OPEN = 30;
/** The stream is one of them. */
const OPENING = 10;
const MINUTE = 60_000;
const STEP_MS = 10_000;
const ANSWER_MS = 120;

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

/** Counts what reaches the bucket of this console's people. */
function counting(page: Page, name: Console): string[] {
  const asked: string[] = [];
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith(`${CONSOLES[name].api}/`)) asked.push(pathname);
  });
  return asked;
}

describe.each(NAMES)('%s', (name) => {
  test('left open for a minute, no screen asks more than half of the smaller limit', { timeout: 8 * MINUTE }, async () => {
    const visit = await signInTo(name);
    const left = await screensOf(visit);
    const counts: [string, number][] = [];
    const leaveOpen = async () => {
      for (let next = left.shift(); next; next = left.shift()) {
        const { page } = await openConsole(browser, visit);
        const asked = counting(page, name);
        await page.clock.install();
        await page.goto(DEMO + next.path);
        await settled(page);
        // The minute passes in the page; answers take their own time.
        for (let passed = 0; passed < MINUTE; passed += STEP_MS) {
          await page.clock.runFor(STEP_MS);
          await page.waitForTimeout(ANSWER_MS);
        }
        counts.push([next.screen, asked.length]);
        await page.context().close();
      }
    };
    await Promise.all([leaveOpen(), leaveOpen()]);
    console.log(`${name}: requests in a minute left open: ${counts.map(([screen, count]) => `${screen} ${count}`).join(', ')}`);
    expect(counts.filter(([, count]) => count > LEFT_OPEN)).toEqual([]);
  });

  test('the opening screen asks each question once, and few', { timeout: MINUTE }, async () => {
    const { page } = await openConsole(browser, await signInTo(name));
    const asked = counting(page, name);
    // News of the demo rightly ask again: they are held back.
    await page.route('**/activity/stream', () => {});
    await page.goto(`${DEMO}/${name}`);
    await settled(page);
    await page.waitForTimeout(1_000);
    console.log(`${name}: opened with ${asked.length} requests: ${asked.join(', ')}`);
    expect(asked.length).toBeLessThanOrEqual(OPENING);
    expect(new Set(asked).size).toBe(asked.length);
    await page.context().close();
  });

  test('going through all screens at once stays within the limit', { timeout: 4 * MINUTE }, async () => {
    const visit = await signInTo(name);
    const { page, problems } = await openConsole(browser, visit);
    const asked = counting(page, name);
    await page.goto(`${DEMO}/${name}`);
    await settled(page);
    const places = await page.locator('.rail a.place').count();
    for (let at = 0; at < places; at += 1) {
      await page.locator('.rail a.place').nth(at).click();
      await settled(page);
    }
    console.log(`${name}: ${asked.length} requests for ${places} screens`);
    expect(asked.length).toBeLessThan(LEAST[name]);
    expect(problems).toEqual([]);
    await page.context().close();
  });

  test('a hidden tab asks nothing', { timeout: 2 * MINUTE }, async () => {
    const { page } = await openConsole(browser, await signInTo(name));
    await page.clock.install();
    await page.goto(`${DEMO}/${name}`);
    await settled(page);
    await page.evaluate(() => {
      Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
      Object.defineProperty(document, 'hidden', { value: true, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    });
    await page.clock.runFor(1_000);
    await page.waitForTimeout(500);
    const asked = counting(page, name);
    for (let passed = 0; passed < 3 * MINUTE; passed += 15_000) {
      await page.clock.runFor(15_000);
      await page.waitForTimeout(ANSWER_MS);
    }
    expect(asked).toEqual([]);
    await page.context().close();
  });
});

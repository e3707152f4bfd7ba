/** Every screen of a player's embed, in a page that frames it: it fits a phone, it is accessible, in both themes and both languages. */
import { createHmac, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Frame, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accessibilityFaults, openBrowser, openPage, overflow } from './browser.ts';
import { type Installation, install } from './server.ts';

const SCREENS = [
  '/',
  '/markets/{market}',
  '/positions',
  '/history',
  '/account',
  '/notifications',
  '/watchlist',
  '/alerts',
  '/leaderboard',
  '/feed',
  '/referral',
  '/limits',
  '/profile',
];
const LOOKS = [
  ['light', 'en'],
  ['dark', 'es'],
] as const;
const SLUG = 'example-casino';
const SHOWN_MS = 20_000;

let server: Installation;
let browser: Browser;
let keys: { api_key: string; api_secret: string };
beforeAll(async () => {
  const settings = { RATE_LIMIT_PLAYER_PER_MINUTE: '6000', RATE_LIMIT_PUBLIC_PER_MINUTE: '6000' };
  [server, browser] = await Promise.all([install(settings, ['--small-demo']), openBrowser()]);
  const demo = JSON.parse(readFileSync(join(server.dataFolder, 'data/demo.json'), 'utf8'));
  keys = demo.operators.find(({ slug }: { slug: string }) => slug === SLUG);
}, 600_000);
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
/** What the casino's server signs. */
function launchToken(player: string): string {
  const now = Math.floor(Date.now() / 1_000);
  const claims = { sub: player, iat: now, exp: now + 60, jti: randomUUID() };
  const signed = `${encoded({ alg: 'HS256', kid: keys.api_key })}.${encoded(claims)}`;
  return `${signed}.${createHmac('sha256', keys.api_secret).update(signed).digest('base64url')}`;
}

/** A casino's page with the embed of a player who is signed in. */
async function framed(page: Page, theme: string, language: string): Promise<Frame> {
  const address = `${server.url}/embed?operator=${SLUG}&theme=${theme}&lang=${language}`;
  const init = { type: 'predictu:init', version: 1, token: launchToken('visitor'), operatorSlug: SLUG };
  const body = `<style>body{margin:0}iframe{border:0;width:100vw;height:100vh;display:block}</style><iframe src="${address}"></iframe>
    <script>let said = false; addEventListener('message', ({ data, source }) => {
      if (data?.type === 'predictu:ready' && !said) { said = true; source.postMessage(${JSON.stringify(init)}, '*'); }
    });</script>`;
  await page.route('**/casino', (route) => route.fulfill({ contentType: 'text/html', body }));
  await page.goto(`${server.url}/casino`);
  await page.frameLocator('iframe').locator('.bell').waitFor({ timeout: SHOWN_MS });
  const frame = page.frames().find((one) => one.url().includes('/embed'));
  if (!frame) throw new Error('The page has no frame');
  return frame;
}

test.each(LOOKS)('every screen of a player holds in the %s theme, in %s', { timeout: 180_000 }, async (theme, language) => {
  const { page, problems } = await openPage(browser, { width: 360, height: 800 });
  const frame = await framed(page, theme, language);
  const listed = await (await fetch(`${server.url}/api/embed/markets?operator=${SLUG}&limit=1`)).json();
  const market = (listed as { data: { id: string }[] }).data[0]?.id ?? '';
  const faults: string[] = [];
  for (const screen of SCREENS) {
    await frame.evaluate((hash) => location.assign(`#${hash}`), screen.replace('{market}', market));
    await frame.waitForFunction(() => document.querySelector('h1') !== null && document.querySelector('.skeleton') === null, undefined, {
      timeout: SHOWN_MS,
    });
    for (const width of [360, 768]) {
      await page.setViewportSize({ width, height: 800 });
      for (const element of await overflow(frame)) faults.push(`${screen} at ${width} px: ${element} is too wide`);
    }
    for (const fault of await accessibilityFaults(frame)) faults.push(`${screen}: ${fault}`);
  }
  expect([...faults, ...problems]).toEqual([]);
  await page.context().close();
});

test('a player limits and stops itself: what it buys next is refused in its own words', { timeout: 120_000 }, async () => {
  const { page } = await openPage(browser, { width: 390, height: 844 });
  const frame = await framed(page, 'light', 'en');
  await frame.evaluate(() => location.assign('#/limits'));
  await frame.getByRole('button', { name: '24 hours' }).click();
  await frame.getByRole('button', { name: 'Choose this break' }).click();
  const stop = frame.getByRole('button', { name: 'Stop me from buying' });
  expect(await stop.isDisabled()).toBe(true);
  await frame.getByLabel('I understand that this cannot be undone').check();
  await stop.click();
  await frame.getByText('You have stopped yourself from buying until').waitFor({ timeout: SHOWN_MS });
  await frame.evaluate(() => location.assign('#/'));
  await frame.locator('.question').first().click();
  await frame.getByText('You have stopped yourself from buying.').first().waitFor({ timeout: SHOWN_MS });
  await page.context().close();
});

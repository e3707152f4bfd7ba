/** What people come for: a player in a casino's lobby, a player on a phone, a risk manager without a mouse. One after the other. */
import type { Browser, FrameLocator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { accessibilityFaults, openBrowser, openPage, overflow } from '../browser.ts';
import { pictureOf } from '../gallery.ts';
import { CONSOLES, DEMO, PASSWORD, signInTo, type Visit } from './stage.ts';

const MINUTE = 60_000;
const LONG = { timeout: 30_000 };

let browser: Browser;
let admin: Visit;
beforeAll(async () => {
  [browser, admin] = await Promise.all([openBrowser(), signInTo('admin')]);
});
afterAll(() => browser?.close());

type Market = { id: string; title: string; yes_price: number | null; category: string; end_date: string | null };
/** Far enough that nothing about its end happens meanwhile. */
const DAYS_LEFT = 5;

/** What the casino of the lobby offers. */
const OFFERED = new Set(['sports', 'politics', 'entertainment', 'crypto']);

/** Tradeable, near the middle and open for long: neither its price nor its end is in the way. */
async function evenMarkets(): Promise<Market[]> {
  const { data } = await admin.ask<{ data: Market[] }>('/markets?status=active&tradeable=true&limit=200&sort=end_date&order=desc');
  const distance = ({ yes_price }: Market): number => Math.abs((yes_price ?? 0) - 0.5);
  return data
    .filter(({ category, end_date }) => OFFERED.has(category) && Date.parse(end_date ?? '') - Date.now() > DAYS_LEFT * 24 * 60 * MINUTE)
    .sort((one, other) => distance(one) - distance(other));
}

/** The lobby with its player signed in, and the embed in it. */
async function enterLobby(viewport: { width: number; height: number }): Promise<{ page: Page; problems: string[]; frame: FrameLocator }> {
  const { page, problems } = await openPage(browser, viewport);
  await page.goto(inject('lobby'));
  await page.getByRole('button', { name: /^Ana/ }).click();
  const frame = page.frameLocator('#predictu-embed');
  await frame.locator('.card').first().waitFor(LONG);
  // Until then it shows a visitor's list, and says so.
  await frame.locator('.standing').waitFor({ state: 'detached', ...LONG });
  return { page, problems, frame };
}

async function buy(frame: FrameLocator, { title }: Market): Promise<void> {
  await frame.getByPlaceholder('Search the markets').fill(title);
  await frame.getByRole('button', { name: title, exact: true }).click();
  await frame.getByRole('button', { name: /^Buy Yes for/ }).click(LONG);
  await frame.getByText(/^You bought .+ Yes$/).waitFor(LONG);
}

const positionOf = (frame: FrameLocator, { title }: Market) => frame.locator('.card').filter({ hasText: title });

async function sell(frame: FrameLocator, market: Market): Promise<void> {
  await frame.getByRole('button', { name: 'Positions', exact: true }).click();
  const card = positionOf(frame, market);
  await card.getByRole('button', { name: 'Sell', exact: true }).click(LONG);
  await card.getByRole('button', { name: /^Sell for/ }).click(LONG);
  await card.getByText(/^You sold/).waitFor(LONG);
  await card.getByRole('button', { name: 'OK', exact: true }).click();
  await card.waitFor({ state: 'detached', ...LONG });
}

/** What the casino itself has booked. */
async function bookedAs(page: Page, kinds: readonly string[]): Promise<void> {
  await page.getByRole('link', { name: 'Cashier' }).last().click();
  for (const kind of kinds) await page.locator('#statement').getByText(kind, { exact: true }).first().waitFor(LONG);
}

test("a casino's player buys, sells, and is paid by a settlement, through the frame in its lobby", { timeout: 3 * MINUTE }, async () => {
  const [sold, kept] = (await evenMarkets()) as [Market, Market];
  const { page, problems, frame } = await enterLobby({ width: 1280, height: 900 });
  await buy(frame, sold);
  await page.screenshot({ path: pictureOf('lobby-bought-light-1280') });
  await frame.getByRole('button', { name: 'OK', exact: true }).click();
  await frame.getByRole('button', { name: 'Back', exact: true }).click();
  await sell(frame, sold);
  await frame.getByRole('button', { name: 'Markets', exact: true }).click();
  await buy(frame, kept);
  const resolved = await admin.send(`/markets/${kept.id}/resolve`, { resolution: 'yes', evidence: 'The journey of a test ends here.' });
  expect(resolved.status, await resolved.clone().text()).toBe(201);
  await frame.getByText(/^Paid out: /).waitFor({ timeout: MINUTE });
  await page.screenshot({ path: pictureOf('lobby-paid-light-1280') });
  await bookedAs(page, ['Bet', 'Bet sold', 'Win']);
  expect([...(await overflow(page)), ...(await accessibilityFaults(page)), ...problems]).toEqual([]);
  await page.context().close();
});

test('on a phone: the embed is opened, a side bought and sold', { timeout: 3 * MINUTE }, async () => {
  const [, , market] = (await evenMarkets()) as [Market, Market, Market];
  const { page, problems, frame } = await enterLobby({ width: 390, height: 844 });
  await buy(frame, market);
  await page.screenshot({ path: pictureOf('lobby-bought-light-390') });
  await frame.getByRole('button', { name: 'OK', exact: true }).click();
  await frame.getByRole('button', { name: 'Back', exact: true }).click();
  await sell(frame, market);
  expect([...(await overflow(page)), ...(await accessibilityFaults(page)), ...problems]).toEqual([]);
  await page.context().close();
});

/** Moves on by Tab until the focus has this accessible name. */
async function tabTo(page: Page, name: RegExp, most = 120): Promise<void> {
  for (let step = 0; step < most; step += 1) {
    const focused = await page.evaluate(() => {
      const element = document.activeElement;
      if (!(element instanceof HTMLElement)) return '';
      const labels = 'labels' in element ? [...((element as HTMLInputElement).labels ?? [])].map(({ innerText }) => innerText) : [];
      return [element.getAttribute('aria-label') ?? '', ...labels, element.innerText].join(' ').trim();
    });
    if (name.test(focused)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab never came to ${name}`);
}

/** The breaker a person has tripped, as the API knows it. */
type Breaker = { id: string; scope: string; status: string; trip_reason: string | null };
const breakers = async (): Promise<Breaker[]> => (await admin.ask<{ data: Breaker[] }>('/risk/circuit-breakers')).data;

test('without a mouse: sign in, find a player, change a tier with a reason, trip and reset a breaker', {
  timeout: 3 * MINUTE,
}, async () => {
  const { page, problems } = await openPage(browser);
  const press = page.keyboard;
  const [player] = (await admin.ask<{ data: { id: string; username: string }[] }>('/users?limit=1&tier=normal&sort=volume')).data;
  await page.goto(`${DEMO}/admin`);
  await page.getByLabel('E-mail').waitFor();
  await tabTo(page, /^E-mail/);
  await press.type(CONSOLES.admin.email);
  await tabTo(page, /^Password/);
  await press.type(PASSWORD);
  await press.press('Enter');
  await page.getByRole('heading', { name: 'Command centre' }).waitFor(LONG);

  await press.press('Control+k');
  await press.type(player?.username ?? '');
  await page
    .getByRole('option', { name: player?.username ?? '' })
    .first()
    .waitFor(LONG);
  await press.press('Enter');
  await page.waitForURL(`**/admin/users/${player?.id}`);

  await page.getByRole('button', { name: 'Change tier…' }).waitFor(LONG);
  await tabTo(page, /^Change tier…/);
  await press.press('Enter');
  await page.getByRole('dialog').waitFor();
  await tabTo(page, /^Tier/);
  await press.press('ArrowDown');
  await tabTo(page, /^Reason/);
  await press.type('Known from another house');
  await tabTo(page, /^Hold at sharp/);
  await press.press('Enter');
  await page.getByText('Held at sharp', { exact: true }).first().waitFor(LONG);
  const score = await admin.ask<{ data: { override: { tier: string; reason: string } | null } }>(`/users/${player?.id}/score`);
  expect(score.data.override).toMatchObject({ tier: 'sharp', reason: 'Known from another house' });

  await press.press('Shift+H');
  await page.getByText('open markets').first().waitFor(LONG);
  await tabTo(page, /^Reason/);
  await press.type('Drill');
  await tabTo(page, /^Type HALT/);
  await press.type('HALT');
  await tabTo(page, /^Halt trading$/);
  await press.press('Enter');
  await page
    .getByText(/^Buying is halted/)
    .first()
    .waitFor(LONG);
  const tripped = (await breakers()).find(({ trip_reason }) => trip_reason === 'Drill');
  expect(tripped).toMatchObject({ scope: 'global', status: 'tripped' });

  await press.press('g');
  await press.press('r');
  await page.getByRole('heading', { name: 'Risk', exact: true }).waitFor(LONG);
  const menu = page
    .locator('tr')
    .filter({ hasText: 'Tripped' })
    .getByRole('button', { name: /^Acts on/ });
  await menu.waitFor(LONG);
  for (let step = 0; step < 120 && !(await menu.evaluate((element) => element === document.activeElement)); step += 1)
    await press.press('Tab');
  await press.press('Enter');
  await page.getByRole('menuitem', { name: 'Reset the breaker…' }).waitFor(LONG);
  await press.press('Enter');
  await page.getByRole('dialog').waitFor();
  await tabTo(page, /^Reason/);
  await press.type('Drill over');
  await tabTo(page, /^Resume buying/);
  await press.press('Enter');
  await expect.poll(async () => (await breakers()).find(({ id }) => id === tripped?.id)?.status, LONG).toBe('armed');
  expect(problems).toEqual([]);
  await page.context().close();
});

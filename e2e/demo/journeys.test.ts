/** What players come for: in a casino's lobby, and on a phone. One after the other. */
import type { Browser, FrameLocator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { accessibilityFaults, openBrowser, openPage, overflow } from '../browser.ts';
import { pictureOf } from '../gallery.ts';
import { signInTo, type Visit } from './stage.ts';

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

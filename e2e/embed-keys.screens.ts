/** Keys of an operator's configuration that players see: what the frame in a casino's lobby shows before a change and after it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, FrameLocator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openBrowser, openPage } from './browser.ts';
import { type Installation, install } from './server.ts';

const SLUG = 'lucky-spins';
const SHOWN_MS = 30_000;
let server: Installation;
let browser: Browser;
let lobby: string;
beforeAll(async () => {
  [server, browser] = await Promise.all([install({}, ['--small-demo']), openBrowser()]);
  lobby = await vi.waitFor(
    () => {
      const [, address] = /Casino +(http\S+)/.exec(server.output()) ?? [];
      if (address === undefined) throw new Error('The casino has not said where it is');
      return address;
    },
    { timeout: SHOWN_MS, interval: 200 },
  );
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

type Operator = { slug: string; api_key: string; api_secret: string };
function keyPair(): string {
  const { operators } = JSON.parse(readFileSync(join(server.dataFolder, 'data/demo.json'), 'utf8')) as { operators: Operator[] };
  const own = operators.find(({ slug }) => slug === SLUG);
  if (!own) throw new Error(`The demo has no operator ${SLUG}`);
  return `Basic ${Buffer.from(`${own.api_key}:${own.api_secret}`).toString('base64')}`;
}
/** As `group.key`. */
async function configure(values: Record<string, unknown>): Promise<void> {
  const body: Record<string, Record<string, unknown>> = {};
  for (const [key, value] of Object.entries(values)) {
    const [group = '', name = ''] = key.split('.');
    body[group] = { ...body[group], [name]: value };
  }
  const answer = await fetch(`${server.url}/api/operator/config`, {
    method: 'POST',
    headers: { authorization: keyPair(), 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(answer.status, await answer.text()).toBe(200);
}

async function asAna<T>(look: (frame: FrameLocator, page: Page) => Promise<T>): Promise<T> {
  const { page } = await openPage(browser, { width: 390, height: 844 });
  try {
    await page.goto(lobby);
    await page.getByRole('button', { name: /^Ana/ }).click();
    const frame = page.frameLocator('#predictu-embed');
    await frame.locator('.card .question').first().waitFor({ timeout: SHOWN_MS });
    return await look(frame, page);
  } finally {
    await page.context().close();
  }
}
/** On the page of the first market, once its ticket has a price. */
const inMarket = <T>(look: (frame: FrameLocator) => Promise<T>) =>
  asAna(async (frame) => {
    await frame.locator('.card .question').first().click();
    await frame.getByRole('button', { name: /^Buy Yes for/ }).waitFor({ timeout: SHOWN_MS });
    return look(frame);
  });
const buy = (frame: FrameLocator) => frame.getByRole('button', { name: /^(Buy Yes for|Confirm)/ });
const inPositions = <T>(look: (frame: FrameLocator) => Promise<T>) =>
  asAna(async (frame) => {
    await frame.getByRole('button', { name: 'Positions' }).click();
    await frame.getByRole('button', { name: 'Sell', exact: true }).first().waitFor({ timeout: SHOWN_MS });
    return look(frame);
  });

type Case = { look: () => Promise<unknown>; before: unknown; values: Record<string, unknown>; after: unknown };
const CASES: Record<string, Case> = {
  'trading.default_trade_amount_usd': {
    look: () => inMarket((frame) => frame.getByLabel('Amount', { exact: true }).locator('input').first().inputValue()),
    before: '10',
    values: { 'trading.default_trade_amount_usd': 2.5 },
    after: '2.5',
  },
  'trading.quick_amounts': {
    look: () => inMarket((frame) => frame.locator('.ticket .quick button', { hasText: '$' }).allTextContents()),
    before: ['$5', '$10', '$25', '$50', '$100'],
    values: { 'trading.quick_amounts': [2, 20] },
    after: ['$2', '$20'],
  },
  'trading.show_advanced_trading': {
    look: () => inMarket((frame) => frame.getByLabel('In detail').count()),
    before: 0,
    values: { 'trading.show_advanced_trading': true },
    after: 1,
  },
  'trading.confirm_trades_above_usd': {
    look: () =>
      inMarket(async (frame) => {
        await buy(frame).click();
        const asked = frame.getByRole('button', { name: /^Confirm/ });
        await asked.or(frame.getByText(/^You bought/)).waitFor({ timeout: SHOWN_MS });
        return asked.isVisible();
      }),
    before: false,
    values: { 'trading.confirm_trades_above_usd': 5 },
    after: true,
  },
  'trading.allow_limit_orders': {
    look: () => inMarket((frame) => frame.getByRole('button', { name: 'At my price' }).count()),
    before: 0,
    values: { 'trading.allow_limit_orders': true },
    after: 1,
  },
  'notifications.trade_confirmation': {
    look: () =>
      inMarket(async (frame) => {
        await buy(frame).click();
        const told = frame.getByText(/^You bought/);
        // Without a word about it the ticket asks for the next price at once.
        await told
          .or(frame.getByRole('button', { name: 'Loading' }))
          .first()
          .waitFor({ timeout: SHOWN_MS });
        return told.isVisible();
      }),
    before: true,
    values: { 'notifications.trade_confirmation': false },
    after: false,
  },
  'ui.show_global_volume': {
    look: () =>
      inMarket((frame) =>
        frame
          .locator('.market')
          .getByText(/ traded$/)
          .count(),
      ),
    before: 1,
    values: { 'ui.show_global_volume': false },
    after: 0,
  },
  'ui.show_market_charts': {
    look: () => inMarket((frame) => frame.locator('.market svg[role="img"], .market canvas').count()),
    before: 1,
    values: { 'ui.show_market_charts': false },
    after: 0,
  },
  'ui.show_user_pnl': {
    look: () => inPositions((frame) => frame.locator('.card').first().getByText('Result').count()),
    before: 1,
    values: { 'ui.show_user_pnl': false },
    after: 0,
  },
  'ui.default_market_sort': {
    look: () => asAna((frame) => frame.locator('.find-row select').inputValue()),
    before: 'volume',
    values: { 'ui.default_market_sort': 'end_date' },
    after: 'closing',
  },
  'ui.markets_per_page': {
    look: () => asAna((frame) => frame.locator('.card .question').count()),
    before: 20,
    values: { 'ui.markets_per_page': 5 },
    after: 5,
  },
  'ui.theme_override': {
    look: () => asAna((frame) => frame.locator('html').getAttribute('data-theme')),
    before: 'dark',
    values: { 'ui.theme_override': 'light' },
    after: 'light',
  },
  'ui.custom_footer_html': {
    look: () => asAna((frame) => frame.frameLocator('iframe[title="Footer"]').getByText('Eighteen and over').count()),
    before: 0,
    values: { 'ui.custom_footer_html': '<p>Eighteen and over</p>' },
    after: 1,
  },
  'categories.featured': {
    look: () =>
      asAna(async (frame) => {
        const shown = await frame.locator('.categories').first().locator('button').allTextContents();
        return shown.find((name) => name === 'Entertainment' || name === 'Sports');
      }),
    before: 'Sports',
    values: { 'categories.featured': ['entertainment'] },
    after: 'Entertainment',
  },
};
const DEFAULTS: Record<string, unknown> = {
  'trading.default_trade_amount_usd': 10,
  'trading.quick_amounts': [5, 10, 25, 50, 100],
  'trading.show_advanced_trading': false,
  'trading.confirm_trades_above_usd': 100,
  'trading.allow_limit_orders': false,
  'notifications.trade_confirmation': true,
  'ui.show_global_volume': true,
  'ui.show_market_charts': true,
  'ui.show_user_pnl': true,
  'ui.show_orderbook': false,
  'ui.default_market_sort': 'volume',
  'ui.markets_per_page': 20,
  'ui.theme_override': null,
  'ui.custom_footer_html': null,
  'categories.featured': ['sports', 'crypto'],
};

test.each(Object.entries(CASES))('%s', { timeout: 120_000 }, async (_, { look, before, values, after }) => {
  await configure(DEFAULTS);
  expect(await look()).toEqual(before);
  await configure(values);
  expect(await look()).toEqual(after);
});

/** Of the market the frame shows. */
const marketIn = (page: Page): string => {
  const [id] = page.frames().flatMap((frame) => /mkt_[0-9a-z]{13}/.exec(frame.url()) ?? []);
  if (!id) throw new Error('No frame shows a market');
  return id;
};
async function resolveByAdmin(market: string): Promise<void> {
  const { admin } = JSON.parse(readFileSync(join(server.dataFolder, 'data/demo.json'), 'utf8')) as { admin: object };
  const send = async (path: string, body: object, token?: string) => {
    const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) };
    const answer = await fetch(`${server.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    const text = await answer.text();
    expect(answer.status, text).toBeLessThan(300);
    return JSON.parse(text) as { data: { token: string } };
  };
  const { token } = (await send('/api/auth/admin/login', admin)).data;
  await send(`/api/internal/markets/${market}/resolve`, { resolution: 'yes', evidence: 'The final score' }, token);
}
/** Buys in a market, has it end while the player looks, and answers what the player saw of it. */
const seenOfTheEnd = (nth: number) =>
  asAna(async (frame, page) => {
    await frame.locator('.card .question').nth(nth).click();
    await frame.getByRole('button', { name: /^Buy Yes for/ }).waitFor({ timeout: SHOWN_MS });
    const title = (await frame.locator('h1').first().textContent()) ?? '';
    await buy(frame).click();
    await frame.getByText(/^You bought/).waitFor({ timeout: SHOWN_MS });
    const market = marketIn(page);
    await frame.getByRole('button', { name: 'OK', exact: true }).click();
    await frame.getByRole('button', { name: 'Back', exact: true }).click();
    await frame.getByRole('button', { name: 'Positions' }).click();
    const card = frame.locator('.card', { hasText: title }).first();
    await card.getByRole('button', { name: 'Sell', exact: true }).waitFor({ timeout: SHOWN_MS });
    await resolveByAdmin(market);
    await expect.poll(() => card.getByRole('button', { name: 'Sell', exact: true }).count(), { timeout: 90_000 }).toBe(0);
    // What stays is asked for every 30 seconds.
    await page.waitForTimeout(35_000);
    const stays = await card.getByRole('button', { name: 'Close', exact: true }).count();
    const told = await frame.getByText(/^Paid out:/).count();
    if (stays > 0) {
      await card.getByRole('button', { name: 'Close', exact: true }).click();
      await expect.poll(() => card.count(), { timeout: SHOWN_MS }).toBe(0);
    }
    return { told: told > 0, stays: stays > 0 };
  });

test('the end of a market: settlement_notification tells, auto_close_positions_on_settlement takes the position away', {
  timeout: 400_000,
}, async () => {
  await configure({ ...DEFAULTS, 'notifications.settlement_notification': true, 'trading.auto_close_positions_on_settlement': true });
  expect(await seenOfTheEnd(0)).toEqual({ told: true, stays: false });
  await configure({ 'notifications.settlement_notification': false, 'trading.auto_close_positions_on_settlement': false });
  expect(await seenOfTheEnd(1)).toEqual({ told: false, stays: true });
});

test('an open frame follows a switch within a minute: the order book and limit orders', { timeout: 120_000 }, async () => {
  await configure(DEFAULTS);
  await inMarket(async (frame) => {
    expect(await frame.getByRole('heading', { name: 'Order book' }).count()).toBe(0);
    await configure({ 'ui.show_orderbook': true, 'trading.allow_limit_orders': true });
    await frame.getByRole('heading', { name: 'Order book' }).waitFor({ timeout: 60_000 });
    await frame.getByRole('button', { name: 'At my price' }).click();
    await frame.getByRole('button', { name: /^Order Yes at/ }).click();
    await frame.getByText(/^Your order rests/).waitFor({ timeout: SHOWN_MS });
    await frame.getByRole('heading', { name: 'Open orders' }).waitFor({ timeout: SHOWN_MS });
    await frame.getByRole('button', { name: 'Cancel', exact: true }).click();
    await expect.poll(() => frame.getByRole('heading', { name: 'Open orders' }).count(), { timeout: SHOWN_MS }).toBe(0);
  });
});

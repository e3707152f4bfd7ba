/** Every screen of the consoles and the embed on the demo: nothing goes wrong on it, it fits, it is accessible in both themes; pictures are kept. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accessibilityFaults, openBrowser, openPage, overflow } from './browser.ts';
import { type Installation, install } from './server.ts';

const PICTURES = join(fileURLToPath(new URL('..', import.meta.url)), 'artifacts/pictures');
const WIDTHS = [360, 768, 1280, 1920];
const THEMES = ['light', 'dark'] as const;
const PASSWORD = 'predictu-demo';
const SHOWN_MS = 20_000;

const PROGRAMS = {
  admin: {
    email: 'admin@predictu.local',
    screens: [
      '/',
      '/activity',
      '/operators',
      '/operators/example-casino',
      '/users',
      '/users/{user}',
      '/trades',
      '/markets',
      '/markets/{market}',
      '/risk',
      '/exposure',
      '/sharp-bettors',
      '/settlements',
      '/callbacks',
      '/revenue',
      '/invoices',
      '/analytics',
      '/configuration',
      '/applications',
      '/audit-log',
    ],
    users: '/api/internal/users?limit=1&sort=volume',
    markets: '/api/internal/markets?limit=1',
  },
  operator: {
    email: 'operator@example-casino.local',
    screens: [
      '/',
      '/users',
      '/users/{user}',
      '/trades',
      '/positions',
      '/markets',
      '/markets/{market}',
      '/risk',
      '/exposure',
      '/settlements',
      '/callbacks',
      '/revenue',
      '/invoices',
      '/settings',
      '/configuration',
      '/embed',
      '/api-keys',
    ],
    users: '/api/operator/users?limit=1&sort=volume',
    markets: '/api/operator/markets?limit=1',
  },
} as const;
type Program = keyof typeof PROGRAMS;

let server: Installation;
let browser: Browser;
beforeAll(async () => {
  mkdirSync(PICTURES, { recursive: true });
  [server, browser] = await Promise.all([
    install({ RATE_LIMIT_ADMIN_PER_MINUTE: '6000', RATE_LIMIT_OPERATOR_PER_MINUTE: '6000', RATE_LIMIT_PUBLIC_PER_MINUTE: '6000' }, []),
    openBrowser(),
  ]);
}, 600_000);
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

async function tokenOf(program: Program): Promise<string> {
  const answer = await fetch(`${server.url}/api/auth/${program}/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: PROGRAMS[program].email, password: PASSWORD }),
  });
  return ((await answer.json()) as { data: { token: string } }).data.token;
}

async function firstId(path: string, token: string): Promise<string> {
  const answer = await fetch(server.url + path, { headers: { authorization: `Bearer ${token}` } });
  return ((await answer.json()) as { data: { id: string }[] }).data[0]?.id ?? '';
}

/** Signs in as a person does: by the form. */
async function signIn(page: Page, program: Program, theme: string): Promise<void> {
  await page.addInitScript((chosen) => localStorage.setItem('predictu.preferences', JSON.stringify({ theme: chosen })), theme);
  await page.goto(`${server.url}/${program}`);
  await page.getByLabel('E-mail').fill(PROGRAMS[program].email);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForSelector('.frame', { timeout: SHOWN_MS });
}

/** Data has come: no grey bars are left. */
const settled = (page: Page): Promise<unknown> =>
  page.waitForFunction(() => document.querySelector('.page h1') !== null && document.querySelector('.skeleton') === null, undefined, {
    timeout: SHOWN_MS,
  });

describe.each(Object.keys(PROGRAMS) as Program[])('%s', (program) => {
  test.each(THEMES)('every screen holds in the %s theme', { timeout: 300_000 }, async (theme) => {
    const { page, problems } = await openPage(browser, { width: 1280, height: 900 });
    await signIn(page, program, theme);
    const token = await tokenOf(program);
    const { users, markets, screens } = PROGRAMS[program];
    const ids = { user: await firstId(users, token), market: await firstId(markets, token) };
    const faults: string[] = [];
    for (const screen of screens) {
      const path = screen.replace('{user}', ids.user).replace('{market}', ids.market);
      await page.setViewportSize({ width: 1280, height: 900 });
      await page.goto(`${server.url}/${program}${path}`);
      await settled(page);
      const name = `${program}${screen.replaceAll(/[/{}]+/g, '-')}-${theme}`;
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 900 });
        for (const element of await overflow(page)) faults.push(`${screen} at ${width} px: ${element} is too wide`);
        if (width === 360 || width === 1280) await page.screenshot({ path: join(PICTURES, `${name}-${width}.png`) });
        if (width === 1280) for (const fault of await accessibilityFaults(page)) faults.push(`${screen}: ${fault}`);
      }
    }
    expect([...faults, ...problems]).toEqual([]);
    await page.context().close();
  });
});

test.each(THEMES)('the embed can be browsed without a session in the %s theme', { timeout: 120_000 }, async (theme) => {
  const { page, problems } = await openPage(browser, { width: 390, height: 844 });
  await page.goto(`${server.url}/embed?operator=example-casino&theme=${theme}`);
  await page.waitForSelector('.card');
  const faults = [...(await overflow(page)), ...(await accessibilityFaults(page))];
  await page.screenshot({ path: join(PICTURES, `embed-markets-${theme}.png`) });
  await page.locator('.question').first().click();
  await page.waitForSelector('.market h1');
  faults.push(...(await overflow(page)), ...(await accessibilityFaults(page)));
  await page.screenshot({ path: join(PICTURES, `embed-market-${theme}.png`) });
  expect([...faults, ...problems]).toEqual([]);
  await page.context().close();
});

test('by keyboard alone: a player is found through the palette and a breaker is halted and reset', { timeout: 120_000 }, async () => {
  const { page, problems } = await openPage(browser, { width: 1280, height: 900 });
  await signIn(page, 'admin', 'light');
  const token = await tokenOf('admin');
  const user = await firstId(PROGRAMS.admin.users, token);
  await page.keyboard.press('Control+k');
  await page.keyboard.type(user);
  await page.waitForSelector('[role=option]:has-text("usr_")');
  await page.keyboard.press('Enter');
  await page.waitForURL(`**/admin/users/${user}`);
  await page.keyboard.press('Shift+H');
  await page.getByRole('dialog').waitFor();
  await page.getByLabel('Reason').fill('Drill');
  await page.getByLabel('Type HALT to confirm').fill('HALT');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByText('Buying is halted').first().waitFor();
  const breakers = (await (
    await fetch(`${server.url}/api/internal/risk/circuit-breakers`, { headers: { authorization: `Bearer ${token}` } })
  ).json()) as {
    data: { id: string; scope: string; status: string; trip_reason: string | null }[];
  };
  const halted = breakers.data.find(({ trip_reason }) => trip_reason === 'Drill');
  expect(halted).toMatchObject({ scope: 'global', status: 'tripped' });
  const reset = await fetch(`${server.url}/api/internal/risk/circuit-breakers/${halted?.id}/reset`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ reason: 'Drill over' }),
  });
  expect(reset.status).toBe(200);
  expect(problems).toEqual([]);
  await page.context().close();
});

/** Where the demo's casino stands; the start says it last. */
async function lobbyUrl(): Promise<string> {
  const said = () => /Casino +(http\S+)/.exec(server.output())?.[1];
  await expect.poll(said, { timeout: SHOWN_MS }).toBeDefined();
  return said() as string;
}

test("a casino's player buys and sells through the frame in its lobby", { timeout: 120_000 }, async () => {
  const { page, problems } = await openPage(browser, { width: 390, height: 844 });
  await page.goto(await lobbyUrl());
  await page.getByRole('button', { name: /^Ana/ }).click();
  const frame = page.frameLocator('#predictu-embed');
  await frame.locator('.card .question').first().click();
  await frame.getByRole('button', { name: /^Buy Yes for/ }).click();
  await frame.getByText(/^You bought .+ Yes$/).waitFor();
  await page.screenshot({ path: join(PICTURES, 'lobby-bought.png') });
  await frame.getByRole('button', { name: 'OK' }).click();
  await frame.getByRole('button', { name: 'Back' }).click();
  await frame.getByRole('button', { name: 'Positions' }).click();
  await frame.getByRole('button', { name: 'Sell', exact: true }).first().click();
  await frame.getByRole('button', { name: /^Sell for/ }).click();
  await frame.getByText(/^You hold nothing yet/).waitFor();
  await page.getByRole('link', { name: 'Cashier' }).last().click();
  for (const kind of ['Bet', 'Bet sold']) await page.locator('#statement').getByText(kind, { exact: true }).first().waitFor();
  expect([...(await overflow(page)), ...(await accessibilityFaults(page)), ...problems]).toEqual([]);
  await page.context().close();
});

/** A risk manager without a mouse: signs in, finds a player, holds it in a tier, halts all trading and resumes it. */
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

const SOON = { timeout: 30_000 };
/** More than any screen has to step through. */
const MOST_STEPS = 120;

/** Moves on by Tab until the focus has this accessible name. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let step = 0; step < MOST_STEPS; step += 1) {
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

/** What the API says to whoever is signed in on the page. */
async function ask<T>(page: Page, path: string): Promise<T> {
  const { token } = JSON.parse((await page.evaluate(() => sessionStorage.getItem('predictu.admin.session'))) ?? '{}');
  const answer = await fetch(new URL(`/api/internal${path}`, page.url()), { headers: { authorization: `Bearer ${token}` } });
  expect(answer.status, await answer.clone().text()).toBe(200);
  return ((await answer.json()) as { data: T }).data;
}

export async function signIn(page: Page, platform: string, { email, password }: { email: string; password: string }): Promise<void> {
  await page.goto(`${platform}/admin`);
  await page.getByLabel('E-mail').waitFor();
  await tabTo(page, /^E-mail/);
  await page.keyboard.type(email);
  await tabTo(page, /^Password/);
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Command centre' }).waitFor(SOON);
}

/** From any screen to a player's, by its name. */
export async function findPlayer(page: Page, username: string): Promise<string> {
  await page.keyboard.press('Control+k');
  await page.keyboard.type(username);
  const found = page.getByRole('option').filter({ has: page.getByText(username, { exact: true }) });
  await found.waitFor(SOON);
  for (let step = 0; step < MOST_STEPS && (await found.getAttribute('aria-selected')) !== 'true'; step += 1)
    await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/admin/users/*');
  return new URL(page.url()).pathname.split('/').at(-1) ?? '';
}

export async function holdAtSharp(page: Page, player: string, reason: string): Promise<void> {
  await page.getByRole('button', { name: 'Change tier…' }).waitFor(SOON);
  await tabTo(page, /^Change tier…/);
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor();
  await tabTo(page, /^Tier/);
  await page.keyboard.press('ArrowDown');
  await tabTo(page, /^Reason/);
  await page.keyboard.type(reason);
  await tabTo(page, /^Hold at sharp/);
  await page.keyboard.press('Enter');
  await page.getByText('Held at sharp', { exact: true }).first().waitFor(SOON);
  const { override } = await ask<{ override: object | null }>(page, `/users/${player}/score`);
  expect(override).toMatchObject({ tier: 'sharp', reason });
}

type Breaker = { id: string; scope: string; status: string; trip_reason: string | null };

/** The breaker that halts, as the API knows it. */
export async function halt(page: Page, reason: string): Promise<string> {
  await page.keyboard.press('Shift+H');
  await page.getByText('open markets').first().waitFor(SOON);
  await tabTo(page, /^Reason/);
  await page.keyboard.type(reason);
  await tabTo(page, /^Type HALT/);
  await page.keyboard.type('HALT');
  await tabTo(page, /^Halt trading$/);
  await page.keyboard.press('Enter');
  await page
    .getByText(/^Buying is halted/)
    .first()
    .waitFor(SOON);
  const tripped = (await ask<Breaker[]>(page, '/risk/circuit-breakers')).find(({ trip_reason }) => trip_reason === reason);
  expect(tripped).toMatchObject({ scope: 'global', status: 'tripped' });
  return tripped?.id ?? '';
}

export async function resume(page: Page, breaker: string, reason: string): Promise<void> {
  await page.keyboard.press('g');
  await page.keyboard.press('r');
  await page.getByRole('heading', { name: 'Risk', exact: true }).waitFor(SOON);
  const tripped = page.locator('tr').filter({ hasText: 'Tripped' });
  const menu = tripped.getByRole('button', { name: /^Acts on/ });
  await menu.waitFor(SOON);
  for (let step = 0; step < MOST_STEPS && !(await menu.evaluate((element) => element === document.activeElement)); step += 1)
    await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Reset the breaker…' }).waitFor(SOON);
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor();
  await tabTo(page, /^Reason/);
  await page.keyboard.type(reason);
  await tabTo(page, /^Resume buying/);
  await page.keyboard.press('Enter');
  const status = async () => (await ask<Breaker[]>(page, '/risk/circuit-breakers')).find(({ id }) => id === breaker)?.status;
  await expect.poll(status, SOON).toBe('armed');
}

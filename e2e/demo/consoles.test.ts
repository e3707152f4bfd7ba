/** Two operators side by side, figures beside the API's, and how soon the first view stands. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser } from '../browser.ts';
import { DEMO, NAMES, openConsole, settled, signInTo } from './stage.ts';

const MINUTE = 60_000;
/** On a machine that does nothing else it is below a second; others run tests beside this one. */
const FIRST_VIEW_MS = 3_000;
const OPERATORS = ['operator@example-casino.local', 'operator@lucky-spins.local'] as const;

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

type Players = { data: { id: string; username: string | null; external_id: string }[] };

test('two operators side by side never see each other', { timeout: 2 * MINUTE }, async () => {
  const sides = await Promise.all(
    OPERATORS.map(async (email) => {
      const visit = await signInTo('operator', email);
      const { page, problems } = await openConsole(browser, visit);
      const players = (await visit.ask<Players>('/users?limit=50')).data;
      return { visit, page, problems, players };
    }),
  );
  const [one, other] = sides as [(typeof sides)[number], (typeof sides)[number]];
  for (const [mine, theirs] of [
    [one, other],
    [other, one],
  ] as const) {
    for (const path of ['/users', '/trades', '/positions', '/risk', '/exposure']) {
      await mine.page.goto(`${DEMO}/operator${path}`);
      await settled(mine.page);
      const shown = await mine.page.locator('.page').innerText();
      const strangers = theirs.players.filter(({ username, external_id }) => shown.includes(username ?? external_id));
      const own = new Set(mine.players.map(({ username, external_id }) => username ?? external_id));
      expect(strangers.filter(({ username, external_id }) => !own.has(username ?? external_id))).toEqual([]);
    }
    await mine.page.goto(`${DEMO}/operator/users/${theirs.players[0]?.id}`);
    await mine.page.getByText('No such').first().waitFor();
    expect(mine.problems.filter((problem) => !problem.includes('404'))).toEqual([]);
    await mine.page.context().close();
  }
});

type Dashboard = { data: { revenue: { period_usd: number }; users: { active_24h: number }; exposure: { current_usd: number } } };
const usd = (value: number): string => `$${value.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;

/** The figure of a stat by its name. */
const statOf = (name: string) => (text: string[]) => text.find((stat) => stat.startsWith(name)) ?? '';

test.each(NAMES)('figures on the screen of %s are the API’s', { timeout: 2 * MINUTE }, async (name) => {
  const visit = await signInTo(name);
  const { page } = await openConsole(browser, visit);
  // Both move on; they are compared when the screen has just asked.
  await expect
    .poll(
      async () => {
        await page.goto(`${DEMO}/${name}`);
        await settled(page);
        const { data } = await visit.ask<Dashboard>('/dashboard?period=30d');
        const stats = await page.locator('.stat').allInnerTexts();
        const wanted = [
          ['Revenue', usd(data.revenue.period_usd)],
          ['Exposure', usd(data.exposure.current_usd)],
          ['Active players', data.users.active_24h.toLocaleString('en-US')],
        ] as const;
        return wanted.filter(([stat, figure]) => !statOf(stat)(stats).includes(figure)).map(([stat]) => stat);
      },
      { timeout: MINUTE },
    )
    .toEqual([]);
  await page.goto(`${DEMO}/${name}/users?sort=volume&order=desc`);
  await settled(page);
  const { data: players } = await visit.ask<Players & { data: { balance_usd: number }[] }>('/users?sort=volume&order=desc&limit=5');
  const rows = await page.locator('tbody tr[data-row]').allInnerTexts();
  for (const [index, player] of players.entries()) expect(rows[index]).toContain(player.username ?? player.external_id);
  await page.context().close();
});

type Figures = {
  revenue: { period_usd: number; operator_share_usd: number; predictu_share_usd: number };
  trades: { volume_24h_usd: number; count_24h: number };
  users: { active_24h: number; total: number; new_7d: number };
  exposure: { current_usd: number; utilization_pct: number };
  settlements: { pending_usd: number; pending_count: number };
  positions: { open_count: number; total_value_usd: number };
  risk: { sharp_bettors_flagged: number; high_exposure_markets: number };
};
const count = (value: number): string => value.toLocaleString('en-US');
/** What stands in each figure of a first view, by the name of the figure. */
const SHOWN: Record<(typeof NAMES)[number], (of: Figures) => Record<string, readonly string[]>> = {
  admin: (of) => ({
    ...everywhere(of),
    'Waiting to settle': [count(of.settlements.pending_count), usd(of.settlements.pending_usd)],
    'Sharp players': [count(of.risk.sharp_bettors_flagged), `${count(of.risk.high_exposure_markets)} markets`],
  }),
  operator: (of) => ({
    ...everywhere(of),
    'Your part': [usd(of.revenue.operator_share_usd), usd(of.revenue.predictu_share_usd)],
    'Open positions': [count(of.positions.open_count), usd(of.positions.total_value_usd)],
    'Waiting to settle': [usd(of.settlements.pending_usd)],
  }),
};
const everywhere = ({ revenue, trades, users, exposure }: Figures): Record<string, readonly string[]> => ({
  Revenue: [usd(revenue.period_usd)],
  Volume: [usd(trades.volume_24h_usd), `${count(trades.count_24h)} trades`],
  'Active players': [count(users.active_24h), `of ${count(users.total)}`, `${count(users.new_7d)} new`],
  Exposure: [usd(exposure.current_usd), `${exposure.utilization_pct.toFixed(1)}%`],
});

test.each(NAMES)('every figure of the first view of %s is what the API answered last', { timeout: 2 * MINUTE }, async (name) => {
  const { page } = await openConsole(browser, await signInTo(name));
  let answered: Promise<{ data: Figures }> | undefined;
  page.on('response', (response) => {
    if (new URL(response.url()).pathname.endsWith('/dashboard') && response.ok()) answered = response.json();
  });
  await page.goto(`${DEMO}/${name}`);
  await settled(page);
  const wrong = async () => {
    const { data } = (await answered) ?? { data: undefined };
    if (!data) return ['no answer'];
    const stats = await page.locator('.stat').allInnerTexts();
    return Object.entries(SHOWN[name](data)).flatMap(([stat, figures]) =>
      figures.filter((figure) => !statOf(stat)(stats).includes(figure)).map((figure) => `${stat}: ${figure}`),
    );
  };
  // A later answer is drawn a moment after it has come.
  await expect.poll(wrong, { timeout: MINUTE / 2 }).toEqual([]);
  await page.context().close();
});

test.each(NAMES)('the first view of %s stands soon after signing in', { timeout: MINUTE }, async (name) => {
  const visit = await signInTo(name);
  const { page } = await openConsole(browser, visit);
  // Once for the files, which a browser keeps; then what a person waits for each morning.
  await page.goto(`${DEMO}/${name}`);
  await settled(page);
  const begun = performance.now();
  await page.goto(`${DEMO}/${name}`, { waitUntil: 'commit' });
  await page.waitForSelector('.stat .value');
  const took = performance.now() - begun;
  console.log(`${name}: first view after ${Math.round(took)} ms`);
  expect(took).toBeLessThan(FIRST_VIEW_MS);
  await page.context().close();
});

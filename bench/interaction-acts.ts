/** What people do on the heaviest screens of both consoles, each as the browser hears it. */
import type { Page } from 'playwright-core';

export type Console = 'admin' | 'operator';
/** `prepare` and `undo` are not measured. */
export type Act = {
  name: string;
  prepare?: (page: Page) => Promise<unknown>;
  run: (page: Page) => Promise<unknown>;
  undo?: (page: Page) => Promise<unknown>;
};
/** `enter` goes on from there, unmeasured. */
export type Screen = { path: string; enter?: (page: Page) => Promise<unknown>; acts: Act[] };

/** In the middle of the element, once it stands on the screen: the clock runs from the press. */
async function click(page: Page, selector: string, at = 0): Promise<void> {
  const element = page.locator(selector).nth(at);
  await element.scrollIntoViewIfNeeded();
  const box = await element.boundingBox();
  if (!box) throw new Error(`There is no ${selector} to click`);
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
}
const close = (page: Page): Promise<void> => page.keyboard.press('Escape');

const sort = (column: string): Act => ({ name: `sort by ${column}`, run: (page) => click(page, `th button:has-text("${column}")`) });
const nextPage: Act = { name: 'next page', run: (page) => click(page, '[aria-label="Next page"]') };
const openFilter = (chip: string): Act => ({
  name: `open the filter ${chip}`,
  run: (page) => click(page, `.chip:has-text("${chip}")`),
  undo: close,
});
/** A choice, and none again. */
const filter = (chip: string, choice: string): Act => ({
  name: `filter by ${chip} ${choice}`,
  prepare: (page) => click(page, `.chip:has-text("${chip}")`),
  run: (page) => click(page, `[role=menuitem]:has-text("${choice}")`),
  async undo(page) {
    await click(page, `.chip:has-text("${chip}")`);
    await click(page, '[role=menuitem]:has-text("Any")');
  },
});
const openDrawer: Act = {
  name: 'open a row beside the list',
  run: (page) => click(page, 'tbody tr[data-row] td', 0),
  undo: close,
};
const openPage: Act = {
  name: 'open the page of a row',
  run: (page) => click(page, 'tbody tr[data-row] td', 0),
  undo: (page) => page.goBack(),
};
const search = (key: string): Act => ({
  name: 'type a letter of the search',
  prepare: (page) => page.locator('.table-search').first().focus(),
  run: (page) => page.keyboard.press(key),
  async undo(page) {
    await page.locator('.table-search').first().fill('');
    // The list asks once nobody types any more: a row pressed meanwhile would be gone before the button is let go.
    await page.waitForTimeout(400);
  },
});
const palette: Act = { name: 'open the palette, Ctrl K', run: (page) => page.keyboard.press('Control+k'), undo: close };
const paletteSearch: Act = {
  name: 'type a letter into the palette',
  async prepare(page) {
    await page.keyboard.press('Control+k');
    await page.keyboard.type('player-12');
    await page.waitForTimeout(400);
  },
  run: (page) => page.keyboard.press('3'),
  undo: close,
};
const choose = (label: string) => `[role=menuitemcheckbox]:has-text("${label}")`;
const theme: Act = {
  name: 'change the theme',
  prepare: (page) => click(page, '[aria-label="Preferences and signing out"]'),
  run: (page) => click(page, choose('Dark')),
  async undo(page) {
    await click(page, choose('Light'));
    await close(page);
  },
};
const tab = (label: string, back: string): Act => ({
  name: `the tab ${label}`,
  run: (page) => click(page, `[role=tab]:has-text("${label}")`),
  undo: (page) => click(page, `[role=tab]:has-text("${back}")`),
});
const visit = (place: string, back: string): Act => ({
  name: `go to ${place} by the rail`,
  run: (page) => click(page, `.rail a.place:has-text("${place}")`),
  undo: (page) => click(page, `.rail a.place:has-text("${back}")`),
});
const period = (value: string, back: string): Act => ({
  name: `the period ${value}`,
  run: (page) => click(page, `.page-head button:text-is("${value}")`),
  undo: (page) => click(page, `.page-head button:text-is("${back}")`),
});

const lists = (console: Console): Screen[] => [
  {
    path: `/${console}`,
    acts: [
      period('90d', '30d'),
      period('All', '30d'),
      visit('Trades', console === 'admin' ? 'Command centre' : 'Dashboard'),
      palette,
      paletteSearch,
      theme,
    ],
  },
  {
    path: `/${console}/users`,
    acts: [sort('Volume'), nextPage, openFilter('Risk tier'), filter('Account', 'Active'), search('7'), openPage],
  },
  {
    path: `/${console}/trades`,
    acts: [sort('Amount'), nextPage, openFilter('Side'), filter('Side', 'Sell'), console === 'admin' ? openDrawer : openPage],
  },
  { path: `/${console}/markets`, acts: [sort('Volume'), nextPage, filter('Status', 'Resolved'), search('w'), openPage] },
  { path: `/${console}/callbacks`, acts: [openFilter('Status')] },
  {
    path: `/${console}/users?sort=trade_count`,
    enter: (page) => click(page, 'tbody tr[data-row] td'),
    acts: [tab('Trades', 'Positions'), tab('Ledger', 'Positions')],
  },
];
const AUDIT: Screen = { path: '/admin/audit-log', acts: [openFilter('Kind of actor'), filter('Kind of actor', 'Admin')] };
const POSITIONS: Screen = { path: '/operator/positions', acts: [sort('Value'), nextPage, filter('Status', 'Open')] };

export const SCREENS: Record<Console, Screen[]> = {
  admin: [...lists('admin'), AUDIT],
  operator: [...lists('operator'), POSITIONS],
};

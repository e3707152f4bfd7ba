/** What a console asks before it acts: where each dialog stands and how a person opens it. */
import type { Page } from 'playwright-core';
import type { Console } from './stage.ts';

export type Act = {
  console: Console;
  /** Names its pictures. */
  name: string;
  /** `{user}` and the like as in the list of screens. */
  at: string;
  open: (page: Page) => Promise<unknown>;
  /** What has to stand there; a dialog otherwise. */
  shows?: string;
};

const press =
  (...names: readonly string[]) =>
  async (page: Page) => {
    for (const name of names) await page.getByRole('button', { name }).filter({ visible: true }).first().click();
  };
const choose = (menu: string | RegExp, item: string) => async (page: Page) => {
  await page.getByRole('button', { name: menu }).first().click();
  await page.getByRole('menuitem', { name: item }).click();
};
const MORE = 'More acts on this player';

const ADMIN: readonly Omit<Act, 'console'>[] = [
  { name: 'halt', at: '/risk', open: press('Halt trading…') },
  { name: 'new-breaker', at: '/risk', open: press('Add') },
  { name: 'trip-breaker', at: '/risk', open: choose(/^Acts on/, 'Trip the breaker…') },
  { name: 'pause-market', at: '/markets/{market}', open: press('Pause…') },
  { name: 'resolve', at: '/markets/{market}', open: press('Resolve or void…') },
  {
    name: 'void',
    at: '/markets/{market}',
    open: async (page) => {
      await press('Resolve or void…')(page);
      await page.getByText('Void', { exact: true }).last().click();
    },
  },
  { name: 'approve-result', at: '/settlements?open={proposed}', open: press('Approve…') },
  { name: 'withdraw-result', at: '/settlements?open={proposed}', open: press('Withdraw…') },
  { name: 'correct-result', at: '/settlements?open={settled}', open: press('Correct…') },
  { name: 'tier', at: '/users/{user}', open: press('Change tier…') },
  { name: 'restrict', at: '/users/{user}', open: press('Restrict…') },
  { name: 'suspend', at: '/users/{user}', open: press('Suspend…') },
  { name: 'balance', at: '/users/{internal}', open: choose(MORE, 'Adjust the balance…') },
  { name: 'limit-tier', at: '/users/{user}', open: choose(MORE, 'Change the limit tier…') },
  { name: 'new-operator', at: '/operators', open: press('New operator') },
  { name: 'terms', at: '/operators/example-casino', open: press('Change terms…') },
  { name: 'suspend-operator', at: '/operators/example-casino', open: press('Suspend…') },
  { name: 'top-up', at: '/operators/example-casino?tab=credits', open: press('Top up…') },
  { name: 'invite', at: '/operators/example-casino?tab=members', open: press('Invite…') },
  { name: 'pass-step', at: '/operators/harbour-bets?tab=onboarding', open: press('Pass ') },
  { name: 'application', at: '/applications?open={application}', open: async () => {}, shows: '.drawer' },
  { name: 'approve-application', at: '/applications?open={application}', open: press('Approve and invite…') },
  { name: 'reject-application', at: '/applications?open={application}', open: press('Reject…') },
  { name: 'seller', at: '/invoices', open: press('Our details…') },
  { name: 'payment', at: '/invoices/{open-invoice}', open: press('Record a payment…') },
  { name: 'credit-note', at: '/invoices/{open-invoice}', open: press('Take back…') },
  { name: 'new-report', at: '/reports', open: press('New report…') },
  { name: 'schedule', at: '/reports', open: press('Schedule…') },
  { name: 'new-export', at: '/reports', open: press('New export…') },
  { name: 'replay', at: '/callbacks?open={failed-call}', open: press('Replay…') },
  { name: 'handle', at: '/callbacks?open={failed-call}', open: press('Mark as handled…') },
  {
    name: 'change-configuration',
    at: '/configuration',
    open: async (page) => {
      await page.getByLabel('Global exposure limit').fill('600000');
      await press('Save…')(page);
    },
  },
  { name: 'palette', at: '/', open: (page) => page.keyboard.press('Control+k'), shows: '.palette' },
  { name: 'keyboard', at: '/', open: (page) => page.keyboard.press('?') },
  { name: 'preferences', at: '/', open: press('Preferences and signing out'), shows: '.menu' },
  { name: 'columns', at: '/trades', open: press('Columns and density'), shows: '.popover' },
  { name: 'filter', at: '/trades', open: press('Days'), shows: '.popover' },
];

const OPERATOR: readonly Omit<Act, 'console'>[] = [
  { name: 'restrict', at: '/users/{user}', open: press('Restrict…') },
  { name: 'suspend', at: '/users/{user}', open: press('Suspend…') },
  { name: 'limit-tier', at: '/users/{user}', open: choose(MORE, 'Change the limit tier…') },
  { name: 'new-report', at: '/reports', open: press('New report…') },
  { name: 'schedule', at: '/reports', open: press('Schedule…') },
  { name: 'billing', at: '/invoices', open: press('Billing details…') },
  { name: 'add-origin', at: '/embed', open: press('Add an origin') },
  { name: 'remove-origin', at: '/embed', open: press('Remove http') },
  { name: 'new-key', at: '/embed', open: press('New key pair') },
  {
    name: 'key-shown-once',
    at: '/embed',
    open: async (page) => {
      await press('New key pair')(page);
      await page.getByLabel('Name').fill('Cashier');
      await page.locator('.dialog input[type=checkbox]').first().check();
      await press('Make the pair')(page);
      await page.getByText('The secret is shown this once').waitFor();
    },
  },
  { name: 'rotate-key', at: '/embed', open: press('Rotate ') },
  { name: 'delete-key', at: '/embed', open: press('Delete ') },
  { name: 'revert', at: '/configuration', open: press('Revert…') },
  {
    name: 'change-configuration',
    at: '/configuration',
    open: async (page) => {
      await page.getByLabel('Default trade amount').fill('20');
      await press('Save…')(page);
    },
  },
  { name: 'replay', at: '/callbacks?open={failed-call}', open: press('Replay…') },
  { name: 'palette', at: '/', open: (page) => page.keyboard.press('Control+k'), shows: '.palette' },
];

export const ACTS: readonly Act[] = [
  ...ADMIN.map((act) => ({ ...act, console: 'admin' as const })),
  ...OPERATOR.map((act) => ({ ...act, console: 'operator' as const })),
];

/** Consoles of the demo as their people see them: signed in, on a screen, with something to look at. */
import type { Browser, Page } from 'playwright-core';
import { inject } from 'vitest';
import { openPage } from '../browser.ts';
import { ALL_PICTURES } from '../gallery.ts';

export const DEMO = inject('demo');
export const THEMES = ['light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];
const PASSWORD = 'predictu-demo';
const SHOWN_MS = 30_000;

/** `{user}` and the like stand for the first of the list named by `ids`. */
export const CONSOLES = {
  admin: {
    email: 'admin@predictu.local',
    api: '/api/internal',
    screens: [
      '/',
      '/activity',
      '/operators',
      '/operators/example-casino',
      '/applications',
      '/users',
      '/users/{user}',
      '/trades',
      '/markets',
      '/markets/{market}',
      '/risk',
      '/exposure',
      '/sharp-bettors',
      '/settlements',
      '/settlements?open={settlement}',
      '/callbacks',
      '/callbacks?open={call}',
      '/mails',
      '/revenue',
      '/invoices',
      '/invoices/{invoice}',
      '/analytics',
      '/reports',
      '/audit-log',
      '/configuration',
    ],
  },
  operator: {
    email: 'operator@lucky-spins.local',
    api: '/api/operator',
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
      '/settlements?open={settlement}',
      '/callbacks',
      '/callbacks?open={call}',
      '/revenue',
      '/invoices',
      '/invoices/{invoice}',
      '/reports',
      '/copilot',
      '/settings',
      '/configuration',
      '/wallet',
      '/api-keys',
      '/embed',
    ],
  },
} as const;
export type Console = keyof typeof CONSOLES;
export const NAMES = Object.keys(CONSOLES) as Console[];

type Row = { id: string; status: string };
/** Where the first of a kind is found; some are there only sometimes, and only dialogs ask for them. */
const LISTS: Record<string, string> = {
  user: '/users?limit=1&sort=volume&status=active',
  market: '/markets?limit=1&status=active',
  settlement: '/settlements?limit=1',
  call: '/wallet/calls?limit=1',
  invoice: '/invoices',
};
const SPECIAL: Record<string, { list: string; consoles: readonly Console[]; of?: (row: Row) => boolean }> = {
  internal: { list: '/users?limit=1&sort=volume&operator=example-casino', consoles: ['admin'] },
  proposed: { list: '/settlements?limit=1&status=pending', consoles: ['admin'] },
  settled: { list: '/settlements?limit=1&status=completed', consoles: ['admin'] },
  'open-invoice': { list: '/invoices?limit=50', consoles: ['admin'], of: ({ status }) => status === 'sent' || status === 'overdue' },
  'failed-call': { list: '/wallet/calls?limit=1&status=failed', consoles: ['admin', 'operator'] },
};

/** Somebody signed in: what the console keeps, and the API asked the same way. */
export type Visit = {
  name: Console;
  session: string;
  ask<T>(path: string): Promise<T>;
  send(path: string, body: object): Promise<Response>;
};

export async function signInTo(name: Console, email: string = CONSOLES[name].email): Promise<Visit> {
  const response = await fetch(`${DEMO}/api/auth/${name}/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password: PASSWORD }),
  });
  if (!response.ok) throw new Error(`${email} was not let in: ${await response.text()}`);
  const { token, expires_at, user } = ((await response.json()) as { data: { token: string; expires_at: string; user: object } }).data;
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const at = (path: string): string => DEMO + CONSOLES[name].api + path;
  return {
    name,
    session: JSON.stringify({ token, expires_at, person: user }),
    async ask<T>(path: string): Promise<T> {
      const answer = await fetch(at(path), { headers });
      if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
      return (await answer.json()) as T;
    },
    send: (path, body) => fetch(at(path), { method: 'POST', headers, body: JSON.stringify(body) }),
  };
}

const firstOf = async (visit: Visit, list: string, of: (row: Row) => boolean = () => true): Promise<string | undefined> =>
  (await visit.ask<{ data: Row[] }>(list)).data.find(of)?.id;

/** Ids of things that are there, those that only dialogs ask for included. The small demo need not have all of those. */
export async function idsOf(visit: Visit, special = true): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  const keep = (kind: string, id: string | undefined, needed: boolean) => {
    if (id !== undefined) ids.set(kind, id);
    else if (needed) throw new Error(`The demo has no ${kind} to look at`);
  };
  for (const [kind, list] of Object.entries(LISTS)) keep(kind, await firstOf(visit, list), true);
  for (const [kind, { list, consoles, of }] of Object.entries(SPECIAL))
    if (special && consoles.includes(visit.name)) keep(kind, await firstOf(visit, list, of), ALL_PICTURES);
  return ids;
}

export const placeOf = ({ name }: Visit, screen: string, ids: ReadonlyMap<string, string>): string =>
  `/${name}${screen.replace(/\{([\w-]+)\}/g, (_, kind: string) => ids.get(kind) ?? '')}`;

/** The screens of a console with the ids of things that are there. */
export async function screensOf(visit: Visit): Promise<{ screen: string; path: string }[]> {
  const ids = await idsOf(visit, false);
  return CONSOLES[visit.name].screens.map((screen) => ({ screen, path: placeOf(visit, screen, ids) }));
}

export type Viewport = { width: number; height: number };
export const DESK: Viewport = { width: 1280, height: 900 };

/** A page of somebody who is signed in, in a theme. */
export async function openConsole(browser: Browser, { name, session }: Visit, { theme = 'light' as Theme, viewport = DESK } = {}) {
  const opened = await openPage(browser, viewport);
  await opened.page.addInitScript(
    ([key, value, chosen]) => {
      localStorage.setItem('predictu.preferences', JSON.stringify({ theme: chosen }));
      sessionStorage.setItem(key as string, value as string);
    },
    [`predictu.${name}.session`, session, theme],
  );
  return opened;
}

/** Its data has come: a heading, and no grey bars. */
export const settled = (page: Page): Promise<unknown> =>
  page.waitForFunction(
    () => document.querySelector('.page h1, .drawer h2') !== null && document.querySelector('.skeleton') === null,
    undefined,
    {
      timeout: SHOWN_MS,
    },
  );

/** Consoles of the demo as their people see them: signed in, on a screen, with something to look at. */
import type { Browser, Page } from 'playwright-core';
import { inject } from 'vitest';
import { openPage } from '../browser.ts';

export const DEMO = inject('demo');
export const THEMES = ['light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];
export const PASSWORD = 'predictu-demo';
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

const LISTS = {
  user: '/users?limit=1&sort=volume',
  market: '/markets?limit=1&status=active',
  settlement: '/settlements?limit=1',
  call: '/wallet/calls?limit=1',
  invoice: '/invoices',
} as const;

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

/** The screens of a console with the ids of things that are there. */
export async function screensOf(visit: Visit): Promise<{ screen: string; path: string }[]> {
  const ids = new Map<string, string>();
  for (const [kind, list] of Object.entries(LISTS)) {
    const [first] = (await visit.ask<{ data: { id: string }[] }>(list)).data;
    if (!first) throw new Error(`The demo has no ${kind} to look at`);
    ids.set(kind, first.id);
  }
  return CONSOLES[visit.name].screens.map((screen) => ({
    screen,
    path: `/${visit.name}${screen.replace(/\{(\w+)\}/g, (_, kind: string) => ids.get(kind) ?? '')}`,
  }));
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

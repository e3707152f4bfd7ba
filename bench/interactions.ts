import { parseArgs } from 'node:util';
import { PERMISSIONS } from '@predictu/contract/endpoint';
import type { Browser, Page } from 'playwright-core';
import { openBrowser } from '../e2e/browser.ts';
import { type Act, type Console, SCREENS, type Screen } from './interaction-acts.ts';
import { installProbe } from './interaction-probe.ts';
import { openMillion } from './million.ts';
import { addStaff, signIn } from './million-staff.ts';
import { startMillionServer } from './start-million-server.ts';
import { median } from './statistics.ts';

const MOST_MS = 100;
const FIRST_VIEW_MS = 1_000;
const PATIENCE_MS = 30_000;
const ACT_MS = 5_000;
const DAY_MS = 86_400_000;
const PERSON = { email: 'bench@example.com', name: 'Bench', operator_slug: 'bench-1', permissions: [...PERMISSIONS] };
const FIRST_VIEWS = 3;
const { values: options } = parseArgs({ options: { rounds: { type: 'string', default: '7' }, only: { type: 'string', default: '' } } });
const rounds = Number(options.rounds);
const say = (text: string): void => void process.stderr.write(`${text}\n`);

type Measured = { response: number; shown: number; event: number };

const settled = (page: Page): Promise<unknown> => page.waitForFunction(() => window.probe.quiet(), undefined, { timeout: PATIENCE_MS });

/** One input, from its own time stamp. */
async function measure(page: Page, act: Act): Promise<Measured> {
  await page.evaluate(() => window.probe.reset());
  await act.run(page);
  await page.waitForFunction(() => window.probe.responded > 0, undefined, { timeout: PATIENCE_MS, polling: 20 });
  await settled(page);
  const { begun, responded, changed, slowest } = await page.evaluate(() => {
    const { reset, quiet, ...figures } = window.probe;
    return figures;
  });
  return { response: responded - begun, shown: changed - begun, event: slowest };
}

const worst = (values: readonly number[]): number => Math.max(...values);
const cell = (value: number): string => value.toFixed(0).padStart(6);
const line = (name: string, of: readonly Measured[]): string => {
  const [response, shown, event] = (['response', 'shown', 'event'] as const).map((key) => of.map((one) => one[key]));
  const parts = [response, event, shown].map((values) => `${cell(median(values ?? []))} ${cell(worst(values ?? []))}`);
  return `${name.padEnd(52)} ${parts.join('  ')}${worst(response ?? []) > MOST_MS ? '  over' : ''}`;
};

async function openPage(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
  const page = await context.newPage();
  page.setDefaultTimeout(ACT_MS);
  page.setDefaultNavigationTimeout(PATIENCE_MS);
  // The compiler names functions with a helper the page has not.
  await page.addInitScript(`{ const __name = (value) => value; (${installProbe})(); }`);
  return page;
}

const expiry = (): string => new Date(Date.now() + DAY_MS).toISOString();

async function openConsole(browser: Browser, console: Console, token: string): Promise<Page> {
  const page = await openPage(browser);
  const session = JSON.stringify({ token, expires_at: expiry(), person: PERSON });
  await page.addInitScript(
    ([key, value]) => sessionStorage.setItem(key as string, value as string),
    [`predictu.${console}.session`, session],
  );
  return page;
}

/** From the press of the key that signs in to the last paint that brought anything. Nobody checks the password: that is no matter of the screen. */
async function firstView(browser: Browser, console: Console, token: string, url: string): Promise<number> {
  const page = await openPage(browser);
  const data = { token, expires_at: expiry(), user: PERSON };
  await page.route('**/api/auth/*/login', (route) => route.fulfill({ json: { data } }));
  await page.goto(`${url}/${console}`);
  await page.getByLabel('E-mail').fill(PERSON.email);
  await page.getByLabel('Password').fill('no matter');
  await settled(page);
  await page.evaluate(() => window.probe.reset());
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.querySelector('.page h1') !== null, undefined, { timeout: PATIENCE_MS });
  await settled(page);
  const shown = await page.evaluate(() => window.probe.changed - window.probe.begun);
  await page.context().close();
  return shown;
}

async function go(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.waitForFunction(() => document.querySelector('.page h1') !== null, undefined, { timeout: PATIENCE_MS });
  await settled(page);
}

async function repeat(page: Page, act: Act): Promise<Measured[]> {
  const found: Measured[] = [];
  for (let round = 0; round < rounds; round += 1) {
    await act.prepare?.(page);
    await settled(page);
    found.push(await measure(page, act));
    await act.undo?.(page);
    await settled(page);
  }
  return found;
}

async function measureScreen(page: Page, url: string, screen: Screen, report: (name: string, of: Measured[]) => void): Promise<void> {
  await go(page, url + screen.path);
  await screen.enter?.(page);
  await settled(page);
  for (const act of screen.acts) {
    const name = `${screen.path}: ${act.name}`;
    await repeat(page, act).then(
      (found) => report(name, found),
      (error: Error) => say(`${name}: ${error.message}`),
    );
  }
}

const million = await openMillion({ info: say, warn: say });
await addStaff(million);
const server = startMillionServer(million, { env: { NODE_ENV: 'production' } });
let browser: Browser | undefined;
try {
  const url = `http://127.0.0.1:${await server.ask<number>({ want: 'port' })}`;
  const tokens = await signIn(million);
  say('until the server has the lists in memory and the rollups are complete');
  await server.ask({ want: 'rolled' });
  await server.ask({ want: 'lists' });
  browser = await openBrowser();
  process.stdout.write(`${'milliseconds, median and worst'.padEnd(52)}   response       event          shown\n`);
  let [most, slow] = [0, 0];
  for (const console of ['admin', 'operator'] as const) {
    const views: number[] = [];
    for (let n = 0; n < FIRST_VIEWS; n += 1) views.push(await firstView(browser, console, tokens[console], url));
    process.stdout.write(`/${console}: first view ${views.map(cell).join(' ')}${median(views) > FIRST_VIEW_MS ? '  over' : ''}\n`);
    const page = await openConsole(browser, console, tokens[console]);
    for (const screen of SCREENS[console].filter(({ path }) => path.includes(options.only))) {
      await measureScreen(page, url, screen, (name, found) => {
        process.stdout.write(`${line(name, found)}\n`);
        most = Math.max(most, ...found.map(({ response }) => response));
        if (found.some(({ response }) => response > MOST_MS)) slow += 1;
      });
    }
    await page.context().close();
  }
  process.stdout.write(`slowest response ${most.toFixed(0)} ms; ${slow} inputs over ${MOST_MS} ms\n`);
} finally {
  await browser?.close();
  await server.stop();
  await million.stop();
}

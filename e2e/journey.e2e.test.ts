/** A new operator's whole way, through the screens alone: from the application to a trade of one of its players on a market of its own. Then the risk manager of that house, without a mouse. */
import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Browser, FrameLocator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DnsServer, openDnsServer } from '../apps/server/test/dns-server.ts';
import { accessibilityFaults, openBrowser, openPage, overflow } from './browser.ts';
import { openCasino, type RunningCasino, showAt } from './casino.ts';
import { linkTo, mailsTo } from './mailbox.ts';
import { type Installation, install } from './server.ts';
import { findPlayer, halt, holdAtSharp, resume, signIn } from './without-mouse.ts';

const PICTURES = fileURLToPath(new URL('../artifacts/journey', import.meta.url));
const DESK = { width: 1440, height: 900 };
const SOON = { timeout: 20_000 };
const COMPANY = 'Halcyon Resorts';
const CONTACT = 'ines@halcyon.example';
const PASSWORD = 'a sunny walk along the quay';
const ORIGIN = 'https://play.halcyon.example';
const ADMIN = { email: 'ada@predictu.test', password: 'correct horse battery staple' };
const LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 32"><circle cx="16" cy="16" r="14" fill="#0b7a75"/></svg>';

let server: Installation;
let browser: Browser;
let dns: DnsServer;
let casino: RunningCasino | undefined;
const problems: string[] = [];

beforeAll(async () => {
  mkdirSync(PICTURES, { recursive: true });
  dns = await openDnsServer();
  // Faster than any person: it must not run into what one administrator may ask in a minute.
  const settings = { DNS_SERVERS: dns.address, S2S_ALLOW_LOOPBACK: 'true', RATE_LIMIT_ADMIN_PER_MINUTE: '600' };
  [server, browser] = await Promise.all([install(settings), openBrowser()]);
  const command = fileURLToPath(new URL('../bin/predictu.js', import.meta.url));
  const env = { ...process.env, PREDICTU_DATA_DIR: join(server.dataFolder, 'data'), PREDICTU_ADMIN_PASSWORD: ADMIN.password };
  await promisify(execFile)(process.execPath, [command, 'admin', 'create', '--email', ADMIN.email, '--name', 'Ada'], { env });
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await casino?.stop();
  await server?.stop();
  await dns?.close();
});

const heard: string[][] = [];
let pictures = 0;
/** Keeps a picture, and asks of the page what every page is asked. */
async function look(page: Page, name: string): Promise<void> {
  pictures += 1;
  await page.screenshot({ path: join(PICTURES, `${String(pictures).padStart(2, '0')}-${name}.png`) });
  for (const fault of [...(await overflow(page)), ...(await accessibilityFaults(page))]) problems.push(`${name}: ${fault}`);
}

async function person(): Promise<Page> {
  const opened = await openPage(browser, DESK);
  heard.push(opened.problems);
  // The platform stands on this machine, and the casino’s page somewhere else.
  await opened.page.context().grantPermissions(['local-network-access'], { origin: ORIGIN });
  opened.page.on('close', () => problems.push(...opened.problems.filter((one) => !one.includes('401') && one !== `outside: ${ORIGIN}`)));
  opened.page.setDefaultTimeout(SOON.timeout);
  return opened.page;
}

async function apply(page: Page): Promise<void> {
  await page.goto(server.url);
  await page.getByRole('link', { name: 'Apply to build' }).first().click();
  await page.getByLabel('Company').fill(COMPANY);
  await page.getByLabel('Website').fill('halcyon.example');
  await page.getByLabel('Your name').fill('Ines Borg');
  await page.getByLabel('Work e-mail').fill(CONTACT);
  await page.getByLabel('Jurisdiction').fill('Malta');
  await page.getByLabel('Licensing authority').fill('Malta Gaming Authority');
  for (const category of ['Sports', 'Crypto']) await page.getByLabel(category).check();
  await page.getByLabel('Active players a month').selectOption('25k_to_100k');
  await page.getByLabel('Expected volume a month').selectOption('1m_to_10m');
  await page.getByLabel('Seamless').check();
  await page.getByLabel('Store what is written here').check();
  await look(page, 'apply');
  await page.getByRole('button', { name: 'Send application' }).click();
  await page.getByRole('heading', { name: 'Your application is here' }).waitFor();
}

async function approve(desk: Page): Promise<void> {
  await desk.goto(`${server.url}/admin`);
  await desk.getByLabel('E-mail').fill(ADMIN.email);
  await desk.getByLabel('Password').fill(ADMIN.password);
  await desk.getByRole('button', { name: 'Sign in' }).click();
  await desk.getByRole('link', { name: /^Applications/ }).click();
  await desk.getByText(COMPANY).first().click();
  await desk.getByText('Malta Gaming Authority').waitFor();
  await look(desk, 'application');
  await desk.getByRole('button', { name: 'Approve and invite…' }).click();
  await desk.getByLabel('Reason').fill('Licence checked');
  await desk.getByRole('button', { name: 'Approve and invite', exact: true }).click();
  await desk.getByRole('button', { name: 'Invite again' }).waitFor();
}

async function accept(page: Page): Promise<void> {
  await page.goto(await linkTo(server, CONTACT, 'Your invitation'));
  const open = page.getByRole('button', { name: /continue|open|accept/i });
  const choose = page.getByLabel('Choose a password');
  await choose.or(open).first().waitFor();
  if (!(await choose.isVisible())) await open.first().click();
  await choose.fill(PASSWORD);
  await look(page, 'invitation');
  await page.getByRole('button', { name: 'Open the workspace' }).click();
  await page.waitForURL(`${server.url}/dashboard`);
  await page.getByText('Onboarding').first().waitFor();
  await look(page, 'workspace');
}

async function brand(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Settings' }).first().click();
  await page.getByLabel('Display name').fill('Halcyon');
  await page.getByLabel('Primary colour').fill('#0b7a75');
  await page.getByLabel('Secondary colour').fill('#102a2a');
  await page.getByRole('button', { name: 'Save branding' }).click();
  await page.getByText('Branding saved').waitFor();
  const picture = join(server.dataFolder, 'logo.svg');
  writeFileSync(picture, LOGO);
  await page.getByLabel('Logo file').setInputFiles(picture);
  await page.getByAltText('Logo of Halcyon on light').waitFor();
  await look(page, 'branding');
}

const textOf = (page: Page, label: string): Promise<string> => page.getByRole('textbox', { name: label, exact: true }).inputValue();
async function keepSecret(page: Page): Promise<void> {
  await page.getByLabel('I have stored the secret').check();
  await page.getByRole('button', { name: 'Done' }).click();
}

/** The keys of the workspace go into the casino; its address comes back into the workspace, and a PING goes through. */
async function connectWallet(page: Page): Promise<RunningCasino> {
  await page.getByRole('link', { name: 'API keys' }).click();
  await page.getByRole('button', { name: 'New key pair' }).click();
  await page.getByLabel('Name').fill('Casino server');
  await page.getByRole('button', { name: 'Make the pair' }).click();
  await page.getByRole('heading', { name: 'Casino server' }).waitFor();
  const [apiKey, apiSecret] = [await textOf(page, 'API key'), await textOf(page, 'API secret')];
  await look(page, 'key-pair');
  await keepSecret(page);

  await page.getByRole('link', { name: 'Wallet' }).first().click();
  await page.getByText('set the callback URL').first().waitFor();
  await look(page, 'wallet-before');
  await page.getByRole('button', { name: 'New secret…' }).click();
  await page.getByRole('button', { name: 'Make the secret' }).click();
  const webhookSecret = await textOf(page, 'Webhook secret');
  await keepSecret(page);
  const operatorId = await textOf(page, 'Your operator id');
  const keys = { slug: 'halcyon-resorts', apiKey, apiSecret, webhookSecret, operatorId };
  casino = await openCasino(server.url, keys, server.dataFolder);

  await page.getByRole('button', { name: 'Change…' }).click();
  await page.getByLabel('Callback URL').fill(casino.callbackUrl);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByRole('button', { name: 'Send a PING' }).click();
  await page.getByText('Your wallet answers and accepts our signature.').waitFor();
  await look(page, 'wallet-answers');
  return casino;
}

async function verifyOrigin(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Embed' }).first().click();
  await page.getByRole('button', { name: 'Add an origin' }).click();
  await page.getByRole('textbox', { name: 'Origin' }).fill(ORIGIN);
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  const name = await textOf(page, 'Name of the TXT record');
  dns.txt.set(name, ['v=spf1 -all', await textOf(page, 'Its text')]);
  await look(page, 'origin-record');
  await page.getByRole('button', { name: 'Check now' }).click();
  await page.getByText('The origin is verified').waitFor();
  await page.getByRole('button', { name: 'Close' }).last().click();
}

async function pass(desk: Page, ...steps: readonly string[]): Promise<void> {
  for (const step of steps) {
    await desk.getByRole('button', { name: `Pass ${step}…` }).click();
    await desk.getByRole('button', { name: 'Pass', exact: true }).click();
    await desk.getByRole('dialog').waitFor({ state: 'detached' });
  }
}

async function enterCasino(page: Page, open: RunningCasino): Promise<FrameLocator> {
  await showAt(page, ORIGIN, open);
  await page.goto(ORIGIN);
  await page.getByRole('button', { name: /^Ana/ }).click();
  const frame = page.frameLocator('#predictu-embed');
  await frame.locator('.card').first().waitFor();
  await frame.getByText('is being tried out').waitFor();
  await frame.getByText('$500.00').waitFor();
  return frame;
}

/** Opens markets from the top of the list until one can be traded: not each has a fresh price every moment. */
async function openTradeable(frame: FrameLocator): Promise<void> {
  const ready = frame.getByRole('button', { name: /^Buy Yes for/ });
  for (let place = 0; place < 8; place += 1) {
    await frame.locator('.card .question').nth(place).click();
    await ready.or(frame.getByText('This market cannot be traded now.')).first().waitFor();
    if (await ready.isVisible()) return;
    await frame.getByRole('button', { name: 'Back', exact: true }).click();
  }
  throw new Error('None of the first markets can be traded');
}

async function buy(frame: FrameLocator): Promise<void> {
  await frame.getByRole('button', { name: /^Buy Yes for/ }).click();
  await frame.getByText(/^You bought .+ Yes$/).waitFor();
}

/** By conversation, then by the fixes of the lint. */
async function draft(page: Page): Promise<string> {
  const [year, month] = [new Date().getUTCFullYear() + 1, 'March'];
  await page.getByRole('link', { name: 'Copilot' }).first().click();
  const say = async (text: string) => {
    await page.getByLabel('Your message').fill(text);
    await page.getByLabel('Your message').press('Enter');
  };
  await say(`Will Bitcoin be above $150,000 on ${month} 1, ${year}?`);
  await page.getByRole('button', { name: 'Deploy…' }).waitFor();
  await page.getByText('answered by rules').first().waitFor();
  await say('the source is Coinbase, https://www.coinbase.com/price/bitcoin');
  await page.getByText('answered by rules').nth(1).waitFor();
  await page.getByText(/lint \d+ of 100/).waitFor();
  await look(page, 'draft');
  const deploy = page.getByRole('button', { name: 'Deploy…' });
  const fixes = page.getByRole('button', { name: /^Fix: / });
  for (let fixed = 0; fixed < 10 && !(await deploy.isEnabled()) && (await fixes.count()) > 0; fixed += 1) await fixes.first().click();
  await expect.poll(() => deploy.isEnabled(), SOON).toBe(true);
  const question = await textOf(page, 'Question');
  await deploy.click();
  await look(page, 'deploy');
  await page.getByRole('button', { name: 'Deploy', exact: true }).click();
  await page.getByText('Your players can trade it now').waitFor();
  await look(page, 'own-markets');
  return question;
}

test('from an application to a trade of a player on a market of its own', { timeout: 180_000 }, async () => {
  const [page, desk, player] = [await person(), await person(), await person()];
  try {
    await walk(page, desk, player);
  } catch (error) {
    for (const [name, one] of Object.entries({ page, desk, player })) await one.screenshot({ path: join(PICTURES, `failed-${name}.png`) });
    throw new Error(`What went wrong on the pages so far: ${JSON.stringify([...problems, ...heard.flat()])}`, { cause: error });
  }
  for (const one of [page, desk, player]) await one.close();
  expect(problems).toEqual([]);
});

async function walk(page: Page, desk: Page, player: Page): Promise<void> {
  const begun = performance.now();
  const lap = (words: string): void => console.log(`${((performance.now() - begun) / 1_000).toFixed(1)} s: ${words}`);
  await apply(page);
  await approve(desk);
  await accept(page);
  lap('in the workspace');
  await brand(page);
  const open = await connectWallet(page);
  await verifyOrigin(page);
  await page.getByRole('link', { name: 'Dashboard' }).click();
  await page.getByText('verified').first().waitFor();
  await look(page, 'checklist');
  lap('set up');

  await desk.goto(`${server.url}/admin/operators/halcyon-resorts?tab=onboarding`);
  await desk.getByRole('button', { name: 'Pass Branding…' }).waitFor();
  await look(desk, 'onboarding');
  await pass(desk, 'Branding', 'Wallet', 'Embed');

  const frame = await enterCasino(player, open);
  await look(player, 'casino');
  await openTradeable(frame);
  await buy(frame);
  await look(player, 'test-trade');
  lap('test trade made');

  const question = await draft(page);
  await desk.getByText('A buy went through').waitFor();
  await pass(desk, 'Test trades', 'Go live');
  await desk.getByText('The operator is live').waitFor();
  await look(desk, 'live');
  lap('live');

  await frame.getByRole('button', { name: 'OK', exact: true }).click();
  await frame.getByRole('button', { name: 'Back', exact: true }).click();
  await frame.getByPlaceholder('Search the markets').fill(question);
  await frame.getByRole('button', { name: question, exact: true }).click();
  await frame.getByText(question).first().waitFor();
  await desk.goto(`${server.url}/admin`);
  await page.getByRole('link', { name: 'Dashboard' }).click();
  for (const one of [desk, page]) await one.getByRole('heading', { level: 1 }).waitFor();
  await buy(frame);
  await look(player, 'own-market-bought');
  // Nobody reloads: the trade comes by itself.
  for (const one of [desk, page]) await one.getByText(`on '${question}'`).first().waitFor();
  await look(page, 'operator-sees-it');
  await look(desk, 'platform-sees-it');

  // Open frames follow the operator within a minute, and say no longer that it is being tried out.
  await frame.getByText('is being tried out').waitFor({ state: 'detached', timeout: 60_000 });
  await player.getByRole('link', { name: 'Cashier' }).last().click();
  await player.locator('#statement').getByText('Bet', { exact: true }).nth(1).waitFor();
  await look(player, 'debited');
  lap('seen');

  expect(mailsTo(server, CONTACT).length).toBeGreaterThan(1);
}

// Here and not on the demo that other files share: it stops every player who is about to buy.
test('without a mouse: sign in, find a player, change a tier with a reason, trip and reset a breaker', { timeout: 180_000 }, async () => {
  const { page, problems: unexpected } = await openPage(browser);
  await signIn(page, server.url, ADMIN);
  await holdAtSharp(page, await findPlayer(page, 'Ana'), 'Known from another house');
  const breaker = await halt(page, 'Drill');
  await resume(page, breaker, 'Drill over');
  expect(unexpected).toEqual([]);
  await page.context().close();
});

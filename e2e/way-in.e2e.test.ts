/** A company's way in, as a person walks it: apply, be approved, accept the invitation from the mail, choose a password, work. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accessibilityFaults, openBrowser, openPage, overflow } from './browser.ts';
import { linkTo } from './mailbox.ts';
import { type Installation, install } from './server.ts';

const ADMIN = { email: 'ada@predictu.test', password: 'correct horse battery staple' };
const CONTACT = 'ines@halcyon.example';
const PASSWORD = 'a sunny walk along the quay';

let server: Installation;
let browser: Browser;
beforeAll(async () => {
  [server, browser] = await Promise.all([install(), openBrowser()]);
  const command = fileURLToPath(new URL('../bin/predictu.js', import.meta.url));
  const env = { ...process.env, PREDICTU_DATA_DIR: join(server.dataFolder, 'data'), PREDICTU_ADMIN_PASSWORD: ADMIN.password };
  await promisify(execFile)(process.execPath, [command, 'admin', 'create', '--email', ADMIN.email, '--name', 'Ada'], { env });
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

/** As a mail scanner does, before anybody has read the mail: opens the link, and uses nothing up. */
async function scan(link: string): Promise<void> {
  for (let opened = 0; opened < 3; opened += 1) {
    const answer = await fetch(link);
    expect([answer.status, answer.headers.get('set-cookie'), answer.url]).toEqual([200, null, link]);
  }
}

async function looksRight(page: Page): Promise<void> {
  expect([...(await overflow(page)), ...(await accessibilityFaults(page))]).toEqual([]);
}

describe.each([
  ['light', 1280],
  ['dark', 360],
] as const)('the site in the %s theme at %i px', (theme, width) => {
  test.each(['/', '/operators/apply', '/status', '/auth/login'])('%s', async (path) => {
    const { page, problems } = await openPage(browser, { width, height: 900 });
    await page.addInitScript((chosen) => localStorage.setItem('predictu.preferences', JSON.stringify({ theme: chosen })), theme);
    await page.goto(`${server.url}${path}`, { waitUntil: 'networkidle' });
    await page.getByRole('heading', { level: 1 }).waitFor();
    await looksRight(page);
    expect(problems).toEqual([]);
    await page.context().close();
  });
});

test('the status page shows what /api/health answers', async () => {
  const { page } = await openPage(browser);
  await page.goto(`${server.url}/status`);
  await page.getByText('Not configured').first().waitFor();
  const { data } = (await (await fetch(`${server.url}/api/health`)).json()) as { data: { version: string; downstreams: object } };
  expect(await page.locator('.part').count()).toBe(Object.keys(data.downstreams).length);
  await page.getByText(`version ${data.version}`).waitFor();
  await page.context().close();
});

test('the home page scores a question while one waits', async () => {
  const { page, problems } = await openPage(browser, { width: 390, height: 844 });
  await page.goto(`${server.url}/#demo`);
  await page.getByLabel('Your question').fill('Will Bitcoin close above $150,000 before July?');
  await page.getByRole('button', { name: 'Score it' }).click();
  const shown = await page.locator('.scored b').textContent();
  expect(shown).toMatch(/^\d{1,3}%$/);
  await looksRight(page);
  expect(problems).toEqual([]);
  await page.context().close();
});

test('from the form to a workspace', { timeout: 180_000 }, async () => {
  const applicant = await openPage(browser, { width: 1280, height: 900 });
  const { page } = applicant;
  await page.goto(`${server.url}/`);
  await page.getByRole('link', { name: 'Apply to build' }).click();
  await page.getByRole('button', { name: 'Send application' }).click();
  await page.getByText('Write the name of your company').waitFor();
  await page.getByLabel('Company').fill('Halcyon Resorts Ltd');
  await page.getByLabel('Website').fill('halcyon.example');
  await page.getByLabel('Your name').fill('Ines Borg');
  await page.getByLabel('Work e-mail').fill(CONTACT);
  await page.getByLabel('Jurisdiction').fill('Malta');
  await page.getByLabel('Licensing authority').fill('Malta Gaming Authority');
  await page.getByLabel('Sports').check();
  await page.getByLabel('Active players a month').selectOption('25k_to_100k');
  await page.getByLabel('Expected volume a month').selectOption('1m_to_10m');
  await page.getByLabel('Store what is written here').check();
  await page.getByRole('button', { name: 'Send application' }).click();
  await page.getByRole('heading', { name: 'Your application is here' }).waitFor();
  await looksRight(page);

  const reviewer = await openPage(browser, { width: 1280, height: 900 });
  const desk = reviewer.page;
  await desk.goto(`${server.url}/admin/applications`);
  await desk.getByLabel('E-mail').fill(ADMIN.email);
  await desk.getByLabel('Password').fill(ADMIN.password);
  await desk.getByRole('button', { name: 'Sign in' }).click();
  await desk.getByText('Halcyon Resorts Ltd').first().click();
  await looksRight(desk);
  await desk.getByRole('button', { name: 'Approve and invite…' }).click();
  await desk.getByLabel('Reason').fill('Licence checked');
  await desk.getByRole('button', { name: 'Approve and invite', exact: true }).click();
  await desk.getByRole('button', { name: 'Invite again' }).waitFor();

  const invitation = await linkTo(server, CONTACT, 'Your invitation');
  await scan(invitation);
  await page.goto(invitation);
  await looksRight(page);
  await page.getByRole('button', { name: 'Accept the invitation' }).click();
  await page.getByRole('heading', { name: 'Welcome to Halcyon Resorts Ltd' }).waitFor();
  expect(page.url()).toBe(`${server.url}/auth/continue`);
  await looksRight(page);
  await page.getByLabel('Choose a password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Open the workspace' }).click();
  await page.waitForURL(`${server.url}/dashboard`);
  await page.getByText('Halcyon Resorts Ltd').first().waitFor();
  await page.goto(`${server.url}/dashboard/api-keys`);
  await page.getByRole('button', { name: 'New key pair' }).waitFor();

  await desk.goto(`${server.url}/admin/audit-log?action=operator.create`);
  await desk.getByRole('link', { name: 'Halcyon Resorts Ltd' }).first().waitFor();
  await desk.getByText('Created an operator').first().click();
  await desk.getByText('The invitation was accepted').first().waitFor();
  await looksRight(desk);
  expect([...applicant.problems.filter((one) => !one.includes('401')), ...reviewer.problems]).toEqual([]);
});

test('a member signs in again: by password, by a link, with a new password', { timeout: 120_000 }, async () => {
  const { page } = await openPage(browser, { width: 390, height: 844 });
  await page.goto(`${server.url}/dashboard/settings`);
  await page.waitForURL('**/auth/login?next=*');
  await page.getByLabel('E-mail').fill(CONTACT);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(`${server.url}/dashboard/settings`);
  await page.context().close();

  const again = await openPage(browser, { width: 390, height: 844 });
  await again.page.goto(`${server.url}/auth/login`);
  await again.page.getByLabel('E-mail').fill(CONTACT);
  await again.page.getByRole('button', { name: 'E-mail me a link' }).click();
  await again.page.getByRole('button', { name: 'Send the link' }).click();
  await again.page.getByRole('heading', { name: 'Look into your mail' }).waitFor();
  const link = await linkTo(server, CONTACT, 'Your link to sign in');
  const elsewhere = await openPage(browser);
  await elsewhere.page.goto(`${server.url}/auth/login?problem=browser`);
  await elsewhere.page.getByText('Open the link in the browser in which you asked for it').waitFor();
  await scan(link);
  await again.page.goto(link);
  await looksRight(again.page);
  await again.page.getByRole('button', { name: 'Sign in' }).click();
  await again.page.waitForURL(`${server.url}/dashboard`);
  await again.page.goto(link);
  await again.page.getByRole('button', { name: 'Sign in' }).click();
  await again.page.getByText('That link has been used').waitFor();
});

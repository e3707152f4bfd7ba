/** The documentation, the API reference and the page of errors, as a developer meets them in a browser. */
import { ERROR_CODES } from '@predictu/contract/errors';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accessibilityFaults, openBrowser, openPage, overflow } from './browser.ts';
import { type Installation, install } from './server.ts';

const WIDTHS = [360, 1280];
type OpenApi = { openapi: string; paths: Record<string, Record<string, { summary: string; tags: string[] }>> };

let server: Installation;
let browser: Browser;
beforeAll(async () => {
  [server, browser] = await Promise.all([install(), openBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

/** The reference with its body drawn: the side bar alone comes earlier. */
async function openReference(width = 1280) {
  const opened = await openPage(browser, { width, height: 800 });
  await opened.page.goto(`${server.url}/docs/reference`, { waitUntil: 'networkidle' });
  await opened.page.getByRole('heading', { level: 1 }).first().waitFor({ state: 'visible' });
  return opened;
}

const openApi = async (): Promise<OpenApi> => (await (await fetch(`${server.url}/openapi.json`)).json()) as OpenApi;

describe('the API reference', () => {
  test('renders without console errors and names every group of endpoints', async () => {
    const { page, problems } = await openReference();
    const { openapi, paths } = await openApi();
    const tags = new Set(Object.values(paths).flatMap((methods) => Object.values(methods).flatMap((operation) => operation.tags)));
    expect(openapi).toMatch(/^3\.1/);
    expect(tags.size).toBeGreaterThan(0);
    for (const tag of tags) await page.getByText(tag, { exact: true }).first().waitFor({ state: 'attached' });
    expect(problems).toEqual([]);
  });

  test('lists an endpoint with its method, path and summary', async () => {
    const { page } = await openReference();
    const [path, methods] = Object.entries((await openApi()).paths)[0] ?? ['', {}];
    const [, operation] = Object.entries(methods)[0] ?? [];
    await page.goto(`${server.url}/docs/reference`, { waitUntil: 'networkidle' });
    await page
      .getByText(operation?.summary ?? 'no endpoint', { exact: true })
      .first()
      .waitFor({ state: 'attached' });
    await page.getByText(path).first().waitFor({ state: 'visible' });
  });

  test.each(WIDTHS)('does not scroll sideways at %i px', async (width) => {
    const { page } = await openReference(width);
    expect(await overflow(page)).toEqual([]);
  });
});

describe('the documentation', () => {
  test('every page fits a phone and a desk, and nothing goes wrong on it', { timeout: 120_000 }, async () => {
    const list = await (await fetch(`${server.url}/llms.txt`)).text();
    const addresses = [...list.matchAll(/\((\/docs\/[\w-]+)\.md\)/g)].map(([, address = '']) => address.replace(/\/index$/, ''));
    expect(addresses.length).toBeGreaterThan(15);
    const { page, problems } = await openPage(browser);
    const faults: string[] = [];
    for (const address of addresses) {
      await page.goto(server.url + address);
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 800 });
        for (const element of await overflow(page)) faults.push(`${address} at ${width} px: ${element} is too wide`);
      }
    }
    expect([...faults, ...problems]).toEqual([]);
  });

  test.each(['light', 'dark'])('is accessible in the %s theme, which is remembered', { timeout: 120_000 }, async (theme) => {
    const { page, problems } = await openPage(browser);
    await page.goto(`${server.url}/docs`);
    if (theme === 'dark') await page.getByRole('button', { name: 'Switch to the dark theme' }).click();
    for (const address of ['/docs', '/docs/embed', '/docs/api', '/docs/glossary']) {
      await page.goto(server.url + address);
      expect(await page.evaluate(() => document.documentElement.dataset['theme'])).toBe(theme);
      expect(await accessibilityFaults(page), address).toEqual([]);
    }
    expect(problems).toEqual([]);
  });

  test('is searched by keyboard', async () => {
    const { page, problems } = await openPage(browser);
    await page.goto(`${server.url}/docs`);
    await page.keyboard.press('/');
    await page.keyboard.type('launch token');
    await page.getByRole('option').first().waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL('**/docs/embed#the-launch-token');
    await page.keyboard.press('/');
    await page.keyboard.type('xyzzy <b>');
    await page.getByText('Nothing here about “xyzzy <b>”').waitFor();
    expect(problems).toEqual([]);
  });

  test('is read on a phone by its contents', async () => {
    const { page } = await openPage(browser, { width: 360, height: 800 });
    await page.goto(`${server.url}/docs`);
    await page.getByText('Contents', { exact: true }).click();
    await page.getByRole('link', { name: 'Integration guide' }).first().click();
    await page.getByRole('heading', { level: 1, name: 'Integration guide' }).waitFor();
  });
});

describe('the page of errors', () => {
  test('lists every code, without console errors', async () => {
    const { page, problems } = await openPage(browser);
    await page.goto(`${server.url}/docs/errors`);
    for (const code of ERROR_CODES) expect(await page.locator(`#${code}`).count(), code).toBe(1);
    expect(problems).toEqual([]);
  });

  test.each(WIDTHS)('is accessible and does not scroll sideways at %i px', async (width) => {
    const { page } = await openPage(browser, { width, height: 800 });
    await page.goto(`${server.url}/docs/errors`);
    expect(await overflow(page)).toEqual([]);
    expect(await accessibilityFaults(page)).toEqual([]);
  });

  test('is where the documentation link of an error leads', async () => {
    const answer = (await (await fetch(`${server.url}/api/no-such-place`)).json()) as { error: { doc_url: string; code: string } };
    const { page } = await openPage(browser);
    const response = await page.goto(new URL(answer.error.doc_url, server.url).href);
    expect(response?.status()).toBe(200);
    expect(await page.locator(`#${answer.error.code}`).isVisible()).toBe(true);
  });
});

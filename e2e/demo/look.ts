/** Looking at a page: it fits every width, it is accessible, and its pictures are kept. */
import type { Page } from 'playwright-core';
import { accessibilityFaults, overflow } from '../browser.ts';
import { ALL_PICTURES, pictureOf, wanted } from '../gallery.ts';
import { DESK } from './stage.ts';

const WIDTHS = ALL_PICTURES ? [1280, 360, 768, 1920, 1440, 390] : [1280, 360];
const PICTURED = ALL_PICTURES ? [1440, 390] : [1280, 360];
const PHONE = 700;
const TALLEST = 3_600;
const AT_ONCE = ALL_PICTURES ? 3 : 2;

export const nameOf = (...parts: readonly string[]): string =>
  parts
    .join('-')
    .replaceAll(/[^\w-]+/g, '-')
    .replaceAll(/-{2,}/g, '-');

/** How tall the window must be for all of the page to stand in it. */
const fullHeight = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const scrolled = [...document.querySelectorAll('.page, .drawer > .body, .dialog > .body')]
      .filter(({ scrollHeight, clientHeight }) => scrollHeight > clientHeight)
      .map(({ scrollHeight, clientHeight }) => innerHeight + scrollHeight - clientHeight);
    return Math.max(innerHeight, document.documentElement.scrollHeight, ...scrolled);
  });

/** What is wrong with the page at each width; `picture` names its pictures. */
export async function faultsOf(page: Page, picture: string, { full = true } = {}): Promise<string[]> {
  const faults: string[] = [];
  for (const width of WIDTHS) {
    const height = width < PHONE ? 844 : DESK.height;
    await page.setViewportSize({ width, height });
    for (const element of await overflow(page)) faults.push(`${picture} at ${width} px: ${element} is too wide`);
    if (width === DESK.width) for (const fault of await accessibilityFaults(page)) faults.push(`${picture}: ${fault}`);
    if (!PICTURED.includes(width)) continue;
    const tall = full && ALL_PICTURES ? Math.min(TALLEST, await fullHeight(page)) : height;
    if (tall > height) await page.setViewportSize({ width, height: tall });
    await page.screenshot({ path: pictureOf(`${picture}-${width}`) });
  }
  await page.setViewportSize(DESK);
  return faults;
}

type Opened = { page: Page; problems: string[] };
/** Goes through what is wanted, on a few pages at once; what is wrong anywhere, and what a page itself complained about. */
export async function goThrough<T extends { picture: string }>(
  all: readonly T[],
  open: () => Promise<Opened>,
  look: (page: Page, one: T) => Promise<string[]>,
): Promise<string[]> {
  const left = all.filter(({ picture }) => wanted(picture));
  const faults: string[] = [];
  const walk = async () => {
    if (left.length === 0) return;
    const { page, problems } = await open();
    for (let next = left.shift(); next; next = left.shift()) {
      const { picture } = next;
      faults.push(...(await look(page, next).catch((error: Error) => [`${picture}: ${error.message}`])));
    }
    faults.push(...problems);
    await page.context().close();
  };
  await Promise.all(Array.from({ length: AT_ONCE }, walk));
  return faults;
}

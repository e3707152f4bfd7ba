/** Every dialog as it opens, on a desk and on a phone: it fits, it is accessible, it names its act; none is gone through with. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBrowser } from '../browser.ts';
import { ALL_PICTURES } from '../gallery.ts';
import { ACTS } from './acts.ts';
import { faultsOf, goThrough, nameOf } from './look.ts';
import { DEMO, idsOf, NAMES, openConsole, placeOf, settled, signInTo, THEMES, type Visit } from './stage.ts';

const MINUTE = 60_000;
const SHOWN_MS = 15_000;

let browser: Browser;
let application: string;
beforeAll(async () => {
  browser = await openBrowser();
  application = await apply(await signInTo('admin'));
}, MINUTE);
afterAll(() => browser?.close());

/** A company asks to become an operator, so that somebody can decide. */
async function apply(admin: Visit): Promise<string> {
  const form = (await (await fetch(`${DEMO}/api/operators/apply`)).json()) as { data: { form_token: string; usable_at: string } };
  await pause(Math.max(0, Date.parse(form.data.usable_at) - Date.now()) + 50);
  const answer = await fetch(`${DEMO}/api/operators/apply`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      company: 'Halcyon Games',
      website_url: 'https://halcyon.example',
      jurisdiction: 'Malta',
      licence_authority: 'Malta Gaming Authority',
      categories: ['sports', 'politics'],
      wallet_mode: 'seamless',
      contact_name: 'Ines Borg',
      contact_email: 'ines@halcyon.example',
      monthly_players: '25k_to_100k',
      expected_monthly_volume: '1m_to_10m',
      consent: true,
      form_token: form.data.form_token,
    }),
  });
  if (!answer.ok) throw new Error(`The application was not taken: ${await answer.text()}`);
  const { data } = await admin.ask<{ data: { id: string; next_statuses?: string[] }[] }>('/applications?limit=1');
  return data[0]?.id ?? '';
}

describe.each(NAMES)('%s', (name) => {
  test.each(ALL_PICTURES ? THEMES : (['light'] as const))('every dialog holds in the %s theme', { timeout: 12 * MINUTE }, async (theme) => {
    const visit = await signInTo(name);
    const ids = (await idsOf(visit)).set('application', application);
    const there = ({ at }: { at: string }): boolean => (at.match(/[\w-]+(?=\})/g) ?? []).every((kind) => ids.has(kind));
    const own = ACTS.filter((act) => act.console === name);
    const missing = own.filter((act) => !there(act)).map((act) => act.name);
    if (missing.length > 0) console.log(`${name}: nothing in this demo to open ${missing.join(', ')} on`);
    const acts = own.filter(there).map((act) => ({ ...act, picture: nameOf(name, 'act', act.name, theme) }));
    const open = () => openConsole(browser, visit, { theme });
    const faults = await goThrough(acts, open, async (page, act) => {
      await page.goto(DEMO + placeOf(visit, act.at, ids));
      await settled(page);
      await act.open(page);
      const shown = act.shows ?? '.dialog';
      await page.locator(shown).first().waitFor({ timeout: SHOWN_MS });
      await page.waitForFunction(() => document.querySelector('.dialog .skeleton, .drawer .skeleton') === null);
      // A menu hangs at the end of the body, outside of every landmark.
      const faults = (await faultsOf(page, act.picture, { full: false })).filter(
        (fault) => !act.shows || !fault.includes('region, moderate'),
      );
      const outside = await page
        .locator(shown)
        .first()
        .evaluate((element) => {
          const { left, right, bottom } = element.getBoundingClientRect();
          return left < 0 || right > innerWidth + 1 || bottom > innerHeight + 1;
        });
      if (outside) faults.push(`${act.picture} reaches out of the window`);
      await page.keyboard.press('Escape');
      return faults;
    });
    expect(faults).toEqual([]);
  });
});

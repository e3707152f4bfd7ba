/** Between the link and the page: the address bar never holds a session, so the link leaves a cookie, and the page asks with it, once. */
import type { Db } from '../platform/db.ts';
import type { Browser } from './browser-cookies.ts';
import { digestOf, randomSecret } from './code-challenge.ts';
import { deleteOldHandovers, type HandoverRow, insertHandover, selectHandover, takeHandover } from './hand-over.sql.ts';

export type HandoverPurpose = 'invite' | 'magiclink' | 'recovery' | 'signin';
export type Handover = HandoverRow;

const COOKIE = 'predictu-sign-in';
const LIFE_MS = 10 * 60_000;

/** Leaves the cookie with which the page behind a link makes a session of it. */
export async function beginHandover(
  db: Db,
  browser: Browser,
  { userId, purpose }: { userId: string; purpose: HandoverPurpose },
  now: Date,
): Promise<void> {
  const secret = randomSecret();
  await insertHandover(db, { tokenHash: digestOf(secret), userId, purpose, expiresAt: new Date(now.getTime() + LIFE_MS) }, now);
  browser.write(COOKIE, secret, LIFE_MS / 1_000);
}

/** Whose sign-in this browser is in the middle of; undefined when it is in none, or too late. */
export async function lookAtHandover(db: Db, browser: Browser, now: Date): Promise<Handover | undefined> {
  const secret = browser.read(COOKIE);
  return secret === undefined ? undefined : selectHandover(db, digestOf(secret), now);
}

/** Uses it up; false when somebody else just did. */
export async function useHandover(db: Db, browser: Browser, now: Date): Promise<boolean> {
  const secret = browser.read(COOKIE);
  if (secret === undefined || !(await takeHandover(db, digestOf(secret), now))) return false;
  browser.write(COOKIE, '', 0);
  return true;
}

/** Removes those of yesterday. As the worker. */
export const forgetHandovers = (db: Db, now: Date): Promise<unknown> => deleteOldHandovers(db, new Date(now.getTime() - 24 * 3_600_000));

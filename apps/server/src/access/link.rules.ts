/** Links by e-mail: how many an address gets, and where one leads. */
export const MOST_LINKS_AN_HOUR = 6;
export const LINK_ATTEMPTS = 6;
export const INVITATION_DAYS = 7;

/** Minutes until a link whose identity store did not answer is tried again. */
export const linkRetryMinutes = (attempts: number): number => Math.min(30, 2 ** attempts);

export const CONFIRM_PATH = '/auth/confirm';
export const CALLBACK_PATH = '/api/auth/callback';

export type LinkWords = { tokenHash: string; type: 'invite' | 'magiclink' | 'recovery' | 'pkce'; next: string | null };

const MINUTE_MS = 60_000;
/** How long the identity store honours a link. */
export const LINK_LIFE_MS = 60 * MINUTE_MS;
export const INVITATION_LIFE_MS = INVITATION_DAYS * 24 * 60 * MINUTE_MS;

/**
 * The path of a link in a mail: a page with a button, because scanners of mail open links and would use the callback up. Of a sign-in bound to
 * its browser the token says so itself.
 */
export function linkPath({ tokenHash, type, next }: LinkWords): string {
  const words = [`token_hash=${encodeURIComponent(tokenHash)}`, `type=${type === 'pkce' ? 'magiclink' : type}`];
  if (next !== null) words.push(`next=${encodeURIComponent(next)}`);
  return `${CONFIRM_PATH}?${words.join('&')}`;
}

/** The page a link that does not work leads to; it says why, and how to get another. */
export const problemPath = (problem: 'link' | 'browser' | 'no_workspace' | 'suspended'): string => `/auth/login?problem=${problem}`;

/** The page that makes a session of what was opened. */
export const continuePath = (next: string | undefined): string =>
  `/auth/continue${next === undefined ? '' : `?next=${encodeURIComponent(next)}`}`;

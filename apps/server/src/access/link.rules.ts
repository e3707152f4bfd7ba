/** Links by e-mail: how many an address gets, and where one leads. */
export const MOST_LINKS_AN_HOUR = 6;
export const LINK_ATTEMPTS = 6;
export const INVITATION_DAYS = 7;

/** Minutes until a link whose identity store did not answer is tried again. */
export const linkRetryMinutes = (attempts: number): number => Math.min(30, 2 ** attempts);

export type LinkWords = { tokenHash: string; type: 'invite' | 'magiclink' | 'recovery' | 'pkce'; next: string | null };

/** The path of a link. Of a sign-in bound to its browser the token says so itself. */
export function linkPath({ tokenHash, type, next }: LinkWords): string {
  const words = [`token_hash=${encodeURIComponent(tokenHash)}`, `type=${type === 'pkce' ? 'magiclink' : type}`];
  if (next !== null) words.push(`next=${encodeURIComponent(next)}`);
  return `/api/auth/callback?${words.join('&')}`;
}

/** The page a link that does not work leads to; it says why, and how to get another. */
export const problemPath = (problem: 'link' | 'browser' | 'no_workspace' | 'suspended'): string => `/auth/login?problem=${problem}`;

/** The page that makes a session of what was opened. */
export const continuePath = (next: string | undefined): string =>
  `/auth/continue${next === undefined ? '' : `?next=${encodeURIComponent(next)}`}`;

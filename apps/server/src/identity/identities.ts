/** The port of the identity stores: what a sign-in needs of them. */
import type { Browser } from './browser-cookies.ts';

export type LinkPurpose = 'invite' | 'magiclink' | 'recovery';
/** Somebody whose address is confirmed. */
export type AuthUser = { id: string; email: string };
export type Link = { tokenHash: string; type: LinkPurpose | 'pkce' };

/** What differs between the identity stores. No method may be called inside a transaction: a project answers over the network. */
export type Identities = {
  name: 'embedded' | 'supabase';
  /** Makes what a link must say. Undefined when nobody has the address, but for an invitation. */
  issueLink(request: { purpose: LinkPurpose; email: string; codeChallenge: string | null }): Promise<Link | undefined>;
  /** Opens a link of a sign-in that must end in the browser that began it: answers the code to end it with. */
  openFlowLink(tokenHash: string): Promise<string | undefined>;
  /** Uses a link up. Undefined when it is unknown, used, or too old. */
  redeemLink(purpose: LinkPurpose, tokenHash: string): Promise<AuthUser | undefined>;
  /** Begins a sign-in by link that must end in this browser; `sent` when the store sends the mail itself. */
  beginSignIn(email: string, browser: Browser): Promise<{ codeChallenge: string } | 'sent'>;
  /** Ends a sign-in in the browser that began it. Undefined for a wrong or used code, or another browser. */
  exchangeCode(code: string, browser: Browser): Promise<AuthUser | undefined>;
  /** Takes as long for an address nobody has. */
  checkPassword(email: string, password: string): Promise<AuthUser | undefined>;
  setPassword(userId: string, password: string): Promise<void>;
};

/** People in a Supabase project: its Auth server issues links, ends PKCE sign-ins and knows the passwords. Sessions stay ours. */
import { Failure } from '@predictu/contract/errors';
import { createServerClient } from '@supabase/ssr';
import { createClient, type User } from '@supabase/supabase-js';
import type { Browser } from './browser-cookies.ts';
import type { AuthUser, Identities } from './identities.ts';

export type SupabaseSettings = {
  url: string;
  anonKey: string;
  serviceRoleKey: string;
  /** Where links of the project's own mails lead: this installation. */
  publicUrl: string;
};

const TIMEOUT_MS = 8_000;
const VERIFIER_LIFE_SECONDS = 3_600;
/** Of what @supabase/ssr would keep in the browser, only this: the session is made by us. */
const isVerifier = (name: string): boolean => name.endsWith('-code-verifier');

const inTime: typeof fetch = (input, init) => fetch(input, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) });
const stateless = { auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false }, global: { fetch: inTime } };

/** An address nobody has confirmed proves nothing. */
const confirmed = (user: User | null | undefined): AuthUser | undefined =>
  user?.email && user.email_confirmed_at ? { id: user.id, email: user.email.toLowerCase() } : undefined;

type AuthFailure = { status?: number | undefined; code?: string | undefined; message: string };

/** What the Auth server refuses is an answer; what it cannot say is a failure. */
function requireAnswered(error: AuthFailure | null): boolean {
  if (error === null) return true;
  if (error.status === 429) throw new Failure('RATE_LIMITED', 'Too many attempts; wait a moment');
  if (!error.status || error.status >= 500) throw new Failure('UNAVAILABLE', 'The identity service does not answer');
  return false;
}

/** The store of a project. Each call has a client of its own: what one person does leaves nothing for the next. */
export function supabaseIdentities({ url, anonKey, serviceRoleKey, publicUrl }: SupabaseSettings): Identities {
  const anybody = () => createClient(url, anonKey, stateless).auth;
  const service = () => createClient(url, serviceRoleKey, stateless).auth.admin;
  const inBrowser = (browser: Browser) =>
    createServerClient(url, anonKey, {
      global: stateless.global,
      cookies: {
        getAll: () => browser.all(),
        setAll(changes) {
          for (const { name, value } of changes) if (isVerifier(name)) browser.write(name, value, value ? VERIFIER_LIFE_SECONDS : 0);
        },
      },
    }).auth;
  return {
    name: 'supabase',
    async issueLink({ purpose, email }) {
      const { data, error } = await service().generateLink({ type: purpose, email });
      return requireAnswered(error) ? { tokenHash: data.properties?.hashed_token ?? '', type: purpose } : undefined;
    },
    openFlowLink: async () => undefined,
    async redeemLink(purpose, tokenHash) {
      const { data, error } = await anybody().verifyOtp({ type: purpose, token_hash: tokenHash });
      return requireAnswered(error) ? confirmed(data.user) : undefined;
    },
    async beginSignIn(email, browser) {
      const options = { shouldCreateUser: false, emailRedirectTo: `${publicUrl}/api/auth/callback` };
      const { error } = await inBrowser(browser).signInWithOtp({ email, options });
      // Refused for an address nobody has: who asks must not learn it.
      requireAnswered(error);
      return 'sent';
    },
    async exchangeCode(code, browser) {
      const { data, error } = await inBrowser(browser).exchangeCodeForSession(code);
      return requireAnswered(error) ? confirmed(data.user) : undefined;
    },
    async checkPassword(email, password) {
      const { data, error } = await anybody().signInWithPassword({ email, password });
      return requireAnswered(error) ? confirmed(data.user) : undefined;
    },
    async setPassword(userId, password) {
      const { error } = await service().updateUserById(userId, { password });
      if (requireAnswered(error)) return;
      const fields = [{ field: 'password', received: 'hidden', expected: error?.message ?? 'another password' }];
      throw new Failure('VALIDATION_ERROR', 'The identity service does not take this password', { fields });
    },
  };
}

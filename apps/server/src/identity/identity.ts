/**
 * Door of identity. Noun: the person of an operator who can prove who they are, as Supabase keeps them (`auth.users`). Two adapters behind one
 * port: the tables of this database, or a Supabase project. What always holds: a link, a code and a handover work once; whoever asks for a link
 * learns nothing about who has an account. Locks: the row of what is used up.
 */
import { type EmbeddedOptions, embeddedIdentities } from './embedded-identities.ts';
import type { Identities } from './identities.ts';
import { type SupabaseSettings, supabaseIdentities } from './supabase-identities.ts';

export { adoptPerson, insertPerson } from './auth-user.sql.ts';
export { type Browser, browserOf } from './browser-cookies.ts';
export { beginHandover, forgetHandovers, type Handover, type HandoverPurpose, lookAtHandover, useHandover } from './hand-over.ts';
export type { AuthUser, Identities, LinkPurpose } from './identities.ts';
export type { SupabaseSettings };

export type IdentityOptions = EmbeddedOptions & { supabase?: SupabaseSettings | undefined };

/** The store of this installation: a Supabase project when one is configured. */
export const openIdentities = ({ supabase, ...options }: IdentityOptions): Identities =>
  supabase ? supabaseIdentities(supabase) : embeddedIdentities(options);

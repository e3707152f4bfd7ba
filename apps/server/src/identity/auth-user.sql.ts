/** People, their links and their sign-ins under way: the tables Supabase has, where they are ours. */
import type { Db } from '../platform/db.ts';

export type PersonRow = { id: string; email: string; encrypted_password: string | null };

/** Confirmed people only. */
export async function personByEmail(db: Db, email: string): Promise<PersonRow | undefined> {
  const [row] = await db.query<PersonRow>(
    `select id, email, encrypted_password from auth.users
     where email = lower($1) and not is_sso_user and email_confirmed_at is not null and deleted_at is null`,
    [email],
  );
  return row;
}

const NEW_PERSON = `
insert into auth.users (id, aud, role, email, encrypted_password, email_confirmed_at, invited_at, raw_app_meta_data, raw_user_meta_data, created_at, updated_at)
values ($1, 'authenticated', 'authenticated', lower($2), $3, $4, $5, '{"provider": "email", "providers": ["email"]}', $6, $4, $4)`;

const meta = (name: string | null): string => JSON.stringify({ name });
const proof = (id: string, email: string): string => JSON.stringify({ sub: id, email, email_verified: true });

export type NewAuthUser = { id: string; email: string; name: string | null; encryptedPassword: string | null; invitedAt: Date | null };

/** A person whose address counts as confirmed; the trigger makes what an open invitation promises. False when the address is taken. */
export async function insertPerson(db: Db, { id, email, name, encryptedPassword, invitedAt }: NewAuthUser, now: Date): Promise<boolean> {
  const rows = await db.query(`${NEW_PERSON} on conflict do nothing returning id`, [
    id,
    email,
    encryptedPassword,
    now,
    invitedAt,
    meta(name),
  ]);
  if (rows.length === 0) return false;
  await db.query(
    `insert into auth.identities (provider_id, user_id, identity_data, provider, created_at, updated_at) values ($1::text, $1::uuid, $2, 'email', $3, $3)`,
    [id, proof(id, email), now],
  );
  return true;
}

/** Notes here whom a Supabase project has confirmed. On the project's own database there is nothing to note, and no right to. */
export async function adoptPerson(db: Db, { id, email }: { id: string; email: string }, now: Date): Promise<void> {
  const [row] = await db.query<{ ours: boolean }>(`select has_table_privilege('auth.users', 'insert') as ours`);
  if (row?.ours) await insertPerson(db, { id, email, name: null, encryptedPassword: null, invitedAt: null }, now);
}

export const setEncryptedPassword = (db: Db, id: string, encryptedPassword: string, now: Date): Promise<unknown> =>
  db.query('update auth.users set encrypted_password = $2, updated_at = $3 where id = $1', [id, encryptedPassword, now]);

/** GoTrue keeps both kinds in the same place. */
const TOKEN_TYPE = 'recovery_token';

/** The latest link takes the place of the one before. */
export const putLink = (db: Db, link: { id: string; userId: string; tokenHash: string; relatesTo: string }, now: Date): Promise<unknown> =>
  db.query(
    `insert into auth.one_time_tokens (id, user_id, token_type, token_hash, relates_to, created_at, updated_at)
     values ($1, $2, '${TOKEN_TYPE}', $3, $4, $5::timestamptz at time zone 'utc', $5::timestamptz at time zone 'utc')
     on conflict (user_id, token_type) do update set id = excluded.id, token_hash = excluded.token_hash, relates_to = excluded.relates_to,
       created_at = excluded.created_at, updated_at = excluded.updated_at`,
    [link.id, link.userId, link.tokenHash, link.relatesTo, now],
  );

/** Uses it up, however old it is. */
export async function takeLink(
  db: Db,
  tokenHash: string,
  relatesTo: string,
): Promise<{ userId: string; email: string; createdAt: Date } | undefined> {
  const [row] = await db.query<{ userId: string; email: string; createdAt: Date }>(
    `delete from auth.one_time_tokens t using auth.users u
     where t.token_hash = $1 and t.relates_to = $2 and u.id = t.user_id and u.deleted_at is null
     returning t.user_id as "userId", u.email, t.created_at at time zone 'utc' as "createdAt"`,
    [tokenHash, relatesTo],
  );
  return row;
}

export const insertFlow = (db: Db, flow: { id: string; userId: string; codeChallenge: string }, now: Date): Promise<unknown> =>
  db.query(
    `insert into auth.flow_state (id, user_id, auth_code, code_challenge_method, code_challenge, provider_type, authentication_method, created_at, updated_at)
     values ($1, $2, '', 's256', $3, 'magiclink', 'magiclink', $4, $4)`,
    [flow.id, flow.userId, flow.codeChallenge, now],
  );

/** Gives the flow of a link its code; false when it is gone. */
export async function issueCode(db: Db, flowId: string, code: string, now: Date): Promise<boolean> {
  const rows = await db.query(
    `update auth.flow_state set auth_code = $2, auth_code_issued_at = $3, updated_at = $3 where id = $1 and auth_code = '' returning id`,
    [flowId, code, now],
  );
  return rows.length > 0;
}

export type Flow = { codeChallenge: string; issuedAt: Date; userId: string; email: string };

/** Uses a code up, however old it is. */
export async function takeFlow(db: Db, code: string): Promise<Flow | undefined> {
  const [row] = await db.query<Flow>(
    `delete from auth.flow_state f using auth.users u where f.auth_code = $1 and f.auth_code <> '' and u.id = f.user_id and u.deleted_at is null
     returning f.code_challenge as "codeChallenge", f.auth_code_issued_at as "issuedAt", f.user_id as "userId", u.email`,
    [code],
  );
  return row;
}

/** The latest link takes the place of the one before. */
export const putInvitationLink = (db: Db, link: { email: string; tokenHash: string; expiresAt: Date }, now: Date): Promise<unknown> =>
  db.query(
    `insert into invitation_links (email, token_hash, expires_at, created_at) values (lower($1), $2, $3, $4)
     on conflict (email) do update set token_hash = excluded.token_hash, expires_at = excluded.expires_at, created_at = excluded.created_at`,
    [link.email, link.tokenHash, link.expiresAt, now],
  );

/** Uses it up; undefined when it is unknown or too old. */
export async function takeInvitationLink(db: Db, tokenHash: string, now: Date): Promise<string | undefined> {
  const [row] = await db.query<{ email: string; alive: boolean }>(
    'delete from invitation_links where token_hash = $1 returning email, expires_at > $2 as alive',
    [tokenHash, now],
  );
  return row?.alive ? row.email : undefined;
}

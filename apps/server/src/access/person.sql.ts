/** People who log in: the platform's staff and the operators' members. E-mail addresses are compared without case. */
import type { Permission } from '@predictu/contract/shapes/permission';
import type { Db } from '../platform/db.ts';

export type Realm = 'admin' | 'operator';
export type Person = {
  id: bigint;
  /** Absent for the platform's staff. */
  operatorId: bigint | null;
  operatorSlug: string | null;
  operatorStatus: string | null;
  email: string;
  name: string | null;
  /** Of the platform's staff; of a member the identity store knows it. */
  passwordHash: string | null;
  /** Of a member: who they are to the identity store, the operator's name, and since when sessions count. */
  authUserId: string | null;
  operatorName: string | null;
  sessionsFrom: Date | null;
  /** The operator's trial is over. */
  readOnly: boolean;
  totpSecret: string | null;
  totpPending: string | null;
  permissions: Permission[];
  revokedAt: Date | null;
};

const COLUMNS = `p.id, p.email, p.name, p.totp_secret as "totpSecret", p.totp_pending as "totpPending",
  p.permissions, p.revoked_at as "revokedAt"`;
const SELECT: Record<Realm, string> = {
  admin: `select ${COLUMNS}, p.password_hash as "passwordHash", null::bigint as "operatorId", null as "operatorSlug", null as "operatorStatus",
            null as "operatorName", null as "authUserId", null::timestamptz as "sessionsFrom", false as "readOnly" from admin_users p`,
  operator: `select ${COLUMNS}, null as "passwordHash", o.id as "operatorId", o.slug as "operatorSlug", o.status as "operatorStatus",
               o.name as "operatorName", p.auth_user_id as "authUserId", p.sessions_from as "sessionsFrom", o.read_only_since is not null as "readOnly"
             from operator_members p join operators o on o.id = p.operator_id`,
};
const TABLE: Record<Realm, string> = { admin: 'admin_users', operator: 'operator_members' };

export async function adminByEmail(db: Db, email: string): Promise<Person | undefined> {
  const [person] = await db.query<Person>(`${SELECT.admin} where lower(p.email) = lower($1)`, [email]);
  return person;
}

export async function memberByAuthUser(db: Db, authUserId: string): Promise<Person | undefined> {
  const [person] = await db.query<Person>(`${SELECT.operator} where p.auth_user_id = $1`, [authUserId]);
  return person;
}

export type KnownMember = { operatorId: bigint; email: string; revokedAt: Date | null };
export async function memberOfEmail(db: Db, email: string): Promise<KnownMember | undefined> {
  const [row] = await db.query<KnownMember>(
    'select operator_id as "operatorId", email, revoked_at as "revokedAt" from operator_members where lower(email) = lower($1)',
    [email],
  );
  return row;
}

type NewPerson = { id: bigint; email: string; name: string | null; permissions: readonly Permission[] };
export type NewAdmin = NewPerson & { passwordHash: string };
export type NewMember = NewPerson & { authUserId: string };

/** False when the e-mail address is taken. */
export async function insertAdmin(db: Db, { id, email, name, passwordHash, permissions }: NewAdmin, now: Date): Promise<boolean> {
  const rows = await db.query(
    `insert into admin_users (id, email, name, password_hash, permissions, created_at) values ($1, $2, $3, $4, $5, $6)
     on conflict do nothing returning id`,
    [id, email, name, passwordHash, permissions, now],
  );
  return rows.length > 0;
}

/** False when the e-mail address is taken, by any operator's member. */
export async function insertMember(db: Db, operatorId: bigint, person: NewMember, now: Date): Promise<boolean> {
  const { id, email, name, authUserId, permissions } = person;
  const rows = await db.query(
    `insert into operator_members (operator_id, id, email, name, auth_user_id, permissions, created_at) values ($1, $2, $3, $4, $5, $6, $7)
     on conflict do nothing returning id`,
    [operatorId, id, email, name, authUserId, permissions, now],
  );
  return rows.length > 0;
}

export async function recordLogin(db: Db, realm: Realm, id: bigint, now: Date): Promise<void> {
  await db.query(`update ${TABLE[realm]} set last_login_at = $2 where id = $1`, [id, now]);
}

/** Takes a code's 30-second step; false when it, or a later one, was taken before. */
export async function takeTotpStep(db: Db, realm: Realm, id: bigint, step: bigint): Promise<boolean> {
  const rows = await db.query(
    `update ${TABLE[realm]} set totp_last_step = $2 where id = $1 and (totp_last_step is null or totp_last_step < $2) returning id`,
    [id, step],
  );
  return rows.length > 0;
}

export async function keepPendingTotp(db: Db, realm: Realm, id: bigint, sealed: string): Promise<void> {
  await db.query(`update ${TABLE[realm]} set totp_pending = $2 where id = $1`, [id, sealed]);
}

/** Puts the pending authenticator in force; false when another one became pending meanwhile. */
export async function enrolPendingTotp(db: Db, realm: Realm, id: bigint, sealed: string): Promise<boolean> {
  const rows = await db.query(
    `update ${TABLE[realm]} set totp_secret = totp_pending, totp_pending = null where id = $1 and totp_pending = $2 returning id`,
    [id, sealed],
  );
  return rows.length > 0;
}

/** Sessions begun before this instant have ended. */
export const setSessionsFrom = (db: Db, memberId: bigint, from: Date): Promise<unknown> =>
  db.query('update operator_members set sessions_from = $2 where id = $1', [memberId, from]);

export type InvitationSubject = { company: string; name: string | null; trialDays: number | null };

/** What the mail of an invitation speaks of: the operator, or the one it is to become. */
export async function selectInvitationWords(db: Db, invitationId: bigint): Promise<InvitationSubject | undefined> {
  const [row] = await db.query<InvitationSubject>(
    `select coalesce(o.name, i.blueprint ->> 'name') as company, i.name, i.trial_days as "trialDays"
     from operator_invitations i left join operators o on o.id = i.operator_id where i.id = $1`,
    [invitationId],
  );
  return row;
}

export type MemberRow = {
  id: bigint;
  email: string;
  name: string | null;
  permissions: Permission[];
  totp_enrolled: boolean;
  revoked_at: Date | null;
  last_login_at: Date | null;
  created_at: Date;
};

export const selectMembers = (db: Db, operatorId: bigint): Promise<MemberRow[]> =>
  db.query<MemberRow>(
    `select id, email, name, permissions, totp_secret is not null as totp_enrolled, revoked_at, last_login_at, created_at
     from operator_members where operator_id = $1 order by id`,
    [operatorId],
  );

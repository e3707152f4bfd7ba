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
  passwordHash: string;
  totpSecret: string | null;
  totpPending: string | null;
  permissions: Permission[];
  revokedAt: Date | null;
};

const COLUMNS = `p.id, p.email, p.name, p.password_hash as "passwordHash", p.totp_secret as "totpSecret", p.totp_pending as "totpPending",
  p.permissions, p.revoked_at as "revokedAt"`;
const SELECT: Record<Realm, string> = {
  admin: `select ${COLUMNS}, null::bigint as "operatorId", null as "operatorSlug", null as "operatorStatus" from admin_users p`,
  operator: `select ${COLUMNS}, o.id as "operatorId", o.slug as "operatorSlug", o.status as "operatorStatus"
             from operator_members p join operators o on o.id = p.operator_id`,
};
const TABLE: Record<Realm, string> = { admin: 'admin_users', operator: 'operator_members' };

export async function personByEmail(db: Db, realm: Realm, email: string): Promise<Person | undefined> {
  const [person] = await db.query<Person>(`${SELECT[realm]} where lower(p.email) = lower($1)`, [email]);
  return person;
}

export async function adminById(db: Db, id: bigint): Promise<Person | undefined> {
  const [person] = await db.query<Person>(`${SELECT.admin} where p.id = $1`, [id], 'access_admin');
  return person;
}

export async function memberById(db: Db, operatorId: bigint, id: bigint): Promise<Person | undefined> {
  const [person] = await db.query<Person>(`${SELECT.operator} where p.operator_id = $1 and p.id = $2`, [operatorId, id], 'access_member');
  return person;
}

export type NewPerson = { id: bigint; email: string; name: string | null; passwordHash: string; permissions: readonly Permission[] };

/** False when the e-mail address is taken. */
export async function insertAdmin(db: Db, { id, email, name, passwordHash, permissions }: NewPerson, now: Date): Promise<boolean> {
  const rows = await db.query(
    `insert into admin_users (id, email, name, password_hash, permissions, created_at) values ($1, $2, $3, $4, $5, $6)
     on conflict do nothing returning id`,
    [id, email, name, passwordHash, permissions, now],
  );
  return rows.length > 0;
}

/** False when the e-mail address is taken, by any operator's member. */
export async function insertMember(db: Db, operatorId: bigint, person: NewPerson, now: Date): Promise<boolean> {
  const { id, email, name, passwordHash, permissions } = person;
  const rows = await db.query(
    `insert into operator_members (operator_id, id, email, name, password_hash, permissions, created_at) values ($1, $2, $3, $4, $5, $6, $7)
     on conflict do nothing returning id`,
    [operatorId, id, email, name, passwordHash, permissions, now],
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

/** Rows of operator_invitations. */
import type { Permission } from '@predictu/contract/shapes/permission';
import type { Db } from '../platform/db.ts';

export type Invitation = {
  id: bigint;
  operator_id: bigint | null;
  application_id: bigint | null;
  email: string;
  name: string | null;
  permissions: Permission[];
  expires_at: Date;
  sent_at: Date | null;
  created_at: Date;
};
const COLUMNS = 'id, operator_id, application_id, email, name, permissions, expires_at, sent_at, created_at';
const OPEN = 'accepted_at is null and revoked_at is null';

export type NewInvitation = Pick<Invitation, 'id' | 'email' | 'name' | 'expires_at'> & { permissions: readonly Permission[] } & (
    | { operator_id: bigint }
    | { application_id: bigint; blueprint: object; trial_days: number }
  );

export const insertInvitation = (db: Db, invitation: NewInvitation, now: Date): Promise<unknown> => {
  const made = 'blueprint' in invitation ? invitation : undefined;
  return db.query(
    `insert into operator_invitations (id, operator_id, application_id, email, name, permissions, blueprint, trial_days, expires_at, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      invitation.id,
      'operator_id' in invitation ? invitation.operator_id : null,
      made?.application_id ?? null,
      invitation.email,
      invitation.name,
      invitation.permissions,
      made ? JSON.stringify(made.blueprint) : null,
      made?.trial_days ?? null,
      invitation.expires_at,
      now,
    ],
  );
};

/** The open one of an address, locked. */
export async function lockOpenInvitation(db: Db, email: string): Promise<Invitation | undefined> {
  const [row] = await db.query<Invitation>(
    `select ${COLUMNS} from operator_invitations where lower(email) = lower($1) and ${OPEN} for update`,
    [email],
  );
  return row;
}

export const selectOpenInvitations = (db: Db, operatorId: bigint): Promise<Invitation[]> =>
  db.query<Invitation>(`select ${COLUMNS} from operator_invitations where operator_id = $1 and ${OPEN} order by id`, [operatorId]);

export async function selectInvitation(db: Db, id: bigint): Promise<(Invitation & { open: boolean }) | undefined> {
  const [row] = await db.query<Invitation & { open: boolean }>(
    `select ${COLUMNS}, ${OPEN} as open from operator_invitations where id = $1`,
    [id],
  );
  return row;
}

export const extendInvitation = (db: Db, id: bigint, expiresAt: Date): Promise<unknown> =>
  db.query('update operator_invitations set expires_at = $2 where id = $1', [id, expiresAt]);

/** Open ones that lead into this operator, or come from this application; answers those taken back. */
export const revokeOpen = (db: Db, by: { id: bigint } | { applicationId: bigint }, now: Date): Promise<Invitation[]> =>
  db.query<Invitation>(
    `update operator_invitations set revoked_at = $2 where ${'id' in by ? 'id' : 'application_id'} = $1 and ${OPEN} returning ${COLUMNS}`,
    ['id' in by ? by.id : by.applicationId, now],
  );

export const noteSent = (db: Db, id: bigint, now: Date): Promise<unknown> =>
  db.query('update operator_invitations set sent_at = $2 where id = $1', [id, now]);

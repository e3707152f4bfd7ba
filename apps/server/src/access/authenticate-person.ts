/** Tokens of people: the role behind one is looked up at every request, so revoking it works at once and permissions are never stale. */
import { Failure } from '@predictu/contract/errors';
import type { SessionClaims } from '@predictu/contract/shapes/session-claims';
import type { Actor } from '../platform/actor.ts';
import type { Database } from '../platform/db.ts';
import { actorOf } from './log-in-person.ts';
import { adminById, memberById } from './person.sql.ts';
import { ACCESS, requireStanding } from './prove-person.ts';

export async function authenticatePerson(database: Database, claims: Exclude<SessionClaims, { role: 'player' }>): Promise<Actor> {
  const person = await database.as(ACCESS, 'read', (db) =>
    claims.role === 'predictu_admin' ? adminById(db, claims.sub) : memberById(db, claims.operator_id, claims.sub),
  );
  if (!person) throw new Failure('FORBIDDEN', 'This role has been revoked', { reason: 'role_revoked' });
  requireStanding(person);
  return actorOf(person);
}

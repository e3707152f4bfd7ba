/**
 * Tokens of people: the role behind one is looked up at every request, so revoking it works at once and permissions are never stale. A session
 * timeout that has become shorter ends the sessions that are older by now.
 */
import { Failure } from '@predictu/contract/errors';
import type { SessionClaims } from '@predictu/contract/shapes/session-claims';
import { readPlatformConfig } from '../config/config.ts';
import type { Actor } from '../platform/actor.ts';
import type { Database } from '../platform/db.ts';
import { actorOf } from './log-in-person.ts';
import { adminById, memberById } from './person.sql.ts';
import { ACCESS, requireStanding } from './prove-person.ts';

const HOUR_MS = 3_600_000;
type PersonSession = { claims: Exclude<SessionClaims, { role: 'player' }>; issuedAt: Date };

export async function authenticatePerson(database: Database, { claims, issuedAt }: PersonSession, now: Date): Promise<Actor> {
  const [person, { config }] = await database.as(ACCESS, 'read', (db) =>
    Promise.all([
      claims.role === 'predictu_admin' ? adminById(db, claims.sub) : memberById(db, claims.operator_id, claims.sub),
      readPlatformConfig(db),
    ]),
  );
  if (now.getTime() >= issuedAt.getTime() + config.defaults.session_timeout_hours * HOUR_MS)
    throw new Failure('UNAUTHORIZED', 'Token expired');
  if (!person) throw new Failure('FORBIDDEN', 'This role has been revoked', { reason: 'role_revoked' });
  if (person.sessionsFrom !== null && issuedAt < person.sessionsFrom)
    throw new Failure('UNAUTHORIZED', 'A new password has ended this session');
  requireStanding(person);
  return actorOf(person);
}

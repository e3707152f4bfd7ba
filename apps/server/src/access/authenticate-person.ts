/**
 * Tokens of people: a verified token is remembered, but the role behind it is looked up at every request, so revoking it works at once and
 * permissions are never stale. A session timeout that has become shorter ends the sessions that are older by now.
 */
import { Failure } from '@predictu/contract/errors';
import type { SessionClaims } from '@predictu/contract/shapes/session-claims';
import type { Actor } from '../platform/actor.ts';
import type { Clock } from '../platform/clock.ts';
import { type ReadTogether, readTogether } from '../platform/read-together.ts';
import { actorOf } from './log-in-person.ts';
import { requireStanding } from './prove-person.ts';
import { recentTokens } from './recent-tokens.ts';
import { type StandingKey, type StandingRow, selectStandings } from './standing.sql.ts';

const HOUR_MS = 3_600_000;
const MOST_KNOWN_TOKENS = 2_000;

export type PersonSession = { claims: Exclude<SessionClaims, { role: 'player' }>; issuedAt: Date; expiresAt: Date };
export type Standings = ReadTogether<StandingKey, StandingRow>;
export type PersonTokens = {
  /** Who a token seen before belongs to; undefined for one that must be verified first. */
  known(token: string): Promise<Actor> | undefined;
  /** Admits a token whose signature has just been verified. */
  admit(token: string, session: PersonSession): Promise<Actor>;
  close(): Promise<void>;
};

/** One call for all requests that come at the same moment, on a connection that cannot write. */
const openStandings = (appUrl: string): Standings =>
  readTogether({
    connectionString: appUrl,
    role: 'predictu_access',
    name: 'predictu standings',
    statement: selectStandings,
  });

export function personTokens(appUrl: string, clock: Clock): PersonTokens {
  const standings = openStandings(appUrl);
  const recent = recentTokens<PersonSession>(MOST_KNOWN_TOKENS);

  async function stand({ claims, issuedAt, expiresAt }: PersonSession): Promise<Actor> {
    const operatorId = claims.role === 'predictu_admin' ? null : claims.operator_id;
    const row = await standings.read({ operatorId, personId: claims.sub });
    if (!row) throw new Error('The platform configuration has not been initialised');
    const now = clock.now();
    const shortened = issuedAt.getTime() + row.hours * HOUR_MS;
    if (now.getTime() >= Math.min(expiresAt.getTime(), shortened)) throw new Failure('UNAUTHORIZED', 'Token expired');
    if (row.id === null) throw new Failure('FORBIDDEN', 'This role has been revoked', { reason: 'role_revoked' });
    if (row.sessionsFrom !== null && issuedAt < row.sessionsFrom)
      throw new Failure('UNAUTHORIZED', 'A new password has ended this session');
    requireStanding(row);
    return actorOf(row);
  }

  return {
    known(token) {
      const session = recent.get(token);
      return session && stand(session);
    },
    async admit(token, session) {
      const actor = await stand(session);
      recent.set(token, session);
      return actor;
    },
    close: () => standings.close(),
  };
}

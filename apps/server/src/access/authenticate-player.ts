/**
 * Player tokens, the hot ones: a verified token is remembered whole, so a busy player costs no signature and no query.
 * `exp` is checked at every use. Suspended operators and revoked sessions are re-read every few seconds, for all at once.
 */
import { Failure } from '@predictu/contract/errors';
import type { SessionClaims } from '@predictu/contract/shapes/session-claims';
import type { Actor } from '../platform/actor.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/db.ts';
import { currentRevocations, playerSessionExists, type Revocations } from './player-session.sql.ts';
import { ACCESS } from './prove-person.ts';
import { recentTokens } from './recent-tokens.ts';

type PlayerActor = Extract<Actor, { kind: 'player' }>;
type PlayerClaims = Extract<SessionClaims, { role: 'player' }>;
type Known = { actor: PlayerActor; expiresAt: number };

/** A revocation is noticed by every process within this time. */
const REVOCATIONS_EVERY_MS = 3_000;
/** Of one generation; twice as many at the most. */
const MOST_KNOWN_TOKENS = 20_000;

export type PlayerTokens = {
  /** The player of a token seen before, at once while the revocations are fresh; undefined for one that must be verified first. */
  known(token: string): PlayerActor | Promise<PlayerActor> | undefined;
  /** Admits a token whose signature has just been verified. */
  admit(token: string, claims: PlayerClaims, expiresAt: Date): Promise<PlayerActor>;
};

export function playerTokens(database: Database, clock: Clock, mostKnown = MOST_KNOWN_TOKENS): PlayerTokens {
  const recent = recentTokens<Known>(mostKnown);
  let revocations: { readAt: number; current: Promise<Revocations>; known: Revocations | undefined } | undefined;

  function currentOnes(): Revocations | Promise<Revocations> {
    const now = clock.now();
    // The distance, not the difference: a machine's clock that is set back must not put the next reading off.
    if (!revocations || Math.abs(now.getTime() - revocations.readAt) >= REVOCATIONS_EVERY_MS) {
      const current = database.as(ACCESS, 'read', (db) => currentRevocations(db, now));
      const reading: NonNullable<typeof revocations> = { readAt: now.getTime(), current, known: undefined };
      revocations = reading;
      current.then(
        (known) => {
          reading.known = known;
        },
        () => {
          if (revocations === reading) revocations = undefined;
        },
      );
    }
    return revocations.known ?? revocations.current;
  }

  /** The actor, unless its session or its operator has been stopped. */
  function standing(actor: PlayerActor, { suspendedOperators, revokedSessions, embedOff }: Revocations): PlayerActor {
    if (revokedSessions.has(actor.sessionId)) throw new Failure('UNAUTHORIZED', 'The session has ended');
    if (embedOff) throw new Failure('FORBIDDEN', 'The embed is switched off', { reason: 'embed_disabled' });
    if (suspendedOperators.has(actor.operatorId)) {
      throw new Failure('FORBIDDEN', 'The operator is suspended', { reason: 'operator_suspended' });
    }
    return actor;
  }

  return {
    known(token) {
      const found = recent.get(token);
      if (!found) return undefined;
      if (found.expiresAt <= clock.now().getTime()) throw new Failure('UNAUTHORIZED', 'Token expired');
      const revoked = currentOnes();
      return revoked instanceof Promise ? revoked.then((read) => standing(found.actor, read)) : standing(found.actor, revoked);
    },

    async admit(token, { sub, operator_id: operatorId, sid }, expiresAt) {
      const actor: PlayerActor = { kind: 'player', operatorId, playerId: sub, sessionId: sid };
      if (!(await database.as(ACCESS, 'read', (db) => playerSessionExists(db, operatorId, sid, sub)))) {
        throw new Failure('UNAUTHORIZED', 'The session has ended');
      }
      standing(actor, await currentOnes());
      recent.set(token, { actor, expiresAt: expiresAt.getTime() });
      return actor;
    },
  };
}

/** A player sets, raises or lowers its own limits, or excludes itself. Each takes the turn of a batch: the next one decides by it. */
import { isRefusal, type Refusal } from '@predictu/contract/errors';
import { encodeId } from '@predictu/contract/ids';
import type {
  cancelPendingLimit as cancelEndpoint,
  excludeSelf as excludeEndpoint,
  setLimit as setEndpoint,
} from '@predictu/contract/player/limits';
import type { Actor } from '../platform/actor.ts';
import { recordAudit } from '../platform/audit.ts';
import type { Database, Db } from '../platform/db.ts';
import { type Context, type Handler, notFound } from '../platform/http.ts';
import { takeTurn } from '../platform/sequencer.ts';
import { markProtected } from '../players/players.ts';
import { excludedFor, type Protection, withLimit, withoutRaise } from './protection.rules.ts';
import { beginProtection, selectProtection, updateExclusion, updateLimits } from './protection.sql.ts';
import { showLimits } from './show-limits.rules.ts';

type Player = Extract<Actor, { kind: 'player' }>;
type From = Pick<Context<Player>, 'actor' | 'now' | 'newId' | 'requestId'>;
type Change = {
  action: string;
  /** Writes the change; a refusal changes nothing. */
  write(db: Db, protection: Protection): Promise<Refusal | undefined>;
};

const noted = ({ limits, excludedUntil }: Protection) => ({ limits, excluded_until: excludedUntil });

/** @throws NOT_FOUND when there is no such player. */
async function read(db: Db, actor: Player, now: Date): Promise<Protection> {
  const protection = await selectProtection(db, actor, now);
  if (!protection) throw notFound('user');
  return protection;
}

function change(database: Database, { actor, now, newId, requestId }: From, { action, write }: Change) {
  return database.as({ kind: 'worker', name: 'own-limits' }, 'write', async (db) => {
    await takeTurn(db, now);
    const before = await read(db, actor, now);
    if (await beginProtection(db, actor, now)) await markProtected(db, actor);
    const refusal = await write(db, before);
    if (refusal) return refusal;
    const after = await read(db, actor, now);
    await recordAudit(db, actor, newId(), now, {
      action,
      subject: encodeId('user', actor.playerId),
      before: noted(before),
      after: noted(after),
      requestId,
    });
    return { data: showLimits(after, now) };
  });
}

export const setLimit =
  (database: Database): Handler<typeof setEndpoint> =>
  (context, { body }) =>
    change(database, context, {
      action: 'player.own_limit',
      async write(db, { limits }) {
        const minutes = body.kind === 'session' ? body.minutes : null;
        const wanted = body.kind === 'session' ? (minutes === null ? null : BigInt(minutes)) : body.amount_usd;
        await updateLimits(db, context.actor, withLimit(limits, body.kind, wanted, context.now), context.now);
        return undefined;
      },
    });

export const cancelPendingLimit =
  (database: Database): Handler<typeof cancelEndpoint> =>
  (context, { body }) =>
    change(database, context, {
      action: 'player.own_limit_kept',
      async write(db, { limits }) {
        const kept = withoutRaise(limits, body.kind, context.now);
        if (isRefusal(kept)) return kept;
        await updateLimits(db, context.actor, kept, context.now);
        return undefined;
      },
    });

export const excludeSelf =
  (database: Database): Handler<typeof excludeEndpoint> =>
  (context, { body }) =>
    change(database, context, {
      action: 'player.self_excluded',
      async write(db, protection) {
        const until = excludedFor(body.period, protection, context.now);
        if (isRefusal(until)) return until;
        await updateExclusion(db, context.actor, until, context.now);
        return undefined;
      },
    });

/** The platform or the operator restricts a player, suspends it, lets it go on, or moves it to another limit tier. In force with its next trade. */
import type {
  changePlayerLimitTier as limitOfAny,
  reinstatePlayer as reinstateAny,
  restrictPlayer as restrictAny,
  suspendPlayer as suspendAny,
} from '@predictu/contract/admin/players';
import { Failure, isRefusal, type Refusal } from '@predictu/contract/errors';
import { encodeId, type Id } from '@predictu/contract/ids';
import type {
  changeOwnPlayerLimitTier as limitOfOwn,
  reinstateOwnPlayer as reinstateOwn,
  restrictOwnPlayer as restrictOwn,
  suspendOwnPlayer as suspendOwn,
} from '@predictu/contract/operator/players';
import type { RestrictionsChange } from '@predictu/contract/shapes/player-change';
import { recordAudit } from '../platform/audit.ts';
import type { Db } from '../platform/db.ts';
import { type Context, type Handler, notFound } from '../platform/http.ts';
import { takeTurn } from '../platform/sequencer.ts';
import { findPlayer } from './find-player.ts';
import { reinstate, restrict, type Side, type Standing, suspend } from './restriction.rules.ts';
import { knownMarkets, lockStanding, updateStanding } from './standing.sql.ts';

type From = Pick<Context, 'db' | 'actor' | 'now' | 'newId' | 'requestId'>;
/** Of an endpoint of either side. */
type Input<Body> = { params: { user_id: Id<'user'> }; body: Body };
type Act = { action: string; reason: string; decide: (standing: Standing, by: Side) => Standing | Refusal };

const sideOf = ({ actor }: From): Side => (actor.kind === 'admin' ? 'platform' : 'operator');

const shown = ({ status, suspendedBy, restrictedBy, limitTier, restrictions }: Standing) => ({
  status,
  suspended_by: suspendedBy,
  limit_tier: limitTier,
  restrictions: {
    max_bet_usd: restrictions.maxBet,
    allowed_categories: restrictions.allowedCategories,
    blocked_categories: restrictions.blockedCategories,
    blocked_markets: restrictions.blockedMarkets as Id<'market'>[],
    cooldown_until: restrictions.cooldownUntil,
    held_by: restrictedBy,
  },
});

/** Only what the act changed, as the audit log keeps it. */
function difference(before: Standing, after: Standing): { before: object; after: object } {
  const flat = ({ restrictions, ...rest }: Standing) => {
    const { blockedMarkets, ...others } = restrictions;
    return { ...rest, ...others, blockedMarkets: blockedMarkets.map((id) => encodeId('market', id as Id<'market'>)) } as Record<
      string,
      unknown
    >;
  };
  const [one, other] = [flat(before), flat(after)];
  const text = (value: unknown): string => JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? String(part) : part));
  const changed = Object.keys(one).filter((key) => text(one[key]) !== text(other[key]));
  const pick = (values: Record<string, unknown>) => Object.fromEntries(changed.map((key) => [key, values[key]]));
  return { before: pick(one), after: pick(other) };
}

/** @throws NOT_FOUND when there is none, or it is another operator's. */
async function change(context: From, playerId: Id<'user'>, { action, reason, decide }: Act) {
  const { db, actor, now, newId, requestId } = context;
  const found = await findPlayer(db, playerId);
  await takeTurn(db, now);
  const before = await lockStanding(db, found);
  if (!before) throw notFound('user');
  const after = decide(before, sideOf(context));
  if (isRefusal(after)) return after;
  await updateStanding(db, found, after);
  const auditId = await recordAudit(db, actor, newId(), now, {
    action,
    subject: encodeId('user', playerId),
    operatorId: found.operatorId,
    ...difference(before, after),
    reason,
    requestId,
  });
  return { data: { user_id: playerId, ...shown(after), audit_id: auditId as Id<'audit'>, updated_at: now } };
}

async function requireMarkets(db: Db, ids: readonly Id<'market'>[] = []): Promise<void> {
  if (ids.length === 0) return;
  const known = await knownMarkets(db, ids);
  const unknown = ids.findIndex((id) => !known.has(id));
  const id = ids[unknown];
  if (id === undefined) return;
  const fields = [{ field: `blocked_markets.${unknown}`, received: encodeId('market', id), expected: 'Expected a market there is' }];
  throw new Failure('VALIDATION_ERROR', 'The body does not fit: blocked_markets', { fields });
}

type Restrict = Handler<typeof restrictAny> & Handler<typeof restrictOwn>;
export const restrictPlayer: Restrict = async (context: From, { params, body }: Input<RestrictionsChange>) => {
  const { reason, ...sent } = body;
  await requireMarkets(context.db, sent.blocked_markets);
  return change(context, params.user_id, { action: 'player.restricted', reason, decide: (standing, by) => restrict(standing, by, sent) });
};

type Suspend = Handler<typeof suspendAny> & Handler<typeof suspendOwn>;
type Named = Input<{ reason: string }>;
export const suspendPlayer: Suspend = (context: From, { params, body }: Named) =>
  change(context, params.user_id, { action: 'player.suspended', reason: body.reason, decide: suspend });

type Reinstate = Handler<typeof reinstateAny> & Handler<typeof reinstateOwn>;
export const reinstatePlayer: Reinstate = (context: From, { params, body }: Named) =>
  change(context, params.user_id, { action: 'player.reinstated', reason: body.reason, decide: reinstate });

type Limit = Handler<typeof limitOfAny> & Handler<typeof limitOfOwn>;
export const changePlayerLimitTier: Limit = (
  context: From,
  { params, body }: Input<{ limit_tier: Standing['limitTier']; reason: string }>,
) =>
  change(context, params.user_id, {
    action: 'player.limit_tier',
    reason: body.reason,
    decide: (standing) => ({ ...standing, limitTier: body.limit_tier }),
  });

/** For whoever decides on another's suggestion: the same act. */
export const setLimitTier = (context: From, playerId: Id<'user'>, limitTier: Standing['limitTier'], reason: string) =>
  changePlayerLimitTier(context as never, { params: { user_id: playerId }, body: { limit_tier: limitTier, reason } } as never);

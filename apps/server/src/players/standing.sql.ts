/** What people decide about a player, as stored on its row. */
import type { Db } from '../platform/db.ts';
import type { Restrictions, Standing } from './restriction.rules.ts';

type Row = Omit<Standing, 'restrictions'> & Omit<Restrictions, 'blockedMarkets'> & { blockedMarkets: string[] };

/** Locks the player until the transaction ends; the sequencer is taken first. */
export async function lockStanding(
  db: Db,
  { operatorId, playerId }: { operatorId: bigint; playerId: bigint },
): Promise<Standing | undefined> {
  const [row] = await db.query<Row>(
    `select status, suspended_by as "suspendedBy", restricted_by as "restrictedBy", limit_tier as "limitTier", max_bet_cents as "maxBet",
       allowed_categories as "allowedCategories", blocked_categories as "blockedCategories", blocked_markets::text[] as "blockedMarkets",
       cooldown_until as "cooldownUntil" from players where operator_id = $1 and id = $2 for no key update`,
    [operatorId, playerId],
  );
  if (!row) return undefined;
  const { status, suspendedBy, restrictedBy, limitTier, blockedMarkets, ...restrictions } = row;
  return { status, suspendedBy, restrictedBy, limitTier, restrictions: { ...restrictions, blockedMarkets: blockedMarkets.map(BigInt) } };
}

export const updateStanding = (
  db: Db,
  { operatorId, playerId }: { operatorId: bigint; playerId: bigint },
  { status, suspendedBy, restrictedBy, limitTier, restrictions }: Standing,
): Promise<unknown> =>
  db.query(
    `update players set status = $3, suspended_by = $4, restricted_by = $5, limit_tier = $6, max_bet_cents = $7, allowed_categories = $8,
       blocked_categories = $9, blocked_markets = $10::bigint[], cooldown_until = $11 where operator_id = $1 and id = $2`,
    [
      operatorId,
      playerId,
      status,
      suspendedBy,
      restrictedBy,
      limitTier,
      restrictions.maxBet,
      restrictions.allowedCategories,
      restrictions.blockedCategories,
      restrictions.blockedMarkets.map(String),
      restrictions.cooldownUntil,
    ],
  );

/** Those of the ids that name a market. */
export async function knownMarkets(db: Db, ids: readonly bigint[]): Promise<Set<bigint>> {
  const rows = await db.query<{ id: bigint }>('select id from markets where id = any($1::bigint[])', [ids.map(String)]);
  return new Set(rows.map(({ id }) => id));
}

/** From now on the batch looks for what the player has set for itself. */
export const markProtected = (db: Db, { operatorId, playerId }: { operatorId: bigint; playerId: bigint }): Promise<unknown> =>
  db.query('update players set protected = true where operator_id = $1 and id = $2', [operatorId, playerId]);

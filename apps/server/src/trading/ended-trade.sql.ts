/** Trades that waited for a wallet: where they stand, and what the wallet last said a player has. */
import type { Refusal } from '@predictu/contract/errors';
import type { Cents } from '@predictu/contract/units';
import type { Db } from '../platform/db.ts';
import type { Outcome } from './operation.rules.ts';

/** Market and outcome of a trade; undefined when there is no such trade. */
export async function selectPlace(
  db: Db,
  operatorId: bigint,
  tradeId: bigint,
): Promise<{ marketId: bigint; outcome: Outcome } | undefined> {
  const [row] = await db.query<{ marketId: bigint; outcome: Outcome }>(
    'select market_id as "marketId", outcome from trades where operator_id = $1 and id = $2',
    [operatorId, tradeId],
    'trade_place',
  );
  return row;
}

/** What the player of a cancelled trade was told. */
export async function selectRefusal(db: Db, operatorId: bigint, tradeId: bigint): Promise<Refusal | undefined> {
  const [row] = await db.query<{ refusal: Refusal }>(
    `select refusal from trade_events where operator_id = $1 and trade_id = $2 and status = 'cancelled'`,
    [operatorId, tradeId],
    'trade_refusal',
  );
  return row?.refusal;
}

/** What the wallet last answered; 0 before its first answer. */
export async function selectWalletBalance(db: Db, operatorId: bigint, playerId: bigint): Promise<Cents> {
  const [row] = await db.query<{ balance: Cents }>(
    'select greatest(coalesce(wallet_balance_cents, 0), 0) as balance from players where operator_id = $1 and id = $2',
    [operatorId, playerId],
    'wallet_balance',
  );
  return row?.balance ?? (0n as Cents);
}

/** A player's balance, and what its open shares would pay if every one of them won: hundredths of a share are cents. */
import type { Cents } from '@predictu/contract/units';
import type { Db } from '../platform/db.ts';

export type BalanceRow = { balance_cents: Cents; exposure_cents: Cents; currency: string };

export async function selectBalance(db: Db, operatorId: bigint, playerId: bigint): Promise<BalanceRow | undefined> {
  const [row] = await db.query<BalanceRow>(
    `select case when o.wallet_mode = 'seamless' then greatest(coalesce(p.wallet_balance_cents, 0), 0) else p.balance_cents end as balance_cents,
       p.open_shares as exposure_cents, o.default_currency as currency
     from players p join operators o on o.id = p.operator_id where p.operator_id = $1 and p.id = $2`,
    [operatorId, playerId],
    'player_balance',
  );
  return row;
}

/** Where a player's stream begins: balance, prices and the place in the order of all writes, in one snapshot each. */
import type { Id } from '@predictu/contract/ids';
import type { Cents, Price } from '@predictu/contract/units';
import type { Db } from '../platform/db.ts';

/** The last id that is committed; every row with a smaller one is, too, because ids are handed out in commit order. */
export async function selectLastId(db: Db): Promise<bigint> {
  const [row] = await db.query<{ last_id: bigint }>('select last_id from sequencer', [], 'feed_last_id');
  return row?.last_id ?? 0n;
}

export type StartRow = { balance_cents: Cents; last_id: bigint; wallet_at: Date | null };

export async function selectStart(db: Db, operatorId: bigint, playerId: bigint): Promise<StartRow | undefined> {
  const [row] = await db.query<StartRow>(
    `select case when o.wallet_mode = 'seamless' then greatest(coalesce(p.wallet_balance_cents, 0), 0) else p.balance_cents end as balance_cents, s.last_id,
       p.wallet_balance_at as wallet_at
     from players p join operators o on o.id = p.operator_id cross join sequencer s where p.operator_id = $1 and p.id = $2`,
    [operatorId, playerId],
  );
  return row;
}

export type WalletBalance = { player_id: bigint; balance_cents: Cents; at: Date };
/** What outside wallets last answered about these players: a credit that is confirmed late moves no row of ours. */
export const selectWalletBalances = (db: Db, players: readonly { operatorId: bigint; playerId: bigint }[]): Promise<WalletBalance[]> =>
  db.query<WalletBalance>(
    `select p.id as player_id, greatest(p.wallet_balance_cents, 0) as balance_cents, p.wallet_balance_at as at
     from unnest($1::bigint[], $2::bigint[]) as k(operator_id, id) join operators o on o.id = k.operator_id and o.wallet_mode = 'seamless'
     join players p on p.operator_id = k.operator_id and p.id = k.id where p.wallet_balance_at is not null`,
    [players.map(({ operatorId }) => operatorId), players.map(({ playerId }) => playerId)],
    'feed_wallet_balances',
  );

export type PriceRow = {
  id: Id<'market'>;
  mid: Price | null;
  priced_at: Date | null;
};

/** Markets of the categories the operator offers: these, or every active one. */
export const selectPrices = (db: Db, operatorId: bigint, marketIds: readonly bigint[] | undefined): Promise<PriceRow[]> =>
  db.query<PriceRow>(
    `select m.id, m.mid::bigint as mid, m.priced_at from markets m
     where (m.operator_id is null or m.operator_id = $1) and m.category = any((select allowed_categories from operators where id = $1)::text[])
       and case when $2::bigint[] is null then m.status = 'active' else m.id = any($2) end
     order by m.id`,
    [operatorId, marketIds ?? null],
  );

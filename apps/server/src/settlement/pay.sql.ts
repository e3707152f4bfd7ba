/** Paying in pieces: what is due next, the players it is for, and what a piece writes. Under the sequencer. */
import { int8s, type Statement } from '../platform/arrays.ts';
import type { Db } from '../platform/db.ts';
import { PLAN_BY_INDEX } from '../platform/plan-modes.ts';
import { noteChangesFrom } from '../players/players.ts';
import type { PaidPlayer, Payout } from '../trading/payout.rules.ts';
import type { WalletMode } from '../trading/trading.ts';
import { PAYOUT_COLUMNS } from '../trading/trading.ts';

export type Unpaid = {
  settlementId: bigint;
  operatorId: bigint;
  walletMode: WalletMode;
  correction: boolean;
  decidedAt: Date;
  /** Payouts that have not had their turn. */
  left: bigint;
};
/** Numbers of payouts, without the first. */
export type Span = { after: bigint; through: bigint };

/** Records with payouts left, oldest first. */
export const selectUnpaid = (db: Db): Promise<Unpaid[]> =>
  db.query<Unpaid>(
    `select r.settlement_id as "settlementId", r.operator_id as "operatorId", r.wallet_mode as "walletMode", s.corrects_id is not null as correction,
       r.decided_at as "decidedAt", r.positions - r.paid_through as "left"
     from settlement_records r join market_settlements s on s.id = r.settlement_id
     where r.credited_at is null order by r.settlement_id, r.operator_id`,
  );

/** Whether a settlement still owes anybody. */
export async function isUnpaid(db: Db, settlementId: bigint): Promise<boolean> {
  const rows = await db.query('select from settlement_records where settlement_id = $1 and credited_at is null limit 1', [settlementId]);
  return rows.length > 0;
}

/**
 * By index whatever the statistics say: nobody has analysed the payouts a moment after they were written. And no trigger notes the players that
 * change: whoever pays does it, all at once. Ends with the transaction.
 */
export const PREPARE = `${PLAN_BY_INDEX.text}, set_config('predictu.players_noted', 'yes', true)`;
export const preparePaying = (db: Db): Promise<unknown> => db.query(PREPARE, [], 'settlement_prepare');

/** For the lists that follow players. */
export const noteChanges = (db: Db, playerIds: readonly bigint[]): Promise<unknown> =>
  db.query(noteChangesFrom('select unnest($1::bigint[])'), [playerIds], 'settlement_note_changes');

/** Every writer of money takes its turn; answers the last id handed out. */
export async function lockSequencer(db: Db): Promise<bigint> {
  const [row] = await db.query<{ lastId: bigint }>(
    'select last_id as "lastId" from sequencer for no key update',
    [],
    'settlement_sequencer',
  );
  return row?.lastId ?? 0n;
}

export type Progress = { positions: bigint; paidThrough: bigint };
export async function selectProgress(db: Db, { settlementId, operatorId }: Unpaid): Promise<Progress | undefined> {
  const [row] = await db.query<Progress>(
    'select positions, paid_through as "paidThrough" from settlement_records where operator_id = $1 and settlement_id = $2 and credited_at is null',
    [operatorId, settlementId],
    'settlement_progress',
  );
  return row;
}

/** The payouts of these numbers that have not been paid early. */
export const selectDue = (db: Db, { settlementId, operatorId }: Unpaid, { after, through }: Span): Promise<Payout[]> =>
  db.query<Payout>(
    `select ${PAYOUT_COLUMNS} from settlement_records r join market_settlements s on s.id = r.settlement_id
     join settlement_payouts p on p.operator_id = r.operator_id and p.settlement_id = r.settlement_id and p.n > $3 and p.n <= $4
     where r.operator_id = $1 and r.settlement_id = $2 and not exists (select from settlement_early_payouts e where e.operator_id = p.operator_id and e.settlement_id = p.settlement_id and e.n = p.n)
     order by p.n`,
    [operatorId, settlementId, after, through],
    'settlement_due',
  );

export type LockedPlayer = PaidPlayer & { id: bigint };
export const lockPlayers = (db: Db, operatorId: bigint, ids: readonly bigint[]): Promise<LockedPlayer[]> =>
  db.query<LockedPlayer>(
    `select id, balance_cents as balance, open_shares as "openShares", fees_cents as fees, realized_pnl_cents as "realizedPnl", closed_count as "closedCount",
       won_count as "wonCount" from players where operator_id = $1 and id = any($2::bigint[]) order by id for no key update`,
    [operatorId, ids],
    'settlement_players',
  );

export const updatePlayers = (operatorId: bigint, rows: readonly LockedPlayer[]): Statement => ({
  name: 'settlement_update_players',
  text: `update players p set balance_cents = u.balance, open_shares = u.open_shares, fees_cents = u.fees, realized_pnl_cents = u.realized, closed_count = u.closed,
      won_count = u.won
    from unnest($2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[]) as u(id, balance, open_shares, fees, realized, closed, won)
    where p.operator_id = $1 and p.id = u.id`,
  values: [
    operatorId,
    int8s(rows, (p) => p.id),
    int8s(rows, (p) => p.balance),
    int8s(rows, (p) => p.openShares),
    int8s(rows, (p) => p.fees),
    int8s(rows, (p) => p.realizedPnl),
    int8s(rows, (p) => p.closedCount),
    int8s(rows, (p) => p.wonCount),
  ],
});

/** The bet each position began with, which a wallet is told as the reference. */
export const selectReferences = (db: Db, operatorId: bigint, marketId: bigint, playerIds: readonly bigint[]) =>
  db.query<{ playerId: bigint; outcome: string; tradeId: bigint }>(
    `select player_id as "playerId", outcome, min(id) as "tradeId" from trades
     where operator_id = $1 and market_id = $2 and player_id = any($3::bigint[]) and side = 'buy' and status = 'filled' group by 1, 2`,
    [operatorId, marketId, playerIds],
    'settlement_references',
  );

export const markPaid = (db: Db, { settlementId, operatorId }: Unpaid, paidThrough: bigint, creditedAt: Date | null): Promise<unknown> =>
  db.query(
    'update settlement_records set paid_through = $3, credited_at = $4 where operator_id = $1 and settlement_id = $2',
    [operatorId, settlementId, paidThrough, creditedAt],
    'settlement_mark_paid',
  );

/** Ends the turn: the ids handed out, and a new version once a record is paid, because the batch then has less to look for. */
export const endTurn = (db: Db, lastId: bigint, versions: number): Promise<unknown> =>
  db.query(
    'update sequencer set last_id = greatest(last_id, $1::bigint), version = version + $2::int',
    [lastId, versions],
    'settlement_end_turn',
  );

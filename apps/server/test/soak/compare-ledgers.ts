/** Lays the casinos' books beside the platform's, call by call and player by player. Neither knows the other's tables. */
import { encodeId, type Id } from '@predictu/contract/ids';
import type pg from 'pg';
import type { Side } from './soak-scene.ts';

type Call = {
  id: bigint;
  method: string;
  amount_cents: bigint;
  status: string;
  player: string;
  reference_id: bigint | null;
  trade_status: string | null;
  reason: string | null;
};
/** Cents that moved into all players' wallets, less what left them. A debit taken and given back counts nothing. */
export type Sums = { platform: bigint; casinos: bigint };

const transaction = (id: bigint): string => encodeId('transaction', id as Id<'transaction'>);

/** Cents each transaction moved at the casino; a transaction that moved twice is a defect. */
function movementsOf({ casino }: Side, defects: string[]): Map<string, bigint> {
  const moved = new Map<string, bigint>();
  for (const { transaction_id: id, amount } of casino.ledger.rows) {
    if (id === undefined) continue;
    if (moved.has(id)) defects.push(`${id}: the casino has it twice`);
    moved.set(id, (moved.get(id) ?? 0n) + BigInt(amount));
  }
  return moved;
}

/** What the call should have moved at the casino, with its rollbacks. */
function expectedOf({ method, amount_cents: amount, trade_status: trade }: Call): bigint {
  if (method === 'BET_MAKE') return trade === 'filled' ? -amount : 0n;
  return method === 'BET_LOSE' ? 0n : amount;
}

async function compareCalls(owner: pg.Client, side: Side, defects: string[]): Promise<void> {
  const moved = movementsOf(side, defects);
  const { rows: calls } = await owner.query<Call>(
    `select c.id, c.method, c.amount_cents, c.status, p.external_id as player, c.reference_id, c.reason, t.status as trade_status from wallet_calls c
     join players p on p.operator_id = c.operator_id and p.id = c.player_id left join trades t on t.operator_id = c.operator_id and t.id = c.id
     where c.operator_id = $1`,
    [side.operatorId],
  );
  const undone = new Map<bigint, bigint>();
  for (const { id, method, reference_id: reference } of calls) {
    if (method !== 'BET_ROLLBACK' || reference === null) continue;
    undone.set(reference, (undone.get(reference) ?? 0n) + (moved.get(transaction(id)) ?? 0n));
  }
  for (const call of calls) {
    const { id, method, status, reason, trade_status: trade } = call;
    if (!['confirmed', 'refused', 'rolled_back'].includes(status)) defects.push(`${transaction(id)}: ${method} is ${status} (${reason})`);
    if (method === 'BET_MAKE' && trade === 'pending') defects.push(`${transaction(id)}: ${status}, and its trade still waits`);
    if (method !== 'BET_ROLLBACK') {
      const found = (moved.get(transaction(id)) ?? 0n) + (undone.get(id) ?? 0n);
      const expected = expectedOf(call);
      if (found !== expected)
        defects.push(`${transaction(id)}: ${method} ${status}, trade ${trade}: ${expected} cents expected, ${found} moved`);
    }
    moved.delete(transaction(id));
  }
  for (const id of moved.keys()) defects.push(`${id}: the casino has it, the platform does not`);
}

async function comparePlayers(owner: pg.Client, { operatorId, casino }: Side, defects: string[], sums: Sums): Promise<void> {
  const { rows } = await owner.query<{ player: string; taken: bigint; given: bigint }>(
    `select p.external_id as player, coalesce(sum(l.amount_cents) filter (where l.from_account = 'wallet'), 0)::bigint as taken,
       coalesce(sum(l.amount_cents) filter (where l.to_account = 'wallet'), 0)::bigint as given
     from players p left join ledger_entries l on l.operator_id = p.operator_id and l.player_id = p.id where p.operator_id = $1 group by 1`,
    [operatorId],
  );
  const own = new Map<string, bigint>();
  for (const { kind, player_id: player, amount } of casino.ledger.rows) {
    if (!kind.startsWith('BET_')) continue;
    own.set(player, (own.get(player) ?? 0n) + BigInt(amount));
    sums.casinos += BigInt(amount);
  }
  for (const { player, taken, given } of rows) {
    sums.platform += given - taken;
    const found = own.get(player) ?? 0n;
    if (found !== given - taken) defects.push(`${player}: ${given - taken} cents in the platform's ledger, ${found} in the casino's`);
  }
  if (!casino.statement().consistent) defects.push(`operator ${operatorId}: a balance of the casino is not the sum of its rows`);
}

/**
 * One sentence for every call and every player about whom the two sides differ, and the sums of both. Fees are in the ledger
 * rows of what they were taken with, so both sides count what left or reached a wallet.
 */
export async function compareLedgers(owner: pg.Client, sides: readonly Side[]): Promise<{ defects: string[]; sums: Sums }> {
  const defects: string[] = [];
  const sums: Sums = { platform: 0n, casinos: 0n };
  for (const side of sides) {
    await compareCalls(owner, side, defects);
    await comparePlayers(owner, side, defects, sums);
  }
  return { defects, sums };
}

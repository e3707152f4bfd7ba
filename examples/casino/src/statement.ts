/** The books, added up from the journal rows alone, so that they can be laid beside the platform's. */
import type { Ledger, Row } from './ledger.ts';

export type Totals = { player_id: string; name: string; balance: number; rows: number } & Partial<Record<Row['kind'], number>>;
export type Statement = {
  currency: string;
  row_count: number;
  /** Sum of all balances, in cents. */
  balance: number;
  /** Every balance kept equals the sum of its rows. */
  consistent: boolean;
  players: Totals[];
  totals: Partial<Record<Row['kind'], number>>;
  rows: Row[];
};

/** `after` and `limit` choose the rows listed; the totals are always of all of them. */
export function statementOf(ledger: Ledger, { after = 0, limit = Number.MAX_SAFE_INTEGER } = {}): Statement {
  const players = new Map<string, Totals>();
  const totals: Statement['totals'] = {};
  for (const { player_id, kind, amount } of ledger.rows) {
    const own = players.get(player_id) ?? { player_id, name: ledger.players.get(player_id)?.name ?? '(unknown)', balance: 0, rows: 0 };
    own.balance += amount;
    own.rows += 1;
    own[kind] = (own[kind] ?? 0) + amount;
    totals[kind] = (totals[kind] ?? 0) + amount;
    players.set(player_id, own);
  }
  const kept = [...ledger.players.values()];
  return {
    currency: 'USD',
    row_count: ledger.rows.length,
    balance: kept.reduce((sum, { balance }) => sum + balance, 0),
    consistent: kept.every(({ id, balance }) => players.get(id)?.balance === balance && balance >= 0),
    players: [...players.values()],
    totals,
    rows: ledger.rows.slice(after, after + limit),
  };
}

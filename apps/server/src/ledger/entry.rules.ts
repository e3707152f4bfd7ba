/**
 * Ledger entries: what moves, from which account to which. Each row moves a positive amount, so the trial balance is zero
 * by construction; before and after are the player's balance around that row.
 */
import { type Cents, cents } from '@predictu/contract/units';

export type Account = 'player' | 'house' | 'fees' | 'bank' | 'wallet' | 'orders' | 'credits' | 'copilot';
export type EntryType =
  | 'trade_debit'
  | 'trade_credit'
  | 'trade_fee'
  | 'deposit'
  | 'withdrawal'
  | 'withdrawal_fee'
  | 'settlement_credit'
  | 'settlement_fee'
  | 'refund'
  | 'correction'
  | 'order_hold'
  | 'order_release'
  | 'credit_grant'
  | 'credit_top_up'
  | 'copilot_answer'
  | 'copilot_refund';

export type Movement = { type: EntryType; from: Account; to: Account; amount: Cents; description: string };
export type Entry = Movement & { balanceBefore: Cents; balanceAfter: Cents };

/** Rows for these movements in order, chained from the balance before the first; movements of nothing leave no row. */
export function chain(balance: Cents, movements: readonly Movement[]): { entries: Entry[]; balance: Cents } {
  const entries: Entry[] = [];
  let current = balance;
  for (const movement of movements) {
    if (movement.amount === 0n) continue;
    const after = cents(current - (movement.from === 'player' ? movement.amount : 0n) + (movement.to === 'player' ? movement.amount : 0n));
    const { type, from, to, amount, description } = movement;
    entries.push({ type, from, to, amount, description, balanceBefore: current, balanceAfter: after });
    current = after;
  }
  return { entries, balance: current };
}

const decimal = (value: bigint, places: number): string => {
  const digits = String(value).padStart(places + 1, '0');
  return `${digits.slice(0, -places)}.${digits.slice(-places)}`;
};

type TradeAmounts = { outcome: 'yes' | 'no'; side: 'buy' | 'sell'; price: bigint; quantity: bigint; amount: Cents; fee: Cents };

/**
 * A buyer pays cost and fee, a seller receives proceeds and pays the fee: two rows, so that fees are always shown as fees. `holder` is
 * where the player's money is kept: the balance, or an outside wallet.
 */
export function tradeMovements(trade: TradeAmounts, holder: 'player' | 'wallet' = 'player'): Movement[] {
  const { outcome, side, price, quantity, amount, fee } = trade;
  const what = `${decimal(quantity, 2)} ${outcome} at ${decimal(price, 4)}`;
  const moved: Movement =
    side === 'buy'
      ? { type: 'trade_debit', from: holder, to: 'house', amount, description: `Bought ${what}` }
      : { type: 'trade_credit', from: 'house', to: holder, amount, description: `Sold ${what}` };
  return [moved, { type: 'trade_fee', from: holder, to: 'fees', amount: fee, description: 'Trading fee' }];
}

/** What a limit order holds leaves the balance when it is placed, and comes back whole when it ends, however it ends. */
export const holdMovement = (amount: Cents): Movement => ({
  type: 'order_hold',
  from: 'player',
  to: 'orders',
  amount,
  description: 'Held for a limit order',
});
export const releaseMovement = (amount: Cents): Movement => ({
  type: 'order_release',
  from: 'orders',
  to: 'player',
  amount,
  description: 'Limit order no longer holds it',
});

/** A deposit comes from the operator's bank account, a withdrawal goes there; the withdrawal's fee stands beside it. */
export function adjustmentMovements(action: 'deposit' | 'withdraw', amount: Cents, fee: Cents, reason: string): Movement[] {
  if (action === 'deposit') return [{ type: 'deposit', from: 'bank', to: 'player', amount, description: reason }];
  return [
    { type: 'withdrawal', from: 'player', to: 'bank', amount, description: reason },
    { type: 'withdrawal_fee', from: 'player', to: 'fees', amount: fee, description: 'Withdrawal fee' },
  ];
}

/** A ledger row as its player reads it: the documented types, money that left as a negative amount. */
import { encodeId, type Id } from '@predictu/contract/ids';
import type { LedgerType } from '@predictu/contract/shapes/ledger-entry';
import { type Cents, cents } from '@predictu/contract/units';
import type { Account, EntryType } from './entry.rules.ts';

const SHOWN: Record<EntryType, LedgerType> = {
  trade_debit: 'trade_debit',
  trade_credit: 'trade_credit',
  trade_fee: 'fee',
  deposit: 'deposit',
  withdrawal: 'withdraw',
  withdrawal_fee: 'fee',
  settlement_credit: 'settlement',
  settlement_fee: 'fee',
  refund: 'settlement',
  correction: 'adjustment',
  order_hold: 'trade_debit',
  order_release: 'trade_credit',
  credit_grant: 'adjustment',
  credit_top_up: 'adjustment',
  copilot_answer: 'adjustment',
  copilot_refund: 'adjustment',
};

/** What is stored under a documented type. */
export const storedTypes = (shown: LedgerType): EntryType[] => (Object.keys(SHOWN) as EntryType[]).filter((type) => SHOWN[type] === shown);

export type StoredEntry = {
  id: Id<'ledger'>;
  type: EntryType;
  from_account: Account;
  amount_cents: Cents;
  balance_before_cents: Cents;
  balance_after_cents: Cents;
  trade_id: Id<'trade'> | null;
  description: string;
  created_at: Date;
};

const ADJUSTMENTS: readonly EntryType[] = ['deposit', 'withdrawal', 'withdrawal_fee', 'correction'];

export const shownEntry = (entry: StoredEntry) => ({
  id: entry.id,
  type: SHOWN[entry.type],
  amount_usd: entry.from_account === 'player' || entry.from_account === 'wallet' ? cents(-entry.amount_cents) : entry.amount_cents,
  balance_before_usd: entry.balance_before_cents,
  balance_after_usd: entry.balance_after_cents,
  reference_type: entry.trade_id !== null ? ('trade' as const) : ADJUSTMENTS.includes(entry.type) ? ('adjustment' as const) : null,
  reference_id: entry.trade_id === null ? null : encodeId('trade', entry.trade_id),
  description: entry.description,
  created_at: entry.created_at,
});

export type ShownEntry = ReturnType<typeof shownEntry>;

type Origin = {
  market_id: Id<'market'> | null;
  market_title: string | null;
  outcome: 'yes' | 'no' | null;
  side: 'buy' | 'sell' | null;
  price: bigint | null;
  quantity: bigint | null;
  settlement_id: Id<'settlement'> | null;
  metadata: Record<string, unknown> | null;
  key: string | null;
};

/** What was traded, or held when it was settled. */
function metadataOf({ market_id: marketId, outcome, side, price, quantity, settlement_id: settlementId, metadata }: Origin) {
  if (marketId === null || quantity === null) return metadata;
  const about = { market_id: encodeId('market', marketId), outcome, quantity: Number(quantity) / 100 };
  return settlementId === null
    ? { side, price: Number(price) / 10_000, ...about }
    : { settlement_id: encodeId('settlement', settlementId), ...about };
}

/** A row as the platform reads it, with where it came from. */
export function consoleEntry(entry: StoredEntry & { player_id: bigint }, origin: Origin | undefined) {
  const shown = shownEntry(entry);
  const settlementId = origin?.settlement_id ?? null;
  return {
    user_id: entry.player_id as Id<'user'>,
    ...shown,
    ...(settlementId !== null && { reference_type: 'settlement' as const, reference_id: encodeId('settlement', settlementId) }),
    description: origin?.market_title ? `${shown.description} - ${origin.market_title}` : shown.description,
    metadata: origin ? metadataOf(origin) : null,
    idempotency_key: origin?.key ?? null,
  };
}

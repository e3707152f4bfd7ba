/** The documented values a person can filter by. */
import { formatWords } from '../format/words.ts';

const choices = <Value extends string>(values: readonly Value[]) => values.map((value) => ({ value, label: formatWords(value) }));

export const CATEGORY_CHOICES = choices(['sports', 'crypto', 'politics', 'entertainment', 'economics', 'other']);
export const SIDE_CHOICES = choices(['buy', 'sell']);
export const OUTCOME_CHOICES = choices(['yes', 'no']);
export const TRADE_STATUS_CHOICES = choices(['pending', 'filled', 'settled', 'cancelled']);
export const ORDER_STATUS_CHOICES = choices(['open', 'pending', 'filled', 'cancelled', 'expired']);
export const POSITION_STATUS_CHOICES = choices(['open', 'closed', 'settled']);
export const TIER_CHOICES = choices(['normal', 'sharp', 'restricted', 'banned']);
export const PLAYER_STATUS_CHOICES = choices(['active', 'inactive', 'suspended']);
export const MARKET_STATUS_CHOICES = choices(['active', 'paused', 'resolved', 'cancelled']);
export const LEDGER_TYPE_CHOICES = choices(['deposit', 'withdraw', 'trade_debit', 'trade_credit', 'settlement', 'fee', 'adjustment']);
export const SETTLEMENT_STATUS_CHOICES = choices(['pending', 'processing', 'completed', 'failed']);
export const INVOICE_STATUS_CHOICES = choices(['draft', 'sent', 'paid', 'overdue', 'void']);
export const CALL_STATUS_CHOICES = choices(['pending', 'unknown', 'confirmed', 'refused', 'rolled_back', 'failed', 'handled']);
export const CALL_METHOD_CHOICES = ['BET_MAKE', 'BET_SELL', 'BET_WIN', 'BET_LOSE', 'BET_REFUND', 'BET_ROLLBACK'].map((value) => ({
  value,
  label: value,
}));

/** The columns of reports and exports, in their order, by what they hold. Names are those of the lists of the same things. */
import type { IdKind } from '../ids.ts';

/** Money has two decimals, a price four, a quantity two; an instant is ISO 8601 in UTC; an id is text like `trd_…`. */
export type ColumnKind = IdKind | 'text' | 'integer' | 'number' | 'boolean' | 'usd' | 'price' | 'shares' | 'instant' | 'date' | 'json';
export type Columns = Readonly<Record<string, ColumnKind>>;

/** Whoever reads these knows who somebody is. An export has them only when asked for. */
export const PERSONAL_COLUMNS: readonly string[] = ['user_name', 'external_user_id', 'external_id', 'username', 'email'];

const TRADES = {
  id: 'trade',
  user_id: 'user',
  user_name: 'text',
  external_user_id: 'text',
  market_id: 'market',
  market_title: 'text',
  category: 'text',
  outcome: 'text',
  side: 'text',
  price: 'price',
  mid: 'price',
  quantity: 'shares',
  cost_usd: 'usd',
  fee_usd: 'usd',
  spread_usd: 'usd',
  pnl_usd: 'usd',
  status: 'text',
  s2s_transaction_id: 'transaction',
  s2s_callback_status: 'text',
  created_at: 'instant',
} as const satisfies Columns;

const USERS = {
  id: 'user',
  external_id: 'text',
  username: 'text',
  email: 'text',
  tier: 'text',
  limit_tier: 'text',
  status: 'text',
  balance_usd: 'usd',
  trade_count: 'integer',
  volume_usd: 'usd',
  pnl_usd: 'usd',
  win_rate: 'number',
  score: 'integer',
  open_positions: 'integer',
  last_trade_at: 'instant',
  last_active_at: 'instant',
  created_at: 'instant',
} as const satisfies Columns;

const POSITIONS = {
  id: 'position',
  user_id: 'user',
  user_name: 'text',
  external_user_id: 'text',
  market_id: 'market',
  market_title: 'text',
  category: 'text',
  outcome: 'text',
  quantity: 'shares',
  avg_price: 'price',
  cost_basis_usd: 'usd',
  current_price: 'price',
  market_value_usd: 'usd',
  unrealized_pnl_usd: 'usd',
  unrealized_pnl_pct: 'number',
  realized_pnl_usd: 'usd',
  pnl_usd: 'usd',
  status: 'text',
  trade_count: 'integer',
  opened_at: 'instant',
  closed_at: 'instant',
  settled_at: 'instant',
} as const satisfies Columns;

const REVENUE = {
  date: 'text',
  gross_usd: 'usd',
  spread_usd: 'usd',
  fees_usd: 'usd',
  predictu_share_usd: 'usd',
  operator_share_usd: 'usd',
  settlement_pnl_usd: 'usd',
  trade_count: 'integer',
  volume_usd: 'usd',
  unique_traders: 'integer',
} as const satisfies Columns;

const RISK_EVENTS = {
  id: 'event',
  type: 'text',
  severity: 'text',
  wall: 'integer',
  wall_name: 'text',
  message: 'text',
  scope: 'json',
  value: 'usd',
  threshold: 'usd',
  utilization_pct: 'number',
  operator_slug: 'text',
  user_id: 'user',
  market_id: 'market',
  auto_resolved: 'boolean',
  resolved_at: 'instant',
  created_at: 'instant',
} as const satisfies Columns;

const SETTLEMENT = { id: 'settlement', market_id: 'market', market_title: 'text', resolution: 'text', status: 'text' } as const;
const CALLBACKS = { s2s_callbacks_sent: 'integer', s2s_callbacks_confirmed: 'integer', s2s_callbacks_failed: 'integer' } as const;
const SETTLED = { resolved_at: 'instant', settled_at: 'instant' } as const;
const SETTLEMENTS = {
  ...SETTLEMENT,
  positions_settled: 'integer',
  winners: 'integer',
  losers: 'integer',
  total_payout_usd: 'usd',
  total_loss_usd: 'usd',
  net_pnl_usd: 'usd',
  ...CALLBACKS,
  processing_time_ms: 'integer',
  ...SETTLED,
  corrects_id: 'settlement',
  evidence: 'text',
  evidence_url: 'text',
} as const satisfies Columns;
const OWN_SETTLEMENTS = {
  ...SETTLEMENT,
  operator_positions_settled: 'integer',
  operator_winners: 'integer',
  operator_losers: 'integer',
  operator_payout_usd: 'usd',
  operator_loss_usd: 'usd',
  operator_net_pnl_usd: 'usd',
  ...CALLBACKS,
  ...SETTLED,
} as const satisfies Columns;

const INVOICES = {
  id: 'invoice',
  number: 'text',
  operator_slug: 'text',
  operator_name: 'text',
  period_from: 'date',
  period_to: 'date',
  status: 'text',
  trade_volume_usd: 'usd',
  trade_count: 'integer',
  spread_revenue_usd: 'usd',
  fee_revenue_usd: 'usd',
  revenue_share_pct: 'number',
  amount_usd: 'usd',
  tax_usd: 'usd',
  total_usd: 'usd',
  balance_usd: 'usd',
  issued_at: 'instant',
  due_at: 'instant',
  sent_at: 'instant',
  paid_at: 'instant',
} as const satisfies Columns;

const LEDGER = {
  id: 'ledger',
  operator_slug: 'text',
  user_id: 'user',
  type: 'text',
  amount_usd: 'usd',
  balance_before_usd: 'usd',
  balance_after_usd: 'usd',
  from_account: 'text',
  to_account: 'text',
  reference_type: 'text',
  reference_id: 'text',
  description: 'text',
  created_at: 'instant',
} as const satisfies Columns;

const OF_OPERATOR = { operator_slug: 'text' } as const;
const NAMED_OPERATOR = { ...OF_OPERATOR, operator_name: 'text' } as const;

/** What the platform's files can hold. */
export const PLATFORM_COLUMNS = {
  trades: { ...TRADES, ...NAMED_OPERATOR, idempotency_key: 'text' },
  users: { ...USERS, ...NAMED_OPERATOR },
  positions: { ...POSITIONS, ...OF_OPERATOR },
  revenue: { ...REVENUE, ...OF_OPERATOR },
  settlements: SETTLEMENTS,
  risk_events: RISK_EVENTS,
  invoices: INVOICES,
  ledger: LEDGER,
} as const satisfies Record<string, Columns>;

/** What an operator's can. */
export const OPERATOR_COLUMNS = {
  trades: TRADES,
  users: USERS,
  positions: POSITIONS,
  revenue: REVENUE,
  settlements: OWN_SETTLEMENTS,
} as const satisfies Record<string, Columns>;

export const REPORT_TYPES = ['trades', 'revenue', 'users', 'risk_events', 'settlements', 'invoices'] as const;
export const OPERATOR_REPORT_TYPES = ['trades', 'users', 'positions', 'revenue', 'settlements'] as const;
export const EXPORT_TYPES = ['users', 'trades', 'positions', 'ledger', 'settlements', 'risk_events'] as const;
/** Whatever a file can be of. */
export type FileType = keyof typeof PLATFORM_COLUMNS;

export const REPORT_FORMATS = ['csv', 'xlsx', 'pdf'] as const;
export const EXPORT_FORMATS = ['csv', 'jsonl', 'parquet'] as const;
export const COMPRESSIONS = ['none', 'gzip', 'zstd'] as const;
export const FREQUENCIES = ['daily', 'weekly', 'monthly'] as const;
export const FILE_STATUSES = ['processing', 'ready', 'failed', 'expired'] as const;

/** Every column a file of this type can hold for this side. */
export const columnsOf = (side: 'platform' | 'operator', type: FileType): Columns =>
  side === 'operator' && type in OPERATOR_COLUMNS ? OPERATOR_COLUMNS[type as keyof typeof OPERATOR_COLUMNS] : PLATFORM_COLUMNS[type];

/** How an entry of the activity feed reads: title, description, severity, and what it is about. */
import { decodeId, encodeId, type Id } from '@predictu/contract/ids';
import type { Category } from '@predictu/contract/shapes/category';
import type { Cents, Price, Shares } from '@predictu/contract/units';

export type TradeFact = {
  id: bigint;
  player_id: bigint;
  username: string;
  market_id: bigint;
  market_title: string;
  category: Category;
  outcome: 'yes' | 'no';
  side: 'buy' | 'sell';
  price: Price;
  quantity: Shares;
  amount_cents: Cents;
};
export type PlayerFact = { id: bigint; external_id: string; username: string | null };
export type AuditFact = {
  id: bigint;
  actor_kind: string;
  action: string;
  subject: string;
  after: Record<string, unknown> | null;
  reason: string | null;
  /** What people call the subject, where it has a name. */
  subject_name: string | null;
};
export type RiskFact = {
  id: bigint;
  type: 'wall_violation' | 'circuit_breaker' | 'sharp_detection' | 'anomaly';
  severity: 'info' | 'warning' | 'critical';
  wall: number | null;
  message: string;
  scope: Record<string, unknown>;
  value_cents: Cents | null;
  threshold_cents: Cents | null;
  player_id: bigint | null;
  player_name: string | null;
  market_id: bigint | null;
};
export type SettlementFact = {
  id: bigint;
  market_id: bigint;
  market_title: string;
  outcome: 'yes' | 'no' | 'split' | 'void';
  corrects_id: bigint | null;
};
export type SettlementRecordFact = SettlementFact & {
  operator_id: bigint;
  positions: bigint;
  winners: bigint;
  losers: bigint;
  payout_cents: Cents;
};

export type Words = {
  title: string;
  description: string;
  severity: 'info' | 'warning' | 'critical';
  user_id: Id<'user'> | null;
  market_id: Id<'market'> | null;
  metadata: Record<string, unknown>;
};

const LARGE_TRADE_CENTS = 10_000n;

const dollars = (cents: bigint): number => Number(cents) / 100;
const padded = (value: bigint, digits: number): string => String(value).padStart(digits, '0');
const asMoney = (cents: bigint): string => {
  const size = cents < 0n ? -cents : cents;
  return `${cents < 0n ? '-' : ''}$${size / 100n}.${padded(size % 100n, 2)}`;
};
const asPrice = (price: bigint): string => `$${price / 10_000n}.${padded(price % 10_000n, 4)}`;
const hundredths = (value: bigint): string => String(Number(value) / 100);

/** A trade of $100 or more is called large. */
export function tradeWords(trade: TradeFact): Words {
  const { side, outcome, price, quantity, amount_cents: amount } = trade;
  const act = side === 'buy' ? 'bought' : 'sold';
  return {
    title: amount >= LARGE_TRADE_CENTS ? 'Large trade executed' : 'Trade executed',
    description: `${trade.username} ${act} ${hundredths(quantity)} ${outcome.toUpperCase()} @ ${asPrice(price)} on '${trade.market_title}' (${asMoney(amount)})`,
    severity: 'info',
    user_id: trade.player_id as Id<'user'>,
    market_id: trade.market_id as Id<'market'>,
    metadata: {
      trade_id: encodeId('trade', trade.id),
      amount_usd: dollars(amount),
      side,
      outcome,
      price: Number(price) / 10_000,
      quantity: Number(quantity) / 100,
      category: trade.category,
    },
  };
}

export const playerWords = ({ id, username, external_id: externalId }: PlayerFact): Words => ({
  title: 'New player',
  description: `${username ?? externalId} came in for the first time`,
  severity: 'info',
  user_id: id as Id<'user'>,
  market_id: null,
  metadata: { external_id: externalId, username },
});

const RISK_TITLES = { circuit_breaker: 'Circuit breaker', sharp_detection: 'Sharp bettor', anomaly: 'Out of the ordinary' } as const;

export function riskWords(event: RiskFact): Words {
  const { type, value_cents: value, threshold_cents: threshold } = event;
  const limit = event.scope['kind'] === 'approached' ? 'Limit approached' : 'Trade refused by a limit';
  return {
    title: type === 'wall_violation' ? limit : RISK_TITLES[type],
    description: type === 'sharp_detection' && event.player_name !== null ? `${event.player_name}: ${event.message}` : event.message,
    severity: event.severity,
    user_id: event.player_id as Id<'user'> | null,
    market_id: event.market_id as Id<'market'> | null,
    metadata: {
      event_id: encodeId('event', event.id),
      event_type: type,
      wall: event.wall,
      value_usd: value === null ? null : dollars(value),
      threshold_usd: threshold === null ? null : dollars(threshold),
      utilization_pct: value === null || !threshold ? null : Number((value * 2_000n + threshold) / (2n * threshold)) / 10,
    },
  };
}

const RESULTS = { yes: 'YES', no: 'NO', split: 'SPLIT', void: 'VOID' } as const;

export const settlementWords = (settlement: SettlementFact): Words => ({
  title: settlement.corrects_id === null ? 'Market settled' : 'Settlement corrected',
  description: `'${settlement.market_title}' is decided: ${RESULTS[settlement.outcome]}`,
  severity: settlement.corrects_id === null ? 'info' : 'warning',
  user_id: null,
  market_id: settlement.market_id as Id<'market'>,
  metadata: { settlement_id: encodeId('settlement', settlement.id), resolution: settlement.outcome },
});

export function recordWords(record: SettlementRecordFact): Words {
  const { positions, winners, losers, payout_cents: payout } = record;
  const words = settlementWords(record);
  return {
    ...words,
    title: record.corrects_id === null ? 'Positions settled' : 'Positions settled again',
    description: `${words.description}; ${positions} ${positions === 1n ? 'position' : 'positions'}, ${winners} won, ${asMoney(payout)} paid out`,
    metadata: {
      ...words.metadata,
      positions: Number(positions),
      winners: Number(winners),
      losers: Number(losers),
      payout_usd: dollars(payout),
    },
  };
}

const ACTIONS: Record<string, string> = {
  'config.updated': 'Platform configuration changed',
  'settlement.rules': 'Rules of settling changed',
  'breaker.created': 'Circuit breaker created',
  'settlement.propose': 'Result proposed',
  'settlement.hold': 'Result in doubt',
  'settlement.approve': 'Result approved',
  'settlement.withdraw': 'Result withdrawn',
  'market.pause': 'Market paused',
  'market.resume': 'Market resumed',
  'operator.create': 'Operator created',
  'operator.wallet': 'Wallet of an operator changed',
  'member.create': 'Operator member added',
  'balance.deposit': 'Balance deposited by hand',
  'balance.withdraw': 'Balance withdrawn by hand',
  'wallet.budgets': 'Wallet settings changed',
  'wallet.signing_key': 'Signing key renewed',
  'wallet.webhook_secret': 'Webhook secret renewed',
  'wallet_call.replayed': 'Callback sent again',
  'wallet_call.handled': 'Callback closed by hand',
};
const ACTORS: Record<string, string> = {
  admin: 'a platform admin',
  operator_member: 'an operator member',
  api_key: 'an API key',
  player: 'a player',
  worker: 'the platform',
  public: 'the platform',
};
const NOTABLE = new Set(['settlement.hold', 'market.pause']);

const humanised = (action: string): string => {
  const words = action.replace(/[._]/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};
const marketOf = (text: unknown): Id<'market'> | null => (typeof text === 'string' ? (decodeId('market', text) ?? null) : null);

/** An act of the audit log. What was there before and after stays in the log; the entry names the keys. */
export function auditWords({ id, action, subject, subject_name: name, actor_kind: actorKind, after, reason }: AuditFact): Words {
  const changed = action === 'config.updated' ? Object.keys(after ?? {}) : [];
  const what = changed.length > 0 ? changed.join(', ') : (name ?? subject);
  return {
    title: ACTIONS[action] ?? humanised(action),
    description: `${what}, by ${ACTORS[actorKind] ?? actorKind}${reason === null ? '' : `: ${reason}`}`,
    severity: NOTABLE.has(action) ? 'warning' : 'info',
    user_id: decodeId('user', subject) ?? null,
    market_id: marketOf(subject) ?? marketOf(after?.['market']),
    metadata: { audit_id: encodeId('audit', id), action, subject, ...(changed.length > 0 && { changed_keys: changed }) },
  };
}

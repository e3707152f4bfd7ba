/** A player: one customer of one operator, as consoles show them. The documented paths say `users`. */
import { z } from 'zod';
import { cursorOnlyBy, inOrder, queryUsd, sortOrder } from '../filters.ts';
import { ledgerId, marketId, tradeId, userId } from '../ids.ts';
import { cursorQuery, pageQuery } from '../page.ts';
import { instant, nonNegativeUsd, quantity, unitPrice, usd } from '../units.ts';
import { category } from './category.ts';
import { ledgerType } from './ledger-entry.ts';
import { outcome, side, tradeStatus } from './trade.ts';

const riskTier = z.enum(['normal', 'sharp', 'restricted', 'banned']).meta({ description: 'Risk tier.' });
const limitTier = z.enum(['new', 'regular', 'vip']).meta({ description: 'Size class of trades.' });
const playerStatus = z.enum(['active', 'inactive', 'suspended']).meta({
  description: 'suspended: may not buy. inactive: closed, or not seen for 30 days. active: everybody else.',
});
const winRate = z
  .number()
  .nullable()
  .meta({ description: 'Positions closed with a gain / positions closed, four decimals; null without any.' });
const pnl = usd.meta({ description: 'Sum of realised profit and loss; fees are not in it.' });
const count = z.number().int();

const identity = {
  id: userId,
  external_id: z.string(),
  username: z.string().nullable(),
  email: z.string().nullable(),
  tier: riskTier,
  limit_tier: limitTier,
  status: playerStatus,
  balance_usd: nonNegativeUsd.meta({ description: 'Of an outside wallet: what it last answered.' }),
};
const seen = { last_active_at: instant.nullable(), created_at: instant };
const ofPlatform = { operator_slug: z.string(), operator_name: z.string() };

export const operatorPlayer = z
  .object({
    ...identity,
    trade_count: count.meta({ description: 'Filled trades.' }),
    volume_usd: nonNegativeUsd,
    pnl_usd: pnl,
    win_rate: winRate,
    score: count.meta({ description: '0 (recreational) to 100 (sharp).' }),
    open_positions: count,
    last_trade_at: instant.nullable(),
    ...seen,
  })
  .meta({ id: 'OperatorPlayer' });
export const adminPlayer = operatorPlayer.extend(ofPlatform).meta({ id: 'AdminPlayer' });

const metrics = z.object({
  trade_count: count,
  volume_usd: nonNegativeUsd,
  fees_usd: usd,
  pnl_usd: pnl,
  win_rate: winRate,
  avg_trade_usd: nonNegativeUsd.nullable().meta({ description: 'Volume / trades, half up; null without any.' }),
  largest_trade_usd: nonNegativeUsd.nullable(),
  open_positions: count,
  total_deposited_usd: nonNegativeUsd,
  total_withdrawn_usd: nonNegativeUsd,
  exposure_usd: nonNegativeUsd.meta({ description: 'Open shares x $1.' }),
});
const scoring = z.object({ score: count, tier: riskTier, last_evaluated_at: instant.nullable() });
const points = count;
const components = z.object({
  win_rate_score: points,
  edge_detection_score: points,
  timing_score: points,
  volume_pattern_score: points,
  correlation_score: points,
});
const holder = z.enum(['platform', 'operator']).nullable();
const restrictions = z.object({
  max_bet_usd: nonNegativeUsd.meta({
    description: 'The tightest limit on one trade now: platform, operator, limit tier, risk tier, the player’s own.',
  }),
  allowed_categories: z.array(category).nullable().meta({ description: 'Null: every category.' }),
  blocked_categories: z.array(category),
  blocked_markets: z.array(marketId),
  cooldown_until: instant.nullable(),
  own_max_bet_usd: nonNegativeUsd.nullable().meta({ description: 'The player’s own limit alone; null: none.' }),
  held_by: holder.meta({ description: 'Who set them; what the platform holds, the operator cannot change.' }),
  suspended_by: holder,
});

const recentTrade = z.object({
  id: tradeId,
  market_id: marketId,
  market_title: z.string(),
  outcome,
  side,
  price: unitPrice,
  quantity,
  cost_usd: nonNegativeUsd,
  status: tradeStatus,
  created_at: instant,
});
const recentEntry = z.object({
  id: ledgerId,
  type: ledgerType,
  amount_usd: usd,
  balance_after_usd: nonNegativeUsd,
  description: z.string(),
  created_at: instant,
});

const detail = { ...identity, metrics, restrictions, updated_at: instant, ...seen };
export const operatorPlayerDetail = z
  .object({ ...detail, scoring, recent_trades: z.array(recentTrade), recent_ledger: z.array(recentEntry) })
  .meta({ id: 'OperatorPlayerDetail' });
export const adminPlayerDetail = z
  .object({ ...detail, ...ofPlatform, scoring: scoring.extend({ components, flags: z.array(z.string()) }) })
  .meta({ id: 'AdminPlayerDetail' });

export const PLAYER_SORTS = ['created_at', 'last_active', 'trade_count', 'balance', 'pnl', 'volume', 'score'] as const;
const filters = {
  ...pageQuery,
  ...cursorQuery,
  search: z
    .string()
    .trim()
    .min(1)
    .max(100)
    .optional()
    .meta({ description: 'Part of a username, e-mail or external id, or a whole user id.' }),
  tier: riskTier.optional(),
  status: playerStatus.optional(),
  min_balance: queryUsd.optional().meta({ description: 'Minimum balance in USD.' }),
  max_balance: queryUsd.optional().meta({ description: 'Maximum balance in USD.' }),
  sort: z.enum(PLAYER_SORTS).default('created_at').meta({ description: 'Sort field; players without a value come last.' }),
  order: sortOrder,
};
const checks = [inOrder('min_balance', 'max_balance'), cursorOnlyBy('created_at')] as const;
export const operatorPlayerQuery = z.strictObject(filters).check(...checks);
export const adminPlayerQuery = z
  .strictObject({ ...filters, operator: z.string().max(100).optional().meta({ description: 'Filter by operator: slug or id.' }) })
  .check(...checks);

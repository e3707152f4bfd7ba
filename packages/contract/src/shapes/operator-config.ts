/** How one operator's embed behaves: the documented document. Decoded, its `_usd` values are cents. */
import { z } from 'zod';
import { positiveUsd } from '../units.ts';
import { category } from './category.ts';

export const MARKET_LIST_SORTS = ['volume', 'created_at', 'end_date', 'trade_count'] as const;

const unique = (values: readonly unknown[]): boolean => new Set(values).size === values.length;
const categories = z.array(category).refine(unique, 'Expected each category once');

export const operatorConfig = z.strictObject({
  trading: z.strictObject({
    default_trade_amount_usd: positiveUsd,
    quick_amounts: z.array(positiveUsd).min(1).max(10).refine(unique, 'Expected each amount once'),
    show_advanced_trading: z.boolean(),
    allow_limit_orders: z.boolean(),
    confirm_trades_above_usd: positiveUsd,
    auto_close_positions_on_settlement: z.boolean(),
  }),
  ui: z.strictObject({
    show_global_volume: z.boolean(),
    show_market_charts: z.boolean(),
    show_orderbook: z.boolean(),
    show_related_markets: z.boolean(),
    show_user_pnl: z.boolean(),
    default_market_sort: z.enum(MARKET_LIST_SORTS),
    markets_per_page: z.number().int().min(1).max(200),
    theme_override: z.enum(['dark', 'light']).nullable(),
    custom_footer_html: z.string().max(10_000).nullable(),
  }),
  notifications: z.strictObject({
    trade_confirmation: z.boolean(),
    settlement_notification: z.boolean(),
    price_alert_enabled: z.boolean(),
    daily_digest: z.boolean(),
  }),
  categories: z.strictObject({ enabled: categories, featured: categories, hidden: categories }),
  features: z.strictObject({
    batch_trading: z.boolean(),
    watchlist: z.boolean(),
    price_alerts: z.boolean(),
    social_feed: z.boolean(),
    leaderboard: z.boolean(),
    referral_program: z.boolean(),
  }),
});
export type OperatorConfig = z.output<typeof operatorConfig>;
export type OperatorConfigDocument = z.input<typeof operatorConfig>;

/** What an operator begins with: the documented example, with the categories it offers. */
export const defaultOperatorConfig = (offered: readonly z.output<typeof category>[]): OperatorConfigDocument => ({
  trading: {
    default_trade_amount_usd: 10,
    quick_amounts: [5, 10, 25, 50, 100],
    show_advanced_trading: false,
    allow_limit_orders: false,
    confirm_trades_above_usd: 100,
    auto_close_positions_on_settlement: true,
  },
  ui: {
    show_global_volume: true,
    show_market_charts: true,
    show_orderbook: false,
    show_related_markets: true,
    show_user_pnl: true,
    default_market_sort: 'volume',
    markets_per_page: 20,
    theme_override: null,
    custom_footer_html: null,
  },
  notifications: { trade_confirmation: true, settlement_notification: true, price_alert_enabled: true, daily_digest: false },
  categories: { enabled: [...offered], featured: offered.slice(0, 2), hidden: [] },
  features: { batch_trading: true, watchlist: true, price_alerts: true, social_feed: false, leaderboard: true, referral_program: false },
});

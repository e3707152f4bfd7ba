/** What keeps players company: watchlist, alerts, notifications, names, leaderboard, feed, referrals. */
import { z } from 'zod';
import { alertId, marketId, notificationId } from '../ids.ts';
import { instant, nonNegativeUsd, positiveUsd, quantity, unitPrice, usd } from '../units.ts';
import { marketStatus } from './market.ts';
import { outcome, side } from './trade.ts';

export const ALERTS_AT_MOST = 50;
export const WATCHED_AT_MOST = 200;

const direction = z.enum(['above', 'below']).meta({ description: 'above: at the price or higher. below: at it or lower.' });
const alertPrice = unitPrice.meta({ description: 'Mid of YES, 0.0001 to 0.9999.' });
export const priceAlert = z
  .object({
    id: alertId,
    market_id: marketId,
    market_title: z.string(),
    market_status: marketStatus,
    direction,
    price: alertPrice,
    current_price: unitPrice.nullable(),
    created_at: instant,
    fired_at: instant.nullable().meta({ description: 'When it went off; it does so once.' }),
  })
  .meta({ id: 'PriceAlert' });
export const newPriceAlert = z.strictObject({ market_id: marketId, direction, price: alertPrice }).check(({ value, issues }) => {
  if (value.price > 0n && value.price < 10_000n) return;
  issues.push({ code: 'custom', input: value, path: ['price'], message: 'Expected a price between 0.0001 and 0.9999' });
});

export const notification = z
  .object({
    id: notificationId,
    kind: z.enum(['price_alert', 'settlement', 'referral']),
    market_id: marketId.nullable(),
    market_title: z.string().nullable(),
    direction: direction.nullable().meta({ description: 'Of a price alert.' }),
    price: unitPrice.nullable().meta({ description: 'Of a price alert: the price it waited for.' }),
    outcome: outcome.nullable().meta({ description: 'Of a settlement: what was held.' }),
    amount_usd: nonNegativeUsd.nullable().meta({ description: 'Of a settlement: what it paid. Of a referral: the bonus.' }),
    created_at: instant,
    read_at: instant.nullable(),
  })
  .meta({ id: 'Notification' });

const digest = z
  .enum(['off', 'daily', 'weekly'])
  .meta({ description: 'An e-mail that sums up the days before, where the operator has `notifications.daily_digest` on.' });
export const profile = z
  .object({
    display_name: z.string().nullable(),
    show_name: z.boolean().meta({ description: 'Whether other players of the operator see the name.' }),
    name_hidden: z.string().nullable().meta({ description: 'Why nobody else sees the name, where the operator has hidden it.' }),
    digest,
    has_email: z.boolean(),
  })
  .meta({ id: 'PlayerProfile' });
export const profileChange = z
  .strictObject({
    display_name: z
      .string()
      .trim()
      .regex(/^[\p{L}\p{N}][\p{L}\p{N} ._-]{1,22}[\p{L}\p{N}]$/u, 'Expected 3 to 24 letters, digits, spaces, dots, dashes')
      .nullable(),
    show_name: z.boolean(),
    digest,
  })
  .check(({ value, issues }) => {
    if (value.show_name && value.display_name === null)
      issues.push({ code: 'custom', input: value, path: ['display_name'], message: 'Expected a name to show' });
  });

export const LEADERBOARD_PERIODS = ['day', 'week', 'month', 'all'] as const;
export const leaderboardQuery = z.strictObject({
  period: z
    .enum(LEADERBOARD_PERIODS)
    .default('week')
    .meta({ description: 'The running calendar period in UTC; all: since the beginning.' }),
  by: z.enum(['pnl', 'volume']).default('pnl').meta({ description: 'Realised profit and loss, or volume.' }),
});
const place = z.number().int().min(1);
export const leaderboard = z
  .object({
    entries: z.array(
      z.object({
        place,
        display_name: z.string().nullable().meta({ description: 'null: the player does not show its name.' }),
        value_usd: usd,
        mine: z.boolean(),
      }),
    ),
    own: z.object({ place, value_usd: usd }).nullable().meta({ description: 'null without a trade or result in the period.' }),
    players: z.number().int().meta({ description: 'How many there are in all.' }),
  })
  .meta({ id: 'Leaderboard' });

export const feedTrade = z
  .object({
    display_name: z.string().nullable(),
    mine: z.boolean(),
    market_id: marketId,
    market_title: z.string(),
    side,
    outcome,
    quantity,
    amount_usd: nonNegativeUsd,
    created_at: instant,
  })
  .meta({ id: 'FeedTrade' });

export const referralTerms = z
  .object({
    referrer_bonus_usd: nonNegativeUsd.meta({ description: 'For the player who brought another.' }),
    referred_bonus_usd: nonNegativeUsd.meta({ description: 'For the player who was brought.' }),
    qualifying_trade_usd: positiveUsd.meta({ description: 'The first buy that costs at least this earns both.' }),
    most_per_player: z.number().int().min(1).max(1_000).meta({ description: 'Players one player can earn for.' }),
  })
  .meta({ id: 'ReferralTerms' });
export const referralTermsChange = z.strictObject(referralTerms.shape);
export const referral = z
  .object({
    code: z.string().nullable().meta({ description: 'To give to others; null while nothing can be earned.' }),
    terms: referralTerms.nullable().meta({ description: 'null: the operator has set none, or keeps the balances itself.' }),
    referred: z.number().int().meta({ description: 'Players who came with the code.' }),
    rewarded: z.number().int(),
    earned_usd: nonNegativeUsd,
    redeemed: z.boolean().meta({ description: 'Whether this player came with a code.' }),
    can_redeem: z.boolean().meta({ description: 'Before the first trade.' }),
  })
  .meta({ id: 'Referral' });

/** Watchlist, price alerts, notifications, profile, leaderboard, feed, referrals. Each is refused while the operator has it switched off. */
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { alertId, marketId, notificationId } from '../ids.ts';
import { listed, paged, pageQuery, single } from '../page.ts';
import {
  feedTrade,
  leaderboard,
  leaderboardQuery,
  newPriceAlert,
  notification,
  priceAlert,
  profile,
  profileChange,
  referral,
} from '../shapes/engagement.ts';
import { marketSummary } from '../shapes/market.ts';

const common = { audience: 'player', tag: 'Extras' } as const;
const market = z.strictObject({ market_id: marketId });
const watched = single(z.object({ market_id: marketId, watched: z.boolean() }));

export const listWatchlist = endpoint({
  ...common,
  method: 'GET',
  path: '/api/casino/watchlist',
  summary: 'List watched markets',
  description: 'The last added first. FORBIDDEN while `features.watchlist` is off.',
  answer: listed(marketSummary),
});
export const watchMarket = endpoint({
  ...common,
  method: 'PUT',
  path: '/api/casino/watchlist/{market_id}',
  summary: 'Watch a market',
  description: 'At most 200 markets; CONFLICT beyond.',
  params: market,
  answer: watched,
  refusals: ['NOT_FOUND', 'CONFLICT'],
});
export const unwatchMarket = endpoint({
  ...common,
  method: 'DELETE',
  path: '/api/casino/watchlist/{market_id}',
  summary: 'Watch a market no longer',
  description: 'NOT_FOUND when it was not watched.',
  params: market,
  answer: watched,
  refusals: ['NOT_FOUND'],
});

export const listPriceAlerts = endpoint({
  ...common,
  method: 'GET',
  path: '/api/casino/price-alerts',
  summary: 'List price alerts',
  description: 'Newest first, those that went off in the last 30 days included. FORBIDDEN while `features.price_alerts` is off.',
  answer: listed(priceAlert),
});
export const createPriceAlert = endpoint({
  ...common,
  method: 'POST',
  path: '/api/casino/price-alerts',
  summary: 'Set a price alert',
  description:
    'Goes off once, with a notification. CONFLICT when 50 wait already, when the price is there now, or when the market is over. FORBIDDEN while `notifications.price_alert_enabled` is off.',
  body: newPriceAlert,
  status: 201,
  answer: single(priceAlert),
  refusals: ['NOT_FOUND', 'CONFLICT'],
});
export const deletePriceAlert = endpoint({
  ...common,
  method: 'DELETE',
  path: '/api/casino/price-alerts/{alert_id}',
  summary: 'Delete a price alert',
  params: z.strictObject({ alert_id: alertId }),
  answer: single(z.object({ id: alertId })),
  refusals: ['NOT_FOUND'],
});

export const listNotifications = endpoint({
  ...common,
  method: 'GET',
  path: '/api/casino/notifications',
  summary: 'List notifications',
  description: 'Newest first. The stream tells each as `notification` when it is made.',
  query: z.strictObject(pageQuery),
  answer: z.object({ ...paged(notification).shape, unread: z.number().int() }),
});
export const readNotifications = endpoint({
  ...common,
  method: 'POST',
  path: '/api/casino/notifications/read',
  summary: 'Mark notifications as read',
  body: z.strictObject({ ids: z.array(notificationId).max(200).optional().meta({ description: 'All of them when absent.' }) }),
  answer: single(z.object({ unread: z.number().int() })),
});

export const getProfile = endpoint({
  ...common,
  method: 'GET',
  path: '/api/casino/profile',
  summary: 'Get own profile',
  answer: single(profile),
});
export const updateProfile = endpoint({
  ...common,
  method: 'PUT',
  path: '/api/casino/profile',
  summary: 'Change own profile',
  description: 'CONFLICT when another player has the name.',
  body: profileChange,
  answer: single(profile),
  refusals: ['CONFLICT'],
});

export const getLeaderboard = endpoint({
  ...common,
  method: 'GET',
  path: '/api/casino/leaderboard',
  summary: 'Get the leaderboard',
  description:
    'The first 50 players of the operator; only those who chose to show their name have one. The own place always. FORBIDDEN while `features.leaderboard` is off.',
  query: leaderboardQuery,
  answer: single(leaderboard),
});
export const listRelatedMarkets = endpoint({
  ...common,
  method: 'GET',
  path: '/api/casino/markets/{market_id}/related',
  summary: 'List related markets',
  description:
    'At most 6 markets on offer that share words, tags or the category with this one, the closest first. FORBIDDEN while `ui.show_related_markets` is off.',
  params: market,
  answer: listed(marketSummary),
  refusals: ['NOT_FOUND'],
});
export const getFeed = endpoint({
  ...common,
  method: 'GET',
  path: '/api/casino/feed',
  summary: 'Get what other players trade',
  description:
    'The last 50 trades at the operator, named only where the player shows its name. FORBIDDEN while `features.social_feed` is off.',
  answer: listed(feedTrade),
});

export const getReferral = endpoint({
  ...common,
  method: 'GET',
  path: '/api/casino/referral',
  summary: 'Get own referral code and its terms',
  description: 'FORBIDDEN while `features.referral_program` is off.',
  answer: single(referral),
});
export const redeemReferral = endpoint({
  ...common,
  method: 'POST',
  path: '/api/casino/referral/redeem',
  summary: 'Redeem the code of another player',
  description:
    'Before the first trade, once. Both bonuses are credited after the first buy that costs what the terms of this moment ask. NOT_FOUND for an unknown code.',
  body: z.strictObject({ code: z.string().trim().min(4).max(20) }),
  answer: single(referral),
  refusals: ['NOT_FOUND', 'CONFLICT'],
});

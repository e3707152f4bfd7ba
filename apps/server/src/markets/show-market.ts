/** A market as players see it. */
import type { Id } from '@predictu/contract/ids';
import { complement, price } from '@predictu/contract/units';
import type { ShownMarket } from './market-list.sql.ts';
import { isResultPending } from './market-state.rules.ts';

export const DAY_MS = 86_400_000;

export const showMarket = (market: ShownMarket) => ({
  id: market.id as Id<'market'>,
  title: market.title,
  category: market.category,
  tags: [...market.tags],
  image_url: market.imageUrl,
  status: market.status,
  yes_price: market.mid,
  no_price: market.mid === null ? null : complement(market.mid),
  price_change_24h: market.mid === null || market.earlierMid === null ? null : price(market.mid - market.earlierMid),
  global_volume_usd: market.sourceVolume,
  liquidity_usd: market.liquidity,
  end_date: market.endAt,
  resolution: market.resolution,
  result_pending: isResultPending(market),
  created_at: market.createdAt,
});

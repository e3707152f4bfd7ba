/** Debits a batch writes, as their wallets will be told of them. Whose names have not been read are left to be read after the commit. */
import type { FreshCall } from '../wallet/trade-port.rules.ts';
import type { World } from './world.rules.ts';

export function freshCalls({ calls, trades, externalIds, titles, markets }: World): FreshCall[] {
  if (externalIds.size === 0) return [];
  const byId = new Map(trades.map((trade) => [trade.id, trade]));
  return calls.flatMap((call) => {
    const trade = byId.get(call.id);
    const externalId = externalIds.get(call.playerId);
    const title = titles.get(call.marketId);
    const market = markets.get(call.marketId);
    if (call.method !== 'BET_MAKE' || !trade || externalId === undefined || title === undefined || !market) return [];
    const { id: tradeId, marketId, outcome, price, quantity, fee } = trade;
    return [{ call, externalId, bet: { tradeId, marketId, marketTitle: title, category: market.category, outcome, price, quantity, fee } }];
  });
}

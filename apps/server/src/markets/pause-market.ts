/** An admin pauses a market, or offers it again. */
import type { pauseMarket as pause, resumeMarket as resume } from '@predictu/contract/admin/markets';
import type { Id } from '@predictu/contract/ids';
import type { Handler } from '../platform/http.ts';
import { setMarketStatus } from './set-market-status.ts';

const change =
  (status: 'active' | 'paused'): Handler<typeof pause> =>
  async ({ db, actor, now, newId, requestId }, { params, body }) => {
    const market = await setMarketStatus(db, { marketId: params.market_id, status, reason: body.reason, actor, now, newId, requestId });
    return {
      data: { id: market.id as Id<'market'>, status: market.status, status_reason: market.statusReason, updated_at: market.updatedAt },
    };
  };

export const pauseMarket: Handler<typeof pause> = change('paused');
export const resumeMarket: Handler<typeof resume> = change('active');

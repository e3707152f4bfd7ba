/** Where a market stands between open and decided. */
import type { MarketStatus } from './changes.rules.ts';

type State = { status: MarketStatus; closedAt: Date | null };

/** A market whose result is proposed is still open, and not traded any more. */
export const isResultPending = ({ status, closedAt }: State): boolean => closedAt !== null && (status === 'active' || status === 'paused');

/** The status trading goes by. */
export const tradingStatus = (market: State): MarketStatus => (isResultPending(market) ? 'resolved' : market.status);

/** A player as consoles show it. */
import type { Cents } from '@predictu/contract/units';

/** Whoever has not been seen for this long is inactive. */
const ACTIVE_DAYS = 30;
const DAY_MS = 86_400_000;
const RATE_DIGITS = 10_000;

/** Since when a player must have been seen to count as active. */
export const seenSince = (now: Date): Date => new Date(now.getTime() - ACTIVE_DAYS * DAY_MS);

/** Positions closed with a gain / positions closed, to four decimals; null without any. */
const winRate = ({ closed_count: closed, won_count: won }: { closed_count: number; won_count: number }): number | null =>
  closed === 0 ? null : Math.round((won * RATE_DIGITS) / closed) / RATE_DIGITS;

type Listed = {
  balance_cents: Cents;
  volume_cents: Cents;
  realized_pnl_cents: Cents;
  closed_count: number;
  won_count: number;
};

/** What a list shows of a row. */
export const shownPlayer = <R extends Listed>(row: R) => ({
  balance_usd: row.balance_cents,
  volume_usd: row.volume_cents,
  pnl_usd: row.realized_pnl_cents,
  win_rate: winRate(row),
  ...row,
});

/** What the MarketAgent looks at, by operator, and how what it suggests is kept. */
import { marketDraft } from '@predictu/contract/shapes/market-draft';
import { readPlatformConfig } from '../config/config.ts';
import type { Db } from '../platform/db.ts';
import { lintDraft } from './lint.rules.ts';
import { draftIn } from './show-own-market.ts';
import { type Action, type Limited, THRESHOLDS, type Watched } from './suggestion.rules.ts';
import { type KeptAction, selectLimited, selectWatched, type WatchedRow } from './suggestion.sql.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const WEEK_MS = 7 * DAY_MS;

function watchedOf({ draft: stored, operatorId: _, ...row }: WatchedRow, perMarketMax: bigint, now: Date): Watched {
  const draft = draftIn(stored);
  const utilisation = perMarketMax > 0n ? Number(((row.yes + row.no) * 1_000n) / perMarketMax) / 10 : 0;
  return { ...row, draft, utilisation, findings: lintDraft(draft, now).findings };
}

export const keptAction = (action: Action): KeptAction =>
  action.do === 'reword' ? { ...action, draft: marketDraft.encode(action.draft) } : action;

export type LookedAt = { markets: Watched[]; players: Limited[] };
type WatchedByOperator = ReadonlyMap<bigint, LookedAt>;
/** What there is to look at, by operator. As a worker. */
export async function readWatched(db: Db, now: Date): Promise<WatchedByOperator> {
  const { config } = await readPlatformConfig(db);
  const [rows, limited] = await Promise.all([
    selectWatched(db, new Date(now.getTime() - HOUR_MS)),
    selectLimited(db, new Date(now.getTime() - WEEK_MS), THRESHOLDS.leastRefusals),
  ]);
  const byOperator = new Map<bigint, LookedAt>();
  const of = (operatorId: bigint) => {
    const known = byOperator.get(operatorId) ?? { markets: [], players: [] };
    byOperator.set(operatorId, known);
    return known;
  };
  for (const row of rows) of(row.operatorId).markets.push(watchedOf(row, config.risk.per_market_max_usd, now));
  for (const player of limited) of(player.operatorId).players.push(player);
  return byOperator;
}

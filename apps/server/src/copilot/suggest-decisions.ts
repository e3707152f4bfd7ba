/** The MarketAgent looks at every own market and suggests; what no longer holds expires. */

import { marketDraft } from '@predictu/contract/shapes/market-draft';
import { readPlatformConfig } from '../config/config.ts';
import type { Actor } from '../platform/actor.ts';
import type { Database } from '../platform/db.ts';
import type { NewId } from '../platform/ids.ts';
import { lintDraft } from './lint.rules.ts';
import { draftIn } from './show-own-market.ts';
import { type Action, type Suggestion, suggestionsFor, type Watched } from './suggestion.rules.ts';
import { expireSuggestions, type KeptAction, offerSuggestion, selectLimited, selectWatched, type WatchedRow } from './suggestion.sql.ts';

const WORKER: Actor = { kind: 'worker', name: 'market-agent' };
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const WEEK_MS = 7 * DAY_MS;
const LEAST_REFUSALS = 5;

function watched({ draft: stored, ...row }: WatchedRow, perMarketMax: bigint, now: Date): Watched & { operatorId: bigint } {
  const draft = draftIn(stored);
  const utilisation = perMarketMax > 0n ? Number(((row.yes + row.no) * 1_000n) / perMarketMax) / 10 : 0;
  return { ...row, draft, utilisation, findings: lintDraft(draft, now).findings };
}

const kept = (action: Action): KeptAction => (action.do === 'reword' ? { ...action, draft: marketDraft.encode(action.draft) } : action);

/** Returns how many suggestions stand and how many expired. */
export function suggestDecisions(database: Database, now: Date, newId: NewId): Promise<{ open: number; expired: number }> {
  return database.as(WORKER, 'write', async (db) => {
    const { config } = await readPlatformConfig(db);
    const [rows, limited] = await Promise.all([
      selectWatched(db, new Date(now.getTime() - HOUR_MS)),
      selectLimited(db, new Date(now.getTime() - WEEK_MS), LEAST_REFUSALS),
    ]);
    const markets = rows.map((row) => watched(row, config.risk.per_market_max_usd, now));
    const operators = new Set([...markets, ...limited].map(({ operatorId }) => operatorId));
    const standing = [...operators].flatMap((operatorId) => {
      const own = <T extends { operatorId: bigint }>(all: readonly T[]): T[] => all.filter((one) => one.operatorId === operatorId);
      return suggestionsFor(own(markets), own(limited), now).map((one): Suggestion & { operatorId: bigint } => ({ ...one, operatorId }));
    });
    // First, so that one that expires by time is made anew with the figures of now.
    const expired = await expireSuggestions(db, standing, now);
    for (const one of standing)
      await offerSuggestion(db, one.operatorId, newId(), { ...one, action: kept(one.action) }, now, new Date(now.getTime() + DAY_MS));
    return { open: standing.length, expired };
  });
}

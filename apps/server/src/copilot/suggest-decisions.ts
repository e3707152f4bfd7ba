/** The MarketAgent looks at every own market and suggests; what no longer holds expires. */
import type { Actor } from '../platform/actor.ts';
import type { Database } from '../platform/db.ts';
import type { NewId } from '../platform/ids.ts';
import { stillStands } from './advice.rules.ts';
import { keptAction, readWatched } from './read-watched.ts';
import { type Suggestion, suggestionsFor } from './suggestion.rules.ts';
import { expireSuggestions, offerSuggestion, selectOpenAdvice } from './suggestion.sql.ts';

const WORKER: Actor = { kind: 'worker', name: 'market-agent' };
const DAY_MS = 24 * 3_600_000;

/** Returns how many suggestions stand and how many expired. */
export function suggestDecisions(database: Database, now: Date, newId: NewId): Promise<{ open: number; expired: number }> {
  return database.as(WORKER, 'write', async (db) => {
    const [watched, advice] = await Promise.all([readWatched(db, now), selectOpenAdvice(db)]);
    const standing = [...watched].flatMap(([operatorId, { markets, players }]) =>
      suggestionsFor(markets, players, now).map((one): Suggestion & { operatorId: bigint } => ({ ...one, operatorId })),
    );
    const advised = advice.filter((one) => {
      const { markets = [], players = [] } = watched.get(one.operatorId) ?? {};
      return stillStands(
        one,
        markets,
        players,
        standing.filter(({ operatorId }) => operatorId === one.operatorId),
      );
    });
    // First, so that one that expires by time is made anew with the figures of now.
    const expired = await expireSuggestions(db, [...standing, ...advised], now);
    for (const one of standing)
      await offerSuggestion(db, one.operatorId, newId(), { ...one, action: keptAction(one.action) }, now, new Date(now.getTime() + DAY_MS));
    return { open: standing.length + advised.length, expired };
  });
}

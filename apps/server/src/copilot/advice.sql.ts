/** When a model last looked at an operator's markets, and what of it has been decided before. */
import type { Db } from '../platform/db.ts';
import type { Kind } from './suggestion.rules.ts';

export type LastLook = { operatorId: bigint; digest: string | null };
/** As a worker. */
export const selectLooks = (db: Db, since: Date): Promise<(LastLook & { recent: boolean })[]> =>
  db.query('select operator_id as "operatorId", facts_digest as digest, looked_at > $1 as recent from agent_looks', [since]);

type Look = { operatorId: bigint; digest: string | null; model: string; tokens: number; queued: number; refused: number };
export const writeLook = (db: Db, { operatorId, digest, model, tokens, queued, refused }: Look, now: Date): Promise<unknown> =>
  db.query(
    `insert into agent_looks as l (operator_id, looked_at, facts_digest, model, tokens, queued, refused) values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (operator_id) do update set looked_at = excluded.looked_at, facts_digest = excluded.facts_digest, model = excluded.model,
       tokens = excluded.tokens, queued = excluded.queued, refused = excluded.refused`,
    [operatorId, now, digest, model, tokens, queued, refused],
  );

export type KnownSuggestion = { kind: Kind; marketId: bigint | null; playerId: bigint | null };
/** Those that wait for a decision. As a worker. */
export const selectOpenOf = (db: Db, operatorId: bigint): Promise<KnownSuggestion[]> =>
  db.query<KnownSuggestion>(
    `select kind, market_id as "marketId", player_id as "playerId" from agent_suggestions where operator_id = $1 and status = 'open'`,
    [operatorId],
  );

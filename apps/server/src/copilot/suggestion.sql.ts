/** What the MarketAgent looks at, across operators, and what it has suggested. */
import type { Id } from '@predictu/contract/ids';
import { type Condition, cut, where } from '../platform/conditions.ts';
import type { Db } from '../platform/db.ts';
import type { Slice } from '../platform/page.ts';
import type { OpenAdvice } from './advice.rules.ts';
import type { Action, Kind, Limited, Suggestion, Watched } from './suggestion.rules.ts';

/** As it is kept: a draft in its JSON form. */
export type KeptAction = Exclude<Action, { do: 'reword' }> | { do: 'reword'; draft: unknown };

/** A market as it is kept: what is worked out of it is missing, and its draft is in its JSON form. */
export type WatchedRow = Omit<Watched, 'utilisation' | 'findings' | 'draft'> & { operatorId: bigint; draft: unknown };
/** Own markets that are not decided and have no result waiting. As a worker. */
export const selectWatched = (db: Db, hourAgo: Date): Promise<WatchedRow[]> =>
  db.query<WatchedRow>(
    `select o.operator_id as "operatorId", m.id as "marketId", m.title, m.status, o.anchor::bigint as anchor, m.liquidity_cents as depth, m.end_at as "endAt",
       coalesce(e.yes_shares, 0) as yes, coalesce(e.no_shares, 0) as no, coalesce(e.trade_count, 0)::bigint as "tradeCount",
       h.yes as "hourYes", h.no as "hourNo", o.resolver, o.draft
     from own_markets o join markets m on m.id = o.market_id left join exposure e on e.operator_id = o.operator_id and e.scope = 2 and e.key = o.market_id
     cross join lateral (
       select coalesce(sum(amount_cents) filter (where outcome = 'yes'), 0)::bigint as yes, coalesce(sum(amount_cents) filter (where outcome = 'no'), 0)::bigint as no
       from trades t where t.operator_id = o.operator_id and t.market_id = o.market_id and t.side = 'buy' and t.status = 'filled' and t.created_at >= $1
     ) h
     where m.status in ('active', 'paused') and m.closed_at is null order by o.operator_id, m.id`,
    [hourAgo],
  );

/** Players of the regular tier whose bets the first wall has refused since then. As a worker. */
export const selectLimited = (db: Db, since: Date, least: number): Promise<(Limited & { operatorId: bigint })[]> =>
  db.query(
    `select p.operator_id as "operatorId", p.id as "playerId", coalesce(p.username, p.external_id) as name, v.refusals::integer as refusals, p.score::integer as score,
       p.trade_count::integer as trades, $1::timestamptz as since
     from (select operator_id, player_id, count(*) as refusals from risk_events
       where type = 'wall_violation' and wall = 1 and created_at >= $1 and player_id is not null group by 1, 2 having count(*) >= $2) v
     join players p on p.operator_id = v.operator_id and p.id = v.player_id
     where p.limit_tier = 'regular' and p.tier = 'normal' and p.status = 'active' and p.max_bet_cents is null`,
    [since, least],
  );

const DAY = `interval '1 day'`;
/** A new one, or the open one with newer figures; nothing when it was rejected before, or accepted within the day. */
export const offerSuggestion = (
  db: Db,
  operatorId: bigint,
  id: bigint,
  one: Omit<Suggestion, 'action'> & { action: KeptAction; model?: string },
  now: Date,
  expiresAt: Date,
): Promise<unknown> =>
  db.query(
    `insert into agent_suggestions as s (operator_id, id, kind, market_id, player_id, fingerprint, severity, title, reason, evidence, action, created_at, expires_at, origin, model)
     select $1::bigint, $2::bigint, $3, $4::bigint, $5::bigint, $6, $7, $8, $9, $10::jsonb, $11::jsonb, $12::timestamptz, $13::timestamptz,
       case when $14::text is null then 'rules' else 'claude' end, $14
     where not exists (select from agent_suggestions d where d.operator_id = $1 and d.fingerprint = $6
       and (d.status = 'rejected' or d.status = 'accepted' and d.decided_at > $12::timestamptz - ${DAY}))
     on conflict (operator_id, fingerprint) where status = 'open' do update
       set severity = excluded.severity, title = excluded.title, reason = excluded.reason, evidence = excluded.evidence, action = excluded.action`,
    [
      operatorId,
      id,
      one.kind,
      one.marketId,
      one.playerId,
      one.fingerprint,
      one.severity,
      one.title,
      one.reason,
      JSON.stringify(one.evidence),
      JSON.stringify(one.action),
      now,
      expiresAt,
      one.model ?? null,
    ],
  );

/** Open ones of a model, across operators. As a worker. */
export const selectOpenAdvice = (db: Db): Promise<(OpenAdvice & { operatorId: bigint })[]> =>
  db.query(
    `select operator_id as "operatorId", kind, market_id as "marketId", player_id as "playerId", fingerprint from agent_suggestions
     where status = 'open' and origin = 'claude'`,
  );

/** Open ones whose time is over or whose reason is gone. */
export async function expireSuggestions(db: Db, still: readonly { operatorId: bigint; fingerprint: string }[], now: Date): Promise<number> {
  const rows = await db.query(
    `update agent_suggestions s set status = 'expired', decided_at = $3
     where s.status = 'open' and (s.expires_at <= $3
       or not exists (select from unnest($1::bigint[], $2::text[]) as k(operator_id, fingerprint) where k.operator_id = s.operator_id and k.fingerprint = s.fingerprint))
     returning id`,
    [still.map(({ operatorId }) => String(operatorId)), still.map(({ fingerprint }) => fingerprint), now],
  );
  return rows.length;
}

export type Stored = {
  id: Id<'suggestion'>;
  kind: Kind;
  status: 'open' | 'accepted' | 'rejected' | 'expired';
  severity: 'info' | 'warning' | 'critical';
  marketId: Id<'market'> | null;
  playerId: Id<'user'> | null;
  title: string;
  reason: string;
  evidence: { name: string; value: string }[];
  action: KeptAction;
  createdAt: Date;
  expiresAt: Date;
  decidedAt: Date | null;
  decidedBy: string | null;
  decisionReason: string | null;
  origin: 'rules' | 'claude';
  model: string | null;
};
const COLUMNS = `id, kind, status, severity, market_id as "marketId", player_id as "playerId", title, reason, evidence, action, created_at as "createdAt",
  expires_at as "expiresAt", decided_at as "decidedAt", decided_by as "decidedBy", decision_reason as "decisionReason", origin, model`;

export type SuggestionFilter = { status?: string | undefined; kind?: string | undefined; marketId?: bigint | undefined };
export async function selectSuggestions(
  db: Db,
  operatorId: bigint,
  filter: SuggestionFilter,
  { limit, offset, after }: Slice,
): Promise<{ rows: Stored[]; total: bigint }> {
  const conditions: Condition[] = [
    ['operator_id = ?', operatorId],
    ['status = ?', filter.status],
    ['kind = ?', filter.kind],
    ['market_id = ?', filter.marketId],
  ];
  const all = where(conditions);
  const page = where([...conditions, ['id < ?', after?.[0]]]);
  const [rows, [count]] = await Promise.all([
    db.query<Stored>(
      `select ${COLUMNS} from agent_suggestions ${page.text} order by id desc ${cut(page.values, { limit, offset })}`,
      page.values,
    ),
    db.query<{ total: bigint }>(`select count(*) as total from agent_suggestions ${all.text}`, all.values),
  ]);
  return { rows, total: count?.total ?? 0n };
}

export async function lockSuggestion(db: Db, operatorId: bigint, id: bigint): Promise<Stored | undefined> {
  const [row] = await db.query<Stored>(`select ${COLUMNS} from agent_suggestions where operator_id = $1 and id = $2 for no key update`, [
    operatorId,
    id,
  ]);
  return row;
}
export const writeDecision = (
  db: Db,
  operatorId: bigint,
  id: bigint,
  { status, by, reason }: { status: 'accepted' | 'rejected'; by: string; reason: string },
  now: Date,
): Promise<unknown> =>
  db.query(
    'update agent_suggestions set status = $3, decided_by = $4, decision_reason = $5, decided_at = $6 where operator_id = $1 and id = $2',
    [operatorId, id, status, by, reason, now],
  );

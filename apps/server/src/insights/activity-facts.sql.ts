/** What entries of the activity feed point at: one statement a kind, by key. The caller's role decides what is there. */
import type { Db } from '../platform/db.ts';
import { rowsByKeys } from '../platform/rows-by-keys.ts';
import type { AuditFact, PlayerFact, RiskFact, SettlementFact, SettlementRecordFact, TradeFact } from './activity-words.rules.ts';
import { selectSubjectNames } from './subject-name.sql.ts';

export const selectTradeFacts = (db: Db, keys: Keys): Promise<TradeFact[]> =>
  rowsByKeys<TradeFact>(
    db,
    `select t.id, t.player_id, coalesce(p.username, p.external_id) as username, t.market_id, m.title as market_title, m.category, t.outcome, t.side,
       t.price::bigint as price, t.quantity, t.amount_cents
     from unnest($1::bigint[], $2::bigint[]) as wanted(operator_id, id)
     join trades t on t.operator_id = wanted.operator_id and t.id = wanted.id
     join players p on p.operator_id = t.operator_id and p.id = t.player_id join markets m on m.id = t.market_id`,
    [keys.operatorIds, keys.ids],
    'activity_trades',
  );

export const selectPlayerFacts = (db: Db, keys: Keys): Promise<PlayerFact[]> =>
  rowsByKeys<PlayerFact>(
    db,
    `select p.id, p.external_id, p.username from unnest($1::bigint[], $2::bigint[]) as wanted(operator_id, id)
     join players p on p.operator_id = wanted.operator_id and p.id = wanted.id`,
    [keys.operatorIds, keys.ids],
    'activity_players',
  );

export async function selectAuditFacts(db: Db, { ids }: Keys): Promise<AuditFact[]> {
  const rows = await db.query<Omit<AuditFact, 'subject_name'> & { operatorId: bigint | null }>(
    `select id, operator_id as "operatorId", actor_kind, action, subject, after, reason from platform_audit_log where id = any($1::bigint[])`,
    [ids],
    'activity_audits',
  );
  const names = await selectSubjectNames(db, rows);
  return rows.map((row) => ({ subject_name: names.get(row.subject) ?? null, ...row }));
}

export const selectRiskFacts = (db: Db, { ids }: Keys): Promise<RiskFact[]> =>
  rowsByKeys<RiskFact>(
    db,
    `select e.id, e.type, e.severity, e.wall, e.message, e.scope, e.value_cents, e.threshold_cents, e.player_id, coalesce(p.username, p.external_id) as player_name,
       e.market_id from risk_events e left join players p on p.operator_id = e.operator_id and p.id = e.player_id where e.id = any($1::bigint[])`,
    [ids],
    'activity_risks',
  );

const SETTLEMENT = 's.id, s.market_id, m.title as market_title, s.outcome, s.corrects_id';
export const selectSettlementFacts = (db: Db, { ids }: Keys): Promise<SettlementFact[]> =>
  rowsByKeys<SettlementFact>(
    db,
    `select ${SETTLEMENT} from market_settlements s join markets m on m.id = s.market_id where s.id = any($1::bigint[])`,
    [ids],
    'activity_settlements',
  );

export const selectRecordFacts = (db: Db, keys: Keys): Promise<SettlementRecordFact[]> =>
  rowsByKeys<SettlementRecordFact>(
    db,
    `select ${SETTLEMENT}, r.operator_id, r.positions, r.winners, r.losers, r.payout_cents
     from unnest($1::bigint[], $2::bigint[]) as wanted(operator_id, id)
     join settlement_records r on r.operator_id = wanted.operator_id and r.settlement_id = wanted.id
     join market_settlements s on s.id = r.settlement_id join markets m on m.id = s.market_id`,
    [keys.operatorIds, keys.ids],
    'activity_records',
  );

export const selectOperators = (db: Db, ids: readonly bigint[]): Promise<{ id: bigint; slug: string; name: string }[]> =>
  db.query<{ id: bigint; slug: string; name: string }>(
    'select id, slug, name from operators where id = any($1::bigint[])',
    [ids],
    'activity_operators',
  );

/** Rows wanted: their ids, and beside each the operator it belongs to. */
export type Keys = { operatorIds: readonly (bigint | null)[]; ids: readonly bigint[] };

/** Results of markets: proposed, approved, decided, withdrawn; and what the platform and operators have set about them. */
import type { Price } from '@predictu/contract/units';
import type { Db } from '../platform/db.ts';
import type { ClawBack } from '../trading/payout.rules.ts';
import type { Result } from './entitlement.rules.ts';
import type { SourceSignals } from './signals.rules.ts';

export type Settlement = {
  id: bigint;
  marketId: bigint;
  outcome: Result;
  status: 'held' | 'proposed' | 'decided' | 'withdrawn';
  correctsId: bigint | null;
  feeBps: number | null;
  evidence: string;
  evidenceUrl: string | null;
  proposedBy: string;
  proposedAt: Date;
  needsApproval: boolean;
  approvedBy: string | null;
  decideAt: Date | null;
  decidedAt: Date | null;
};
const COLUMNS = `id, market_id as "marketId", outcome, status, corrects_id as "correctsId", fee_bps as "feeBps", evidence, evidence_url as "evidenceUrl",
  proposed_by as "proposedBy", proposed_at as "proposedAt", needs_approval as "needsApproval", approved_by as "approvedBy", decide_at as "decideAt",
  decided_at as "decidedAt"`;

export async function lockSettlement(db: Db, id: bigint): Promise<Settlement | undefined> {
  const [row] = await db.query<Settlement>(`select ${COLUMNS} from market_settlements where id = $1 for update`, [id], 'settlement_lock');
  return row;
}

/** Held ones of a market, locked. */
export async function lockHeld(db: Db, marketId: bigint): Promise<bigint[]> {
  const rows = await db.query<{ id: bigint }>(
    `select id from market_settlements where market_id = $1 and status = 'held' for update`,
    [marketId],
    'settlement_held',
  );
  return rows.map(({ id }) => id);
}

/** Held, proposed and decided ones of a market, oldest first. */
export const selectOfMarket = (db: Db, marketId: bigint): Promise<Settlement[]> =>
  db.query<Settlement>(
    `select ${COLUMNS} from market_settlements where market_id = $1 and status <> 'withdrawn' order by id`,
    [marketId],
    'settlements_of_market',
  );

export const insertSettlement = (db: Db, s: Omit<Settlement, 'feeBps' | 'approvedBy' | 'decidedAt'>): Promise<unknown> =>
  db.query(
    `insert into market_settlements (id, market_id, outcome, status, corrects_id, evidence, evidence_url, proposed_by, proposed_at, needs_approval, decide_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      s.id,
      s.marketId,
      s.outcome,
      s.status,
      s.correctsId,
      s.evidence,
      s.evidenceUrl,
      s.proposedBy,
      s.proposedAt,
      s.needsApproval,
      s.decideAt,
    ],
    'settlement_insert',
  );

export const approve = (db: Db, id: bigint, by: string, decideAt: Date): Promise<unknown> =>
  db.query('update market_settlements set approved_by = $2, decide_at = $3 where id = $1', [id, by, decideAt]);

export const withdraw = (db: Db, id: bigint, by: string): Promise<unknown> =>
  db.query(`update market_settlements set status = 'withdrawn', withdrawn_by = $2 where id = $1`, [id, by]);

export type SettledMarket = { id: bigint; title: string; status: string; closedAt: Date | null };

/** After the sequencer, as every change of trading state. */
export async function lockMarket(db: Db, id: bigint): Promise<SettledMarket | undefined> {
  const [row] = await db.query<SettledMarket>(
    `select id, title, status, closed_at as "closedAt" from markets where id = $1 for no key update`,
    [id],
    'settlement_market',
  );
  return row;
}

/** Ends trading in a market, or lets it go on (null). */
export const closeMarket = (db: Db, id: bigint, closedAt: Date | null, now: Date): Promise<unknown> =>
  db.query('update markets set closed_at = $2, updated_at = $3 where id = $1', [id, closedAt, now], 'settlement_close_market');

/** Proposed ones that are approved, where they must be, and past their window. */
export async function selectDecidable(db: Db, now: Date): Promise<bigint[]> {
  const rows = await db.query<{ id: bigint }>(
    `select id from market_settlements where status = 'proposed' and (approved_by is not null or not needs_approval) and decide_at <= $1 order by id`,
    [now],
  );
  return rows.map(({ id }) => id);
}

export type Settings = { challengeMinutes: number; fourEyes: boolean };
export async function selectSettings(db: Db): Promise<Settings> {
  const [row] = await db.query<Settings>(
    'select challenge_minutes as "challengeMinutes", four_eyes as "fourEyes" from settlement_settings where operator_id = 0',
    [],
    'settlement_settings',
  );
  return row ?? { challengeMinutes: 0, fourEyes: false };
}

export const upsertSettings = (db: Db, { challengeMinutes, fourEyes }: Settings, now: Date): Promise<unknown> =>
  db.query(
    `insert into settlement_settings (operator_id, challenge_minutes, four_eyes, updated_at) values (0, $1, $2, $3)
     on conflict (operator_id) do update set challenge_minutes = $1, four_eyes = $2, updated_at = $3`,
    [challengeMinutes, fourEyes, now],
  );

/** What a correction does about money an operator's players have spent. */
export async function selectClawBack(db: Db, operatorId: bigint): Promise<ClawBack> {
  const [row] = await db.query<{ clawBack: ClawBack }>('select claw_back as "clawBack" from settlement_settings where operator_id = $1', [
    operatorId,
  ]);
  return row?.clawBack ?? 'to_zero';
}

export const upsertClawBack = (db: Db, operatorId: bigint, clawBack: ClawBack, now: Date): Promise<unknown> =>
  db.query(
    `insert into settlement_settings (operator_id, claw_back, updated_at) values ($1, $2, $3)
     on conflict (operator_id) do update set claw_back = excluded.claw_back, updated_at = excluded.updated_at`,
    [operatorId, clawBack, now],
  );

export type Signalled = {
  marketId: bigint;
  mid: Price | null;
  signals: SourceSignals;
  /** When people were told that a second signal is missing. */
  unsureSince: Date | null;
};
const SIGNALLED_AT_ONCE = 100;

/** Markets whose source has said how they ended and that nobody has proposed a result for. */
export const selectSignalled = (db: Db): Promise<Signalled[]> =>
  db.query<Signalled>(
    `select m.id as "marketId", m.mid::bigint as mid, m.source_state as signals, m.result_unsure_since as "unsureSince" from markets m
     where m.status in ('active', 'paused') and m.source_state ? 'resolution'
       and not exists (select from market_settlements s where s.market_id = m.id and s.status <> 'withdrawn')
     order by m.id limit ${SIGNALLED_AT_ONCE}`,
  );

/** People have been told, once, that a result waits for a second signal. */
export const markUnsure = (db: Db, marketId: bigint, now: Date): Promise<unknown> =>
  db.query('update markets set result_unsure_since = $2 where id = $1 and result_unsure_since is null', [marketId, now]);

export type ResultEvent = {
  id: bigint;
  marketId: bigint;
  kind: 'settlement_held' | 'settlement_unsure';
  severity: 'warning' | 'critical';
  message: string;
  now: Date;
};
export const insertResultEvent = (db: Db, { id, marketId, kind, severity, message, now }: ResultEvent): Promise<unknown> =>
  db.query(
    `insert into risk_events (id, type, severity, message, scope, market_id, created_at) values ($1, 'anomaly', $2, $3, $4, $5, $6)`,
    [id, severity, message.slice(0, 500), JSON.stringify({ kind }), marketId, now],
  );

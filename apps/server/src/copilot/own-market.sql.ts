/** Own markets of operators with what their players hold in them. */
import type { Id } from '@predictu/contract/ids';
import type { Category } from '@predictu/contract/shapes/category';
import type { Cents, Price, Shares } from '@predictu/contract/units';
import type { Db } from '../platform/db.ts';
import type { Slice } from '../platform/page.ts';

export type Resolver = 'operator' | 'platform';
export type OwnMarket = {
  id: Id<'market'>;
  operatorId: bigint;
  title: string;
  category: Category;
  status: 'active' | 'paused' | 'resolved' | 'cancelled';
  statusReason: string | null;
  mid: Price | null;
  pricedAt: Date | null;
  anchor: Price;
  depth: Cents;
  endAt: Date;
  closedAt: Date | null;
  resolution: 'yes' | 'no' | 'split' | 'void' | null;
  resolver: Resolver;
  draft: unknown;
  yes: Shares;
  no: Shares;
  volume: Cents;
  tradeCount: bigint;
  proposal: { settlementId: Id<'settlement'>; outcome: 'yes' | 'no' | 'split' | 'void'; proposedBy: string; needsApproval: boolean } | null;
  createdBy: string;
  createdAt: Date;
};

const COLUMNS = `m.id, o.operator_id as "operatorId", m.title, m.category, m.status, m.status_reason as "statusReason", m.mid::bigint as mid, m.priced_at as "pricedAt",
  o.anchor::bigint as anchor, m.liquidity_cents as depth, m.end_at as "endAt", m.closed_at as "closedAt", m.resolution, o.resolver, o.draft,
  coalesce(e.yes_shares, 0) as yes, coalesce(e.no_shares, 0) as no, coalesce(e.volume_cents, 0) as volume, coalesce(e.trade_count, 0)::bigint as "tradeCount",
  o.created_by as "createdBy", o.created_at as "createdAt"`;
const FROM = `own_markets o join markets m on m.id = o.market_id left join exposure e on e.operator_id = o.operator_id and e.scope = 2 and e.key = o.market_id`;

type Row = Omit<OwnMarket, 'proposal'>;

export async function selectOwnMarkets(
  db: Db,
  operatorId: bigint,
  status: string | undefined,
  { limit, offset, after }: Slice,
): Promise<{ rows: Row[]; total: bigint }> {
  const matching = `o.operator_id = $1 and ($2::text is null or m.status = $2)`;
  const [rows, [count]] = await Promise.all([
    db.query<Row>(`select ${COLUMNS} from ${FROM} where ${matching} and m.id < $3 order by m.id desc limit $4 offset $5`, [
      operatorId,
      status ?? null,
      after?.[0] ?? 2n ** 63n - 1n,
      limit,
      offset,
    ]),
    db.query<{ total: bigint }>(`select count(*) as total from own_markets o join markets m on m.id = o.market_id where ${matching}`, [
      operatorId,
      status ?? null,
    ]),
  ]);
  return { rows, total: count?.total ?? 0n };
}

export async function selectOwnMarket(db: Db, operatorId: bigint, marketId: bigint): Promise<Row | undefined> {
  const [row] = await db.query<Row>(`select ${COLUMNS} from ${FROM} where o.operator_id = $1 and o.market_id = $2`, [operatorId, marketId]);
  return row;
}

export type Proposal = NonNullable<OwnMarket['proposal']> & { marketId: bigint };
/** Results of these that wait. As a worker: evidence and names are not for every operator to read. */
export const selectProposals = (db: Db, marketIds: readonly bigint[]): Promise<Proposal[]> =>
  db.query<Proposal>(
    `select market_id as "marketId", id as "settlementId", outcome, proposed_by as "proposedBy", needs_approval and approved_by is null as "needsApproval"
     from market_settlements where market_id = any($1::bigint[]) and status in ('proposed', 'held')`,
    [marketIds.map(String)],
  );

/** Of the operator, open, with this question. */
export const hasTwin = async (db: Db, operatorId: bigint, title: string): Promise<boolean> =>
  (
    await db.query(
      `select 1 from own_markets o join markets m on m.id = o.market_id
       where o.operator_id = $1 and m.status in ('active', 'paused') and lower(m.title) = lower($2) limit 1`,
      [operatorId, title],
    )
  ).length > 0;

export type NewRules = {
  operatorId: bigint;
  marketId: bigint;
  draft: object;
  anchor: Price;
  resolver: Resolver;
  createdBy: string;
};
export const insertRules = (db: Db, rules: NewRules, now: Date): Promise<unknown> =>
  db.query(
    `insert into own_markets (operator_id, market_id, draft, anchor, resolver, created_by, created_at, updated_at) values ($1, $2, $3, $4, $5, $6, $7, $7)`,
    [rules.operatorId, rules.marketId, JSON.stringify(rules.draft), rules.anchor, rules.resolver, rules.createdBy, now],
  );
export const writeAnchor = (db: Db, operatorId: bigint, marketId: bigint, anchor: Price, now: Date): Promise<unknown> =>
  db.query('update own_markets set anchor = $3, updated_at = $4 where operator_id = $1 and market_id = $2', [
    operatorId,
    marketId,
    anchor,
    now,
  ]);
export const writeDraft = (db: Db, operatorId: bigint, marketId: bigint, draft: object, now: Date): Promise<unknown> =>
  db.query('update own_markets set draft = $3, updated_at = $4 where operator_id = $1 and market_id = $2', [
    operatorId,
    marketId,
    JSON.stringify(draft),
    now,
  ]);

export type HouseRow = { marketId: bigint; anchor: Price; depth: Cents; yes: Shares; no: Shares };
/** Everybody's own markets that are traded. As a worker. */
export const selectHouses = (db: Db): Promise<HouseRow[]> =>
  db.query<HouseRow>(
    `select o.market_id as "marketId", o.anchor::bigint as anchor, m.liquidity_cents as depth, coalesce(e.yes_shares, 0) as yes, coalesce(e.no_shares, 0) as no
     from ${FROM} where m.status in ('active', 'paused') and m.closed_at is null order by o.market_id`,
    [],
    'house_markets',
  );

/** An operator's own markets as its console shows them. */
import type { Id } from '@predictu/contract/ids';
import type { listDeployedMarkets as endpoint } from '@predictu/contract/operator/own-markets';
import { type MarketDraft, marketDraft } from '@predictu/contract/shapes/market-draft';
import { selectActorNames } from '../access/access.ts';
import type { Database, Db } from '../platform/db.ts';
import { type Handler, notFound } from '../platform/http.ts';
import { pageOf, sliceOf } from '../platform/page.ts';
import { lintDraft } from './lint.rules.ts';
import { type OwnMarket, type Proposal, selectOwnMarket, selectOwnMarkets, selectProposals } from './own-market.sql.ts';

type Row = Omit<OwnMarket, 'proposal'>;
export const draftIn = (stored: unknown): MarketDraft => marketDraft.decode(stored as never);

type Named = Proposal & { name: string | null };

/** The rows are the operator's own: row level security has chosen them, and leaves of names those it may see. */
async function proposalsOf(db: Db, database: Database, rows: readonly Row[]): Promise<Named[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const proposals = await database.as({ kind: 'worker', name: 'own-markets' }, 'read', (all) => selectProposals(all, ids));
  const names = await selectActorNames(
    db,
    'operator',
    proposals.map(({ proposedBy }) => proposedBy),
  );
  return proposals.map((proposal) => ({ ...proposal, name: names.get(proposal.proposedBy) ?? null }));
}

function show(row: Row, proposals: readonly Named[], now: Date) {
  const draft = draftIn(row.draft);
  const proposal = proposals.find(({ marketId }) => marketId === row.id);
  return {
    id: row.id,
    title: row.title,
    category: row.category,
    status: row.status,
    status_reason: row.statusReason,
    yes_price: row.mid,
    anchor_price: row.anchor,
    priced_at: row.pricedAt,
    liquidity_usd: row.depth,
    end_date: row.endAt,
    closed_at: row.closedAt,
    resolution: row.resolution,
    resolver: row.resolver,
    proposal: proposal
      ? {
          settlement_id: proposal.settlementId,
          resolution: proposal.outcome,
          proposed_by: proposal.proposedBy,
          proposed_by_name: proposal.name,
          needs_approval: proposal.needsApproval,
        }
      : null,
    draft,
    lint: lintDraft(draft, now),
    yes_shares: row.yes,
    no_shares: row.no,
    volume_usd: row.volume,
    trade_count: Number(row.tradeCount),
    created_by: row.createdBy,
    created_at: row.createdAt,
  };
}

/** @throws NOT_FOUND */
export async function readOwnMarket(db: Db, database: Database, operatorId: bigint, marketId: bigint, now: Date) {
  const row = await selectOwnMarket(db, operatorId, marketId);
  if (!row) throw notFound('market');
  return show(row, await proposalsOf(db, database, [row]), now);
}

export const listDeployedMarkets =
  (database: Database): Handler<typeof endpoint> =>
  async ({ db, actor, now }, { query }) => {
    const { rows, total } = await selectOwnMarkets(db, actor.operatorId, query.status, sliceOf(query, 1));
    const proposals = await proposalsOf(db, database, rows);
    return pageOf(
      query,
      total,
      rows,
      ({ id }: { id: Id<'market'> }) => [id],
      (row) => show(row, proposals, now),
    );
  };

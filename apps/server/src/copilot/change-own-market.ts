/** A member changes a market of its operator's own: price, depth, wording, whether it is offered; names its result or approves one. */
import { Failure, isRefusal, type Refusal, refuse } from '@predictu/contract/errors';
import { encodeId, type Id } from '@predictu/contract/ids';
import type {
  approveDeployedResult as approveEndpoint,
  changeDeployedMarket as changeEndpoint,
  resolveDeployedMarket as resolveEndpoint,
} from '@predictu/contract/operator/own-markets';
import { type MarketDraft, marketDraft } from '@predictu/contract/shapes/market-draft';
import { type Cents, type Price, price } from '@predictu/contract/units';
import { readPlatformConfig } from '../config/config.ts';
import { changeLiquidity, rewordOwnMarket, setMarketStatus, writeHousePrices } from '../markets/markets.ts';
import type { Actor } from '../platform/actor.ts';
import { recordAudit } from '../platform/audit.ts';
import type { Database, Db } from '../platform/db.ts';
import { type Context, type Handler, notFound } from '../platform/http.ts';
import { spreadSettings } from '../pricing/spread.rules.ts';
import { approveSettlement, proposeSettlement, type Settlement } from '../settlement/settlement.ts';
import { readyOrRefused } from './deploy-market.ts';
import { housePrice } from './house-price.rules.ts';
import { rulesText } from './own-market.rules.ts';
import { type OwnMarket, selectOwnMarket, selectProposals, writeAnchor, writeDraft } from './own-market.sql.ts';
import { readOwnMarket } from './show-own-market.ts';

type Operator = Extract<Actor, { kind: 'operator' | 'apiKey' }>;
export type By = Pick<Context, 'db' | 'now' | 'newId' | 'requestId'> & { actor: Operator };
type Own = Omit<OwnMarket, 'proposal'>;
export type Changes = {
  anchor?: Price | undefined;
  liquidity?: Cents | undefined;
  status?: 'active' | 'paused' | undefined;
  draft?: MarketDraft | undefined;
};

async function requireOwn(db: Db, operatorId: bigint, marketId: bigint): Promise<Own> {
  const own = await selectOwnMarket(db, operatorId, marketId);
  if (!own) throw notFound('market');
  return own;
}

const closedReason = ({ status, closedAt }: Own): string | undefined =>
  status === 'resolved' || status === 'cancelled' ? status : closedAt ? 'closed' : undefined;

/** The price the house states with this anchor and depth, at once. */
async function restate({ db, now }: By, own: Own, { anchor, liquidity }: Changes): Promise<void> {
  const leastSpread = price(BigInt(spreadSettings((await readPlatformConfig(db)).config).minBps));
  const mid = housePrice({ ...own, anchor: anchor ?? own.anchor, depth: liquidity ?? own.depth, leastSpread });
  await writeHousePrices(db, new Map([[own.id, mid]]), now);
}

async function reword({ db, now }: By, own: Own, draft: MarketDraft): Promise<Refusal | undefined> {
  if (own.yes + own.no > 0n || own.tradeCount > 0n)
    return refuse('CONFLICT', 'Players have traded on this wording; it stays as it is', { reason: 'traded' });
  const ready = readyOrRefused(draft, now);
  if ('refused' in ready) return ready;
  if (ready.category !== own.category || ready.cut_off_at.getTime() !== own.endAt.getTime())
    return refuse('CONFLICT', 'Category and cut-off are fixed; deploy a new market', { reason: 'fixed' });
  await rewordOwnMarket(db, own.id, { title: ready.question, description: rulesText(ready) }, now);
  await writeDraft(db, own.operatorId, own.id, marketDraft.encode(ready), now);
  return undefined;
}

/** Audited; changes of status as those of the platform. @throws NOT_FOUND, CONFLICT */
export async function changeOwnMarket(by: By, marketId: bigint, changes: Changes, reason: string): Promise<Refusal | undefined> {
  const { db, actor, now, newId, requestId } = by;
  const own = await requireOwn(db, actor.operatorId, marketId);
  const closed = closedReason(own);
  if (closed) return refuse('CONFLICT', `The market is ${closed}`, { reason: closed });
  if (changes.status) await setMarketStatus(db, { marketId, status: changes.status, reason, actor, now, newId, requestId });
  const refused = changes.draft && (await reword(by, own, changes.draft));
  if (refused) throw new Failure(refused.refused, refused.message, refused.details);
  if (changes.anchor !== undefined) await writeAnchor(db, own.operatorId, marketId, changes.anchor, now);
  if (changes.liquidity !== undefined) await changeLiquidity(db, marketId, changes.liquidity, now);
  if (changes.anchor !== undefined || changes.liquidity !== undefined) await restate(by, own, changes);
  const { status: _, ...stated } = changes;
  if (Object.values(stated).every((value) => value === undefined)) return undefined;
  await recordAudit(db, actor, newId(), now, {
    action: 'market.change',
    subject: encodeId('market', marketId as Id<'market'>),
    before: { anchor: own.anchor, liquidity_cents: own.depth, ...(changes.draft && { draft: own.draft }) },
    after: {
      anchor: changes.anchor,
      liquidity_cents: changes.liquidity,
      ...(changes.draft && { draft: marketDraft.encode(changes.draft) }),
    },
    reason,
    requestId,
  });
  return undefined;
}

export type Result = { outcome: 'yes' | 'no' | 'split' | 'void'; evidence: string; evidenceUrl: string | null };
const WORKER = { kind: 'worker', name: 'own-markets' } as const;

/** That it is the operator's own is read as that operator; the result is written by the ordinary way of settling, in its name. */
export async function proposeResult(
  database: Database,
  { db, actor, now, newId, requestId }: By,
  marketId: bigint,
  result: Result,
): Promise<Refusal | undefined> {
  const own = await requireOwn(db, actor.operatorId, marketId);
  if (own.resolver !== 'operator') return refuse('CONFLICT', 'The platform names the result of this market', { reason: 'resolver' });
  await database.as(WORKER, 'write', (tx) => proposeSettlement(tx, { ...result, marketId, actor, now, newId, requestId }));
  return undefined;
}

type Services = { database: Database; settlement: Pick<Settlement, 'wake'> };
const shown = async ({ database }: Services, { actor, now }: By, marketId: bigint) => ({
  data: await database.as(actor, 'read', (db) => readOwnMarket(db, database, actor.operatorId, marketId, now)),
});

export const changeDeployedMarket =
  (services: Services): Handler<typeof changeEndpoint> =>
  async (context, { params, body }) => {
    const { anchor_price: anchor, liquidity_usd: liquidity, status, draft, reason } = body;
    const { database } = services;
    const refused = await database.as(context.actor, 'write', (db) =>
      changeOwnMarket({ ...context, db }, params.market_id, { anchor, liquidity, status, draft }, reason),
    );
    return refused ?? shown(services, context, params.market_id);
  };

export const resolveDeployedMarket =
  (services: Services): Handler<typeof resolveEndpoint> =>
  async (context, { params, body }) => {
    const { resolution: outcome, evidence, evidence_url: evidenceUrl } = body;
    const refused = await proposeResult(services.database, context, params.market_id, { outcome, evidence, evidenceUrl });
    if (isRefusal(refused)) return refused;
    services.settlement.wake();
    return shown(services, context, params.market_id);
  };

export const approveDeployedResult =
  (services: Services): Handler<typeof approveEndpoint> =>
  async (context, { params }) => {
    const { db, actor, now, newId, requestId } = context;
    await requireOwn(db, actor.operatorId, params.market_id);
    await services.database.as(WORKER, 'write', async (tx) => {
      const [proposal] = await selectProposals(tx, [params.market_id]);
      if (!proposal) throw new Failure('CONFLICT', 'No result of this market waits', { reason: 'nothing' });
      await approveSettlement(tx, proposal.settlementId, { actor, now, newId, requestId });
    });
    services.settlement.wake();
    return shown(services, context, params.market_id);
  };

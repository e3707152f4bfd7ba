/** Proposing a result: trading in the market ends, the evidence is kept; approving or withdrawing a proposal. A settlement is locked before the sequencer. */
import { Failure } from '@predictu/contract/errors';
import { encodeId, type Id } from '@predictu/contract/ids';
import type { Actor } from '../platform/actor.ts';
import { recordAudit } from '../platform/audit.ts';
import type { Db } from '../platform/db.ts';
import { takeTurn } from '../platform/sequencer.ts';
import type { Result } from './entitlement.rules.ts';
import {
  approve,
  closeMarket,
  insertResultEvent,
  insertSettlement,
  lockHeld,
  lockMarket,
  lockSettlement,
  type Settlement,
  selectOfMarket,
  selectSettings,
  withdraw,
} from './settlement.sql.ts';

export type Change = { actor: Actor; now: Date; newId: () => bigint; requestId?: string | null };
export type Proposal = Change & {
  marketId: bigint;
  outcome: Result;
  evidence: string;
  evidenceUrl: string | null;
  /** Two signals disagree: nothing is decided until a person proposes. */
  held?: boolean;
  /** The settlement it corrects; without one the market must not be decided yet. */
  correctsId?: bigint;
};

const MINUTE_MS = 60_000;
/** Who a settlement names. */
function nameOf(actor: Actor): string {
  switch (actor.kind) {
    case 'admin':
      return encodeId('admin', actor.adminId);
    case 'operator':
      return encodeId('operatorMember', actor.memberId);
    case 'apiKey':
      return encodeId('apiKey', actor.keyId);
    case 'worker':
      return actor.name;
    default:
      return actor.kind;
  }
}
const windowEnd = (now: Date, minutes: number): Date => new Date(now.getTime() + minutes * MINUTE_MS);
const conflict = (message: string, reason: string): Failure => new Failure('CONFLICT', message, { reason });

const audit = (db: Db, { actor, now, newId, requestId = null }: Change, action: string, settlement: Settlement, reason: string | null) =>
  recordAudit(db, actor, newId(), now, {
    action,
    subject: encodeId('settlement', settlement.id as Id<'settlement'>),
    after: { market: encodeId('market', settlement.marketId as Id<'market'>), outcome: settlement.outcome, status: settlement.status },
    reason,
    requestId,
  });

/** What stands in the way of a proposal, besides a held one, which it replaces: that must have been locked before the sequencer. */
function obstacleOf(existing: readonly Settlement[], correctsId: bigint | undefined, locked: ReadonlySet<bigint>): Failure | undefined {
  if (existing.some(({ id, status }) => status === 'held' && !locked.has(id))) return conflict('The market was held just now', 'held');
  if (existing.some(({ status }) => status === 'proposed')) return conflict('A result of this market waits already', 'proposed');
  const last = existing.filter(({ status }) => status === 'decided').at(-1);
  if (correctsId === undefined) return last && conflict('The market is settled; only a correction can change that', 'decided');
  return last?.id === correctsId ? undefined : conflict('This is not the last settlement of its market', 'not_last');
}

/** @throws NOT_FOUND, CONFLICT */
export async function proposeSettlement(db: Db, proposal: Proposal): Promise<Settlement> {
  const { marketId, outcome, evidence, evidenceUrl, held = false, correctsId, now, actor } = proposal;
  // Sent together, locked in this order: the sequencer is held for no answer's way.
  const [lockedNow, id, market, existing, settings] = await Promise.all([
    lockHeld(db, marketId),
    takeTurn(db, now),
    lockMarket(db, marketId),
    selectOfMarket(db, marketId),
    selectSettings(db),
  ]);
  if (!market) throw new Failure('NOT_FOUND', 'No such market');
  const { challengeMinutes, fourEyes } = settings;
  const locked = new Set(lockedNow);
  const obstacle = obstacleOf(existing, correctsId, locked);
  if (obstacle) throw obstacle;
  for (const before of existing) if (before.status === 'held') await withdraw(db, before.id, nameOf(actor));
  const settlement: Settlement = {
    id,
    marketId,
    outcome,
    status: held ? 'held' : 'proposed',
    correctsId: correctsId ?? null,
    feeBps: null,
    evidence,
    evidenceUrl,
    proposedBy: nameOf(actor),
    proposedAt: now,
    needsApproval: fourEyes,
    approvedBy: null,
    decideAt: held || fourEyes ? null : windowEnd(now, challengeMinutes),
    decidedAt: null,
  };
  await Promise.all([
    insertSettlement(db, settlement),
    !market.closedAt && closeMarket(db, marketId, now, now),
    audit(db, proposal, held ? 'settlement.hold' : 'settlement.propose', settlement, evidence),
  ]);
  if (held)
    await insertResultEvent(db, {
      id: await takeTurn(db, now),
      marketId,
      kind: 'settlement_held',
      severity: 'critical',
      message: `The result of a market is in doubt: ${evidence}`,
      now,
    });
  return settlement;
}

/** Somebody else than the proposer agrees; the window begins. @throws NOT_FOUND, CONFLICT */
export async function approveSettlement(db: Db, id: bigint, change: Change): Promise<Settlement> {
  // As the decision does: the settlement first, the sequencer second.
  const settlement = await lockSettlement(db, id);
  await takeTurn(db, change.now);
  if (!settlement) throw new Failure('NOT_FOUND', 'No such settlement');
  if (settlement.status !== 'proposed') throw conflict(`The settlement is ${settlement.status}`, settlement.status);
  if (!settlement.needsApproval || settlement.approvedBy !== null) throw conflict('The settlement needs no approval', 'approved');
  const by = nameOf(change.actor);
  if (by === settlement.proposedBy) throw conflict('Whoever proposed a result cannot approve it', 'same_person');
  const { challengeMinutes } = await selectSettings(db);
  const decideAt = windowEnd(change.now, challengeMinutes);
  await approve(db, id, by, decideAt);
  const approved = { ...settlement, approvedBy: by, decideAt };
  await audit(db, change, 'settlement.approve', approved, null);
  return approved;
}

/** Takes a proposal back before it is decided; a market that is not settled is traded again. @throws NOT_FOUND, CONFLICT */
export async function withdrawSettlement(db: Db, id: bigint, reason: string, change: Change): Promise<Settlement> {
  // As the decision does: the settlement first, the sequencer second.
  const settlement = await lockSettlement(db, id);
  await takeTurn(db, change.now);
  if (!settlement) throw new Failure('NOT_FOUND', 'No such settlement');
  if (settlement.status === 'decided' || settlement.status === 'withdrawn')
    throw conflict(`The settlement is ${settlement.status}`, settlement.status);
  await withdraw(db, id, nameOf(change.actor));
  if (settlement.correctsId === null) await closeMarket(db, settlement.marketId, null, change.now);
  const withdrawn = { ...settlement, status: 'withdrawn' as const };
  await audit(db, change, 'settlement.withdraw', withdrawn, reason);
  return withdrawn;
}

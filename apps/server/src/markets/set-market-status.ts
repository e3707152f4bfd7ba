/** An admin pauses a market or offers it again. */

import { Failure } from '@predictu/contract/errors';
import { encodeId } from '@predictu/contract/ids';
import type { Actor } from '../platform/actor.ts';
import { recordAudit } from '../platform/audit.ts';
import type { Db } from '../platform/db.ts';
import { takeTurn } from '../platform/sequencer.ts';
import { type Market, selectMarket } from './market-list.sql.ts';
import { lockMarket, writeStatus } from './market-status.sql.ts';

export type StatusChange = {
  marketId: bigint;
  status: 'active' | 'paused';
  reason: string | null;
  actor: Actor;
  now: Date;
  newId: () => bigint;
  requestId?: string | null;
};

/**
 * Throws NOT_FOUND for no such market; CONFLICT when it is decided already, or when it is to be offered although its source has
 * closed it or its meaning is in doubt. The same status again changes nothing. Audited; takes the sequencer first.
 */
export async function setMarketStatus(
  db: Db,
  { marketId, status, reason, actor, now, newId, requestId = null }: StatusChange,
): Promise<Market> {
  await takeTurn(db, now);
  const before = await lockMarket(db, marketId);
  if (!before) throw new Failure('NOT_FOUND', 'No such market');
  if (before.status === 'resolved' || before.status === 'cancelled') {
    throw new Failure('CONFLICT', `The market is ${before.status} and can no longer be paused or offered`, { status: before.status });
  }
  const { closed, doubt } = before.sourceState;
  if (status === 'active' && (closed || doubt)) {
    throw new Failure(
      'CONFLICT',
      closed ? 'The source has closed this market' : `The source’s data of this market cannot be used: ${doubt}`,
      {
        reason: closed ? 'source_closed' : `set_aside_${doubt}`,
      },
    );
  }
  if (before.status !== status) {
    const statusReason = status === 'paused' ? (reason ?? 'paused by an admin') : null;
    await writeStatus(db, marketId, status, statusReason, now);
    await recordAudit(db, actor, newId(), now, {
      action: status === 'paused' ? 'market.pause' : 'market.resume',
      subject: encodeId('market', marketId),
      reason,
      requestId,
      before: { status: before.status, status_reason: before.statusReason },
      after: { status, status_reason: statusReason },
    });
  }
  return (await selectMarket(db, marketId, null, now)) as Market;
}

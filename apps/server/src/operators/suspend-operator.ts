/** A platform admin stops an operator, or lets it go on. Batches, logins, key pairs and players of every process follow at once. */
import type { reinstateOperator as reinstate, suspendOperator as suspend } from '@predictu/contract/admin/operators';
import { type Refusal, refuse } from '@predictu/contract/errors';
import type { Id } from '@predictu/contract/ids';
import { recordAudit } from '../platform/audit.ts';
import { type Handler, notFound } from '../platform/http.ts';
import { takeTurn } from '../platform/sequencer.ts';
import type { OperatorStatus } from './operator.sql.ts';
import { type LockedOperator, lockOperator, updateStatus } from './operator-change.sql.ts';

type Standing = { status: OperatorStatus; suspendedFrom: OperatorStatus | null };
type From = Parameters<Handler<typeof suspend>>[0];
type Input = { params: { slug: string }; body: { reason: string } };

const change =
  (action: string, decide: (row: LockedOperator) => Standing | Refusal) =>
  async ({ db, actor, now, newId, requestId }: From, { params: { slug }, body: { reason } }: Input) => {
    await takeTurn(db, now);
    const row = await lockOperator(db, slug);
    if (!row) throw notFound('operator');
    const decided = decide(row);
    if ('refused' in decided) return decided;
    await updateStatus(db, row.id, decided, now);
    await recordAudit(db, actor, newId(), now, {
      action,
      subject: `operator:${slug}`,
      operatorId: row.id,
      before: { status: row.status },
      after: { status: decided.status },
      reason,
      requestId,
    });
    return { data: { id: row.id as Id<'operator'>, slug, status: decided.status, updated_at: now } };
  };

export const suspendOperator: Handler<typeof suspend> = change('operator.suspend', ({ status }) =>
  status === 'suspended'
    ? refuse('CONFLICT', 'The operator is suspended already', { status })
    : { status: 'suspended', suspendedFrom: status },
);

export const reinstateOperator: Handler<typeof reinstate> = change('operator.reinstate', ({ status, suspended_from: from, ...row }) =>
  status === 'suspended'
    ? { status: from ?? (row.onboarded_at === null ? 'pending' : 'live'), suspendedFrom: null }
    : refuse('CONFLICT', 'The operator is not suspended', { status }),
);

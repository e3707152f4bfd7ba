/** A platform admin changes an operator's profile, look, limits or terms; in force with the next trade. */
import type { updateOperator as endpoint } from '@predictu/contract/admin/operators';
import { Failure } from '@predictu/contract/errors';
import type { Id } from '@predictu/contract/ids';
import { recordAudit } from '../platform/audit.ts';
import { type Handler, notFound } from '../platform/http.ts';
import { takeTurn } from '../platform/sequencer.ts';
import { lockOperator, updateOperator as write } from './operator-change.sql.ts';
import { betsCross, changeOf } from './operator-patch.rules.ts';

export const updateOperator: Handler<typeof endpoint> = async ({ db, actor, now, newId, requestId }, { params: { slug }, body }) => {
  await takeTurn(db, now);
  const row = await lockOperator(db, slug);
  if (!row) throw notFound('operator');
  const change = changeOf(body, row);
  if (betsCross(row, change)) {
    const field = 'config.max_bet_usd' in change.next ? 'config.max_bet_usd' : 'config.min_bet_usd';
    const fields = [{ field, received: change.next[field], expected: 'Expected min_bet_usd at most max_bet_usd' }];
    throw new Failure('VALIDATION_ERROR', `The body does not fit: ${field}`, { fields });
  }
  const updatedFields = Object.keys(change.next);
  let auditId: bigint | null = null;
  if (updatedFields.length > 0) {
    await write(db, row.id, change.columns, change.branding, now);
    auditId = await recordAudit(db, actor, newId(), now, {
      action: 'operator.update',
      subject: `operator:${slug}`,
      operatorId: row.id,
      before: change.previous,
      after: change.next,
      reason: body.reason ?? null,
      requestId,
    });
  }
  const audit = auditId as Id<'audit'> | null;
  return {
    data: { updated_fields: updatedFields, previous_values: change.previous, new_values: change.next, audit_id: audit, updated_at: now },
  };
};

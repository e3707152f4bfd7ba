/** A platform admin extends a trial or ends it by going on; read-only ends with it. */
import type { changeTrial as endpoint } from '@predictu/contract/admin/operators';
import { refuse } from '@predictu/contract/errors';
import type { Id } from '@predictu/contract/ids';
import { recordAudit } from '../platform/audit.ts';
import { type Handler, notFound } from '../platform/http.ts';
import { takeTurn } from '../platform/sequencer.ts';
import { extendedEnd } from './trial.rules.ts';
import { lockTrial, type TrialChange, updateTrial } from './trial.sql.ts';
import { shownTrial } from './trial.ts';

const noted = ({ tier, trialEndsAt, readOnlySince }: TrialChange) => ({
  tier,
  trial_ends_at: trialEndsAt?.toISOString() ?? null,
  read_only_since: readOnlySince?.toISOString() ?? null,
});

export const changeTrial: Handler<typeof endpoint> = async ({ db, actor, now, newId, requestId }, { params: { slug }, body }) => {
  await takeTurn(db, now);
  const before = await lockTrial(db, slug);
  if (!before) throw notFound('operator');
  if (before.trialEndsAt === null) return refuse('CONFLICT', 'The operator is not on trial', { reason: 'not_on_trial' });
  const after: TrialChange =
    body.action === 'end'
      ? { tier: 'standard', trialEndsAt: null, readOnlySince: null }
      : { tier: 'trial', trialEndsAt: extendedEnd(before.trialEndsAt, now, body.days), readOnlySince: null };
  await updateTrial(db, before.id, after, now);
  await recordAudit(db, actor, newId(), now, {
    action: 'operator.trial',
    subject: `operator:${slug}`,
    operatorId: before.id,
    before: noted(before),
    after: noted(after),
    reason: body.reason,
    requestId,
  });
  return { data: { id: before.id as Id<'operator'>, slug, tier: after.tier, trial: shownTrial(after, now) } };
};

/** An operator says what it pays for players brought by others. */
import type { changeReferralTerms as changeEndpoint, getReferralTerms as getEndpoint } from '@predictu/contract/operator/referrals';
import { auditNameOf, recordAudit } from '../platform/audit.ts';
import type { Handler } from '../platform/http.ts';
import { selectTerms, writeTerms } from './referral.sql.ts';

export const getReferralTerms: Handler<typeof getEndpoint> = async ({ db, actor }) => ({ data: await selectTerms(db, actor.operatorId) });

export const changeReferralTerms: Handler<typeof changeEndpoint> = async ({ db, actor, now, newId, requestId }, { body }) => {
  const before = await selectTerms(db, actor.operatorId);
  await writeTerms(db, actor.operatorId, body, now, auditNameOf(actor).join(':'));
  await recordAudit(db, actor, newId(), now, {
    action: 'referral_terms.changed',
    subject: 'referral_terms',
    operatorId: actor.operatorId,
    before,
    after: body,
    requestId,
  });
  return { data: body };
};

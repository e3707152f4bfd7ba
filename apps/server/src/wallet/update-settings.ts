/** An operator changes its profile, branding and callback URL. Stands with the wallet because it knows what a callback URL may be. */
import { Failure, refuse } from '@predictu/contract/errors';
import type { Id } from '@predictu/contract/ids';
import type { updateSettings as endpoint } from '@predictu/contract/operator/settings';
import { changeSettings, contrastRows, findOperator, sortPatch } from '../operators/operators.ts';
import { type Handler, notFound } from '../platform/http.ts';
import { checkCallbackUrl, type UrlCheck } from './change-wallet.ts';

export const updateSettings =
  (check: UrlCheck): Handler<typeof endpoint> =>
  async ({ db, actor, now, newId, requestId }, { body }) => {
    const patch = sortPatch(body);
    if (patch.readOnly.length > 0) {
      throw new Failure('FORBIDDEN', `Only the platform may change: ${patch.readOnly.join(', ')}`, {
        reason: 'read_only',
        fields: patch.readOnly,
      });
    }
    const url = patch.sent['s2s.callback_url'];
    if (url != null) checkCallbackUrl(url, check, 's2s.callback_url');
    const operator = await findOperator(db, { id: actor.operatorId });
    if (!operator) throw notFound('operator');
    if (url === null && operator.walletMode === 'seamless') {
      return refuse('CONFLICT', 'A seamless wallet needs a callback URL', { reason: 'no_callback_url' });
    }
    const { previous, auditId } = await changeSettings(db, actor, patch, { now, newId, requestId });
    const colour = patch.sent['branding.primary_color'];
    return {
      data: {
        updated_fields: Object.keys(patch.sent),
        previous_values: previous,
        new_values: patch.sent,
        ...(colour != null && { contrast: contrastRows(colour) }),
        audit_id: auditId as Id<'audit'>,
        updated_at: now,
      },
    };
  };

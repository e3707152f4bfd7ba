/** Somebody of the platform takes note of warnings; what is noted stays so. */
import type { acknowledgeRiskEvents as endpoint } from '@predictu/contract/admin/risk';
import { encodeId, type Id } from '@predictu/contract/ids';
import { recordAudit } from '../platform/audit.ts';
import type { Handler } from '../platform/http.ts';
import { acknowledge } from './risk-event.sql.ts';

const NONE = 0n;

export const acknowledgeRiskEvents: Handler<typeof endpoint> = async ({ db, actor, now, newId, requestId }, { body }) => {
  const wanted = 'through' in body ? { ids: [], through: body.through } : { ids: body.event_ids, through: NONE };
  const noted = await acknowledge(db, wanted, actor.adminId, now);
  if (noted.length > 0) {
    await recordAudit(db, actor, newId(), now, {
      action: 'risk_events.acknowledged',
      subject: 'risk_events',
      after: {
        count: noted.length,
        ...('through' in body
          ? { through: encodeId('event', body.through) }
          : { event_ids: noted.map(({ id }) => encodeId('event', id as Id<'event'>)) }),
      },
      requestId,
    });
  }
  return { data: { acknowledged: noted.length } };
};

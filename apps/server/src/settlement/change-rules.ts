/** The rules of settling: the platform's window and second person, and what each operator has set about money already spent. */
import type {
  changeOperatorSettlementRules as changeFor,
  changeSettlementRules as changeRules,
  getOperatorSettlementRules as getFor,
  getSettlementRules as getRules,
} from '@predictu/contract/admin/settlements';
import type { changeOwnSettlementRules as changeOwn, getOwnSettlementRules as getOwn } from '@predictu/contract/operator/settlements';
import { requireOperator } from '../operators/operators.ts';
import { recordAudit } from '../platform/audit.ts';
import type { Context, Handler } from '../platform/http.ts';
import type { ClawBack } from '../trading/payout.rules.ts';
import { selectClawBack, selectSettings, upsertClawBack, upsertSettings } from './settlement.sql.ts';

const showRules = ({ challengeMinutes, fourEyes }: { challengeMinutes: number; fourEyes: boolean }) => ({
  data: { challenge_minutes: challengeMinutes, four_eyes: fourEyes },
});
export const getSettlementRules: Handler<typeof getRules> = async ({ db }) => showRules(await selectSettings(db));
export const changeSettlementRules: Handler<typeof changeRules> = async ({ db, actor, now, newId, requestId }, { body }) => {
  const before = await selectSettings(db);
  const after = { challengeMinutes: body.challenge_minutes, fourEyes: body.four_eyes };
  await upsertSettings(db, after, now);
  await recordAudit(db, actor, newId(), now, { action: 'settlement.rules', subject: 'settlement_rules', before, after, requestId });
  return showRules(after);
};

type From = Pick<Context, 'db' | 'actor' | 'now' | 'newId' | 'requestId'>;
async function changeClawBack({ db, actor, now, newId, requestId }: From, operatorId: bigint, clawBack: ClawBack) {
  const before = await selectClawBack(db, operatorId);
  await upsertClawBack(db, operatorId, clawBack, now);
  await recordAudit(db, actor, newId(), now, {
    action: 'settlement.claw_back',
    subject: 'settlement_rules',
    operatorId,
    before: { claw_back: before },
    after: { claw_back: clawBack },
    requestId,
  });
  return { data: { claw_back: clawBack } };
}
const shown = async (db: Context['db'], operatorId: bigint) => ({ data: { claw_back: await selectClawBack(db, operatorId) } });

export const getOwnSettlementRules: Handler<typeof getOwn> = ({ db, actor }) => shown(db, actor.operatorId);
export const changeOwnSettlementRules: Handler<typeof changeOwn> = (context, { body }) =>
  changeClawBack(context, context.actor.operatorId, body.claw_back);
export const getOperatorSettlementRules: Handler<typeof getFor> = async ({ db }, { params }) =>
  shown(db, (await requireOperator(db, params.slug)).id);
export const changeOperatorSettlementRules: Handler<typeof changeFor> = async (context, { params, body }) =>
  changeClawBack(context, (await requireOperator(context.db, params.slug)).id, body.claw_back);

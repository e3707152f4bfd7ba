/** What is left of an operator's credits, with the last moves; the platform tops them up. */
import type { getOperatorCredits as ofAny, topUpCredits as topUpEndpoint } from '@predictu/contract/admin/copilot';
import type { getCopilotCredits as own } from '@predictu/contract/operator/copilot';
import { cents } from '@predictu/contract/units';
import { requireOperator } from '../operators/operators.ts';
import { recordAudit } from '../platform/audit.ts';
import type { Database } from '../platform/db.ts';
import type { Handler } from '../platform/http.ts';
import { selectMoves } from './credit.sql.ts';
import { ANSWER_PRICE, readCredits, topUp } from './credits.ts';
import type { Engine } from './engine.ts';

type Services = { database: Database; engine: Pick<Engine, 'name' | 'model'> };

const show = async ({ database, engine }: Services, operatorId: bigint, now: Date) => {
  const balance = await readCredits(database, operatorId, now);
  const moves = await database.as({ kind: 'worker', name: 'copilot-credits' }, 'read', (db) => selectMoves(db, operatorId));
  return {
    data: {
      balance: Number(balance),
      answer_price: Number(ANSWER_PRICE[engine.name]),
      engine: engine.name,
      model: engine.model,
      entries: moves.map(({ id, type, from, amount, after, description, at }) => ({
        id,
        type,
        credits: from === 'credits' ? -Number(amount) : Number(amount),
        balance_after: Number(after),
        description,
        created_at: at,
      })),
    },
  };
};

export const getCopilotCredits =
  (services: Services): Handler<typeof own> =>
  ({ actor, now }) =>
    show(services, actor.operatorId, now);

export const getOperatorCredits =
  (services: Services): Handler<typeof ofAny> =>
  async ({ db, now }, { params }) =>
    show(services, (await requireOperator(db, params.slug)).id, now);

export const topUpCredits =
  (services: Services): Handler<typeof topUpEndpoint> =>
  async ({ db, actor, now, newId, requestId }, { params, body, idempotencyKey: key, bodyHash }) => {
    const { id: operatorId } = await requireOperator(db, params.slug);
    const { credits, reason } = body;
    const refusal = await topUp(
      services.database,
      { operatorId, amount: cents(BigInt(credits)), reason, key, bodyHash },
      (tx, entryId, before, after) =>
        recordAudit(tx, actor, newId(), now, {
          action: 'credits.top_up',
          subject: `operator:${params.slug}`,
          operatorId,
          before: { credits: before },
          after: { credits: after, entry: entryId },
          reason,
          requestId,
        }),
      now,
    );
    return refusal ?? show(services, operatorId, now);
  };

/** An operator, or an admin for it, says where its wallet is, who keeps the balance and how long each method may take. */
import type { changeOperatorWallet as changeFor, getOperatorWallet as getFor } from '@predictu/contract/admin/wallet';
import { Failure, type Refusal, refuse } from '@predictu/contract/errors';
import type { changeWallet as endpoint, getWallet as get } from '@predictu/contract/operator/wallet';
import { changeOperatorWallet as changeInOperators, requireOperator } from '../operators/operators.ts';
import { recordAudit } from '../platform/audit.ts';
import type { Db } from '../platform/db.ts';
import { type Context, type Handler, notFound } from '../platform/http.ts';
import { callbackUrlProblem } from './callback-url.rules.ts';
import { selectModeObstacles, selectSettings, upsertBudgets } from './endpoint.sql.ts';
import { type Guard, hostProblem } from './guard-address.ts';
import { showSettings } from './show-settings.ts';

type Change = Parameters<Handler<typeof endpoint>>[1]['body'];
export type UrlCheck = { guard: Guard; loopback: () => boolean };

export const getWallet: Handler<typeof get> = async ({ db, actor, now }) => ({ data: await showSettings(db, actor.operatorId, now) });
export const getOperatorWallet: Handler<typeof getFor> = async ({ db, now }, { params }) => ({
  data: await showSettings(db, (await requireOperator(db, params.slug)).id, now),
});

/** @throws VALIDATION_ERROR for what can never be called. */
export function checkCallbackUrl(url: string, { guard, loopback }: UrlCheck, field = 'callback_url'): void {
  const problem = callbackUrlProblem(url, { loopback: loopback() }) ?? hostProblem(guard, url);
  if (problem === null) return;
  throw new Failure('VALIDATION_ERROR', `The body does not fit: ${field}`, { fields: [{ field, received: url, expected: problem }] });
}

async function modeObstacle(db: Db, operatorId: bigint): Promise<Refusal | undefined> {
  const { players, calls } = await selectModeObstacles(db, operatorId);
  if (players) return refuse('CONFLICT', 'Players have balances or open positions in the present mode', { reason: 'open_players' });
  return calls ? refuse('CONFLICT', 'Callbacks of the present mode are still open', { reason: 'open_callbacks' }) : undefined;
}

type From = Pick<Context, 'db' | 'actor' | 'now' | 'newId' | 'requestId'>;
async function change({ db, actor, now, newId, requestId }: From, operatorId: bigint, body: Change, check: UrlCheck) {
  if (body.callback_url != null) checkCallbackUrl(body.callback_url, check);
  const before = await selectSettings(db, operatorId);
  if (!before) throw notFound('operator');
  const walletMode = body.mode === before.mode ? undefined : body.mode;
  const callbackUrl = body.callback_url === undefined ? before.callbackUrl : body.callback_url;
  if (callbackUrl === null && (body.mode ?? before.mode) === 'seamless') {
    return refuse('CONFLICT', 'A seamless wallet needs a callback URL', { reason: 'no_callback_url' });
  }
  const obstacle = walletMode && (await modeObstacle(db, operatorId));
  if (obstacle) return obstacle;
  if (walletMode !== undefined || body.callback_url !== undefined) {
    await changeInOperators(db, actor, { operatorId, walletMode, callbackUrl: body.callback_url }, { now, newId, requestId });
  }
  if (body.budgets_ms !== undefined || body.concurrency !== undefined) {
    const budgets = { ...before.budgets, ...body.budgets_ms };
    const concurrency = body.concurrency ?? before.concurrency;
    await upsertBudgets(db, operatorId, budgets, concurrency, now);
    await recordAudit(db, actor, newId(), now, {
      action: 'wallet.budgets',
      subject: `operator:${before.slug}`,
      operatorId,
      before: { budgets_ms: before.budgets, concurrency: before.concurrency },
      after: { budgets_ms: budgets, concurrency },
      requestId,
    });
  }
  return { data: await showSettings(db, operatorId, now) };
}

export const changeWallet =
  (check: UrlCheck): Handler<typeof endpoint> =>
  (context, { body }) =>
    change(context, context.actor.operatorId, body, check);

export const changeOperatorWallet =
  (check: UrlCheck): Handler<typeof changeFor> =>
  async (context, { params, body }) =>
    change(context, (await requireOperator(context.db, params.slug)).id, body, check);

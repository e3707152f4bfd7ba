/**
 * A platform admin takes an operator a step on, back, or past an optional one. What the step brings with it is kept first; then the
 * server proves the step itself, outside of any transaction; then the decision is made on what is found under lock.
 */
import type { changeOnboarding as endpoint } from '@predictu/contract/admin/onboarding';
import { isRefusal, refuse } from '@predictu/contract/errors';
import { encodeId, type Id } from '@predictu/contract/ids';
import type { Access } from '../access/access.ts';
import { recordAudit } from '../platform/audit.ts';
import type { Database, Db } from '../platform/db.ts';
import { type Context, type Handler, notFound } from '../platform/http.ts';
import { takeTurn } from '../platform/sequencer.ts';
import { asksWallet, currentStep, decideOnboarding, type Progress, statusOf } from './onboarding.rules.ts';
import { type OnboardingRow, selectEvidence, selectOnboarding, updateOnboarding } from './onboarding.sql.ts';
import { updateOperator } from './operator-change.sql.ts';
import { changeOperatorWallet } from './operators.ts';
import { progressOfRow, shownOnboarding } from './show-onboarding.ts';

export type OnboardingPorts = {
  database: Database;
  access: Pick<Access, 'checkOrigin' | 'awaitOrigin' | 'verifyOrigins'>;
  /** What a callback URL must pass. @throws VALIDATION_ERROR naming `field` */
  checkCallbackUrl(url: string, field?: string): void;
  /** Sends a PING and remembers how it was answered. */
  ping(operatorId: bigint): Promise<unknown>;
};
type Body = Parameters<Handler<typeof endpoint>>[1]['body'];
type From = Pick<Context, 'actor' | 'now' | 'newId' | 'requestId'>;
type Data = NonNullable<Body['data']>;

async function requireRow(db: Db, operatorId: bigint, purpose?: 'update'): Promise<OnboardingRow> {
  const row = await selectOnboarding(db, operatorId, purpose);
  if (!row) throw notFound('operator');
  return row;
}

/** What can be no callback URL and no origin is refused before anything is kept. */
function checkData({ access, checkCallbackUrl }: OnboardingPorts, { callback_url: url, embed_origins: origins = [] }: Data): void {
  if (url !== undefined) checkCallbackUrl(url, 'data.callback_url');
  for (const [index, origin] of origins.entries()) access.checkOrigin(origin, `data.embed_origins.${index}`);
}

const brandingOf = ({ primary_color, secondary_color, display_name }: Data): Record<string, string> =>
  Object.fromEntries(Object.entries({ primary_color, secondary_color, display_name }).filter(([, value]) => value !== undefined)) as Record<
    string,
    string
  >;

async function keep(db: Db, ports: OnboardingPorts, row: OnboardingRow, data: Data, { actor, now, newId, requestId }: From): Promise<void> {
  const branding = brandingOf(data);
  if (Object.keys(branding).length > 0) {
    await updateOperator(db, row.id, {}, branding, now);
    const before = Object.fromEntries(Object.keys(branding).map((name) => [name, row.branding[name as keyof typeof row.branding] ?? null]));
    const subject = `operator:${row.slug}`;
    const audit = { action: 'operator.update', subject, operatorId: row.id, before, after: branding, requestId };
    await recordAudit(db, actor, newId(), now, audit);
  }
  if (data.callback_url !== undefined && data.callback_url !== row.callback_url) {
    await changeOperatorWallet(db, actor, { operatorId: row.id, callbackUrl: data.callback_url }, { now, newId, requestId });
  }
  for (const origin of data.embed_origins ?? []) await ports.access.awaitOrigin(db, { operatorId: row.id, origin }, now);
}

/** Gathers what only the network can say. Before the decision, because no request may wait inside a transaction. */
async function prove({ access, ping }: OnboardingPorts, row: OnboardingRow, { step }: Body): Promise<void> {
  if (step === 's2s_config' || (step === 'go_live' && asksWallet(row.wallet_mode, progressOfRow(row)))) await ping(row.id);
  if (step === 'embed_setup') await access.verifyOrigins(row.id);
}

async function decide(context: Context, row: OnboardingRow, { action, step, data, notes }: Body) {
  const { db, actor, now, newId, requestId } = context;
  const before = progressOfRow(row);
  const evidence = await selectEvidence(db, row, now);
  const after: Progress | ReturnType<typeof refuse> = decideOnboarding({ action, step }, before, evidence);
  if (isRefusal(after)) return after;
  const status = statusOf(after);
  await updateOnboarding(db, row.id, after, { status, onboardedAt: status === 'live' ? now : null }, now);
  await recordAudit(db, actor, newId(), now, {
    action: `onboarding.${action}`,
    subject: `operator:${row.slug}`,
    operatorId: row.id,
    before: { status: row.status, current_step: currentStep(before), completed: before.completed, skipped: before.skipped },
    after: { status, current_step: currentStep(after), completed: after.completed, skipped: after.skipped, data: data ?? null },
    reason: notes ?? null,
    requestId,
  });
  const previous = currentStep(before);
  return {
    data: {
      ...shownOnboarding({ id: row.id, status, updated_at: now }, after, evidence),
      previous_step: previous === 'complete' ? ('go_live' as const) : previous,
      notes: notes ?? null,
      updated_by: actor.kind === 'admin' ? encodeId('admin', actor.adminId as Id<'admin'>) : actor.kind,
    },
  };
}

export const changeOnboarding =
  (ports: OnboardingPorts): Handler<typeof endpoint> =>
  async (context, { params: { operator_id: operatorId }, body }) => {
    const { db, actor, now } = context;
    if (body.data) checkData(ports, body.data);
    const seen = await ports.database.as(actor, 'read', (tx) => requireRow(tx, operatorId));
    const suspended = () => refuse('CONFLICT', 'The operator is suspended', { reason: 'suspended' });
    if (seen.status === 'suspended') return suspended();
    if (body.action === 'advance') {
      const { data } = body;
      if (data && currentStep(progressOfRow(seen)) === body.step) {
        await ports.database.as(actor, 'write', async (tx) => keep(tx, ports, await requireRow(tx, operatorId, 'update'), data, context));
      }
      await prove(ports, seen, body);
    }
    // Batches keep the status in memory.
    await takeTurn(db, now);
    const row = await requireRow(db, operatorId, 'update');
    return row.status === 'suspended' ? suspended() : decide(context, row, body);
  };

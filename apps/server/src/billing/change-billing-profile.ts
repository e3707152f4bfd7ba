/** Who bills and who is billed: set by the platform, an operator's address also by itself. */
import type {
  changeBillingProfile as changeFor,
  changeSeller as changeSellerEndpoint,
  getBillingProfile as getFor,
  getSeller as getSellerEndpoint,
} from '@predictu/contract/admin/invoices';
import type { changeOwnBillingProfile as changeOwn, getOwnBillingProfile as getOwn } from '@predictu/contract/operator/invoices';
import type { Buyer } from '@predictu/contract/shapes/invoice';
import { requireOperator } from '../operators/operators.ts';
import { recordAudit } from '../platform/audit.ts';
import type { Db } from '../platform/db.ts';
import { type Handler, notFound } from '../platform/http.ts';
import type { Changing } from './change-invoice.ts';
import { percentOf } from './invoice.rules.ts';
import { type Profile, selectProfile, selectSeller, updateTax, upsertBuyer, upsertSeller } from './party.sql.ts';

const show = ({ buyer, taxBps, taxNote }: Profile) => ({ ...buyer, tax_pct: percentOf(taxBps), tax_note: taxNote });

async function profileOf(db: Db, operatorId: bigint): Promise<Profile> {
  const profile = await selectProfile(db, operatorId);
  if (!profile) throw notFound('operator');
  return profile;
}

/** `tax` only from the platform. */
async function change(
  { db, actor, now, newId, requestId }: Changing,
  operatorId: bigint,
  buyer: Buyer,
  tax?: Pick<Profile, 'taxBps' | 'taxNote'>,
) {
  const before = await profileOf(db, operatorId);
  await upsertBuyer(db, operatorId, buyer, now);
  if (tax) await updateTax(db, operatorId, tax);
  const after = await profileOf(db, operatorId);
  await recordAudit(db, actor, newId(), now, {
    action: 'billing.profile',
    subject: 'billing_profile',
    operatorId,
    before: show(before),
    after: show(after),
    requestId,
  });
  return { data: show(after) };
}

export const getSeller: Handler<typeof getSellerEndpoint> = async ({ db }) => ({ data: await selectSeller(db) });
export const changeSeller: Handler<typeof changeSellerEndpoint> = async ({ db, actor, now, newId, requestId }, { body }) => {
  const before = await selectSeller(db);
  await upsertSeller(db, body, now);
  await recordAudit(db, actor, newId(), now, { action: 'billing.seller', subject: 'billing_seller', before, after: body, requestId });
  return { data: body };
};

export const getBillingProfile: Handler<typeof getFor> = async ({ db }, { params }) => ({
  data: show(await profileOf(db, (await requireOperator(db, params.slug)).id)),
});
export const changeBillingProfile: Handler<typeof changeFor> = async (
  context,
  { params, body: { tax_pct: percent, tax_note: taxNote, ...buyer } },
) => {
  const { id } = await requireOperator(context.db, params.slug);
  return change(context, id, buyer, { taxBps: Math.round(percent * 100), taxNote });
};
export const getOwnBillingProfile: Handler<typeof getOwn> = async ({ db, actor }) => ({
  data: show(await profileOf(db, actor.operatorId)),
});
export const changeOwnBillingProfile: Handler<typeof changeOwn> = (context, { body }) => change(context, context.actor.operatorId, body);

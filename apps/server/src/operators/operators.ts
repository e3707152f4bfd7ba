/**
 * Door of operators. Noun: the operator, one casino or sportsbook. What always holds: a slug names one operator for ever.
 * Lock order: the sequencer first, because batches keep operators in memory.
 */
import { Failure } from '@predictu/contract/errors';
import { decodeId } from '@predictu/contract/ids';
import { readPlatformConfig } from '../config/config.ts';
import type { Actor } from '../platform/actor.ts';
import { recordAudit } from '../platform/audit.ts';
import type { Db } from '../platform/db.ts';
import type { NewId } from '../platform/ids.ts';
import { takeTurn } from '../platform/sequencer.ts';
import {
  insertOperator,
  type NewOperator,
  type Operator,
  operatorById,
  operatorBySlug,
  updateOperatorWallet,
  type WalletMode,
} from './operator.sql.ts';

export { contrastRows } from './brand-colours.rules.ts';
export { changeSettings } from './change-settings.ts';
export { selectEvidences } from './onboarding.sql.ts';
export { readMailBrand } from './read-mail-brand.ts';
export { reviewTrials } from './review-trials.ts';
export { sortPatch } from './settings-patch.rules.ts';
export { shownTrial } from './trial.ts';
export { trialMail } from './trial-mails.ts';
export { fileHandlers } from './upload-file.ts';
export type { NewOperator, Operator };

/** The operator of this id or slug, or undefined. */
export const findOperator = (db: Db, by: { id: bigint } | { slug: string }): Promise<Operator | undefined> =>
  'id' in by ? operatorById(db, by.id) : operatorBySlug(db, by.slug);

/** @throws NOT_FOUND when no operator has this slug. */
export async function requireOperator(db: Db, slug: string): Promise<Operator> {
  const operator = await operatorBySlug(db, slug);
  if (!operator) throw new Failure('NOT_FOUND', 'No such operator');
  return operator;
}

/** No operator's id. */
const NOBODY = -1n;

/** For a filter: the id that a slug or an id names, or one that nobody has. */
export async function operatorIdOf(db: Db, slugOrId: string): Promise<bigint> {
  return decodeId('operator', slugOrId) ?? (await operatorBySlug(db, slugOrId))?.id ?? NOBODY;
}

/** The platform's part in basis points, where the operator keeps this percentage. */
const platformShareOf = (operatorPercent: number): number => 10_000 - Math.round(operatorPercent * 100);

/** The platform's part of a new operator's revenue, in basis points. */
export async function readNewShare(db: Db): Promise<number> {
  const { config } = await readPlatformConfig(db);
  return platformShareOf(config.defaults.operator_revenue_share_pct);
}

/** Makes an operator, with the configuration's share and the columns' defaults for what is not said. As an admin. @throws CONFLICT when the slug is taken. */
export async function createOperator(
  db: Db,
  actor: Actor,
  request: NewOperator,
  now: Date,
  newId: NewId,
  requestId: string | null = null,
): Promise<Operator> {
  await takeTurn(db, now);
  const platformShareBps = await readNewShare(db);
  const operator = await insertOperator(db, newId(), { platformShareBps, ...request }, now);
  if (!operator) throw new Failure('CONFLICT', `An operator with the slug "${request.slug}" exists already`, { slug: request.slug });
  await recordAudit(db, actor, newId(), now, {
    action: 'operator.create',
    subject: `operator:${operator.slug}`,
    operatorId: operator.id,
    after: request,
    requestId,
  });
  return operator;
}

/** Changes where an operator's wallet is, or who keeps the balance; audited. The caller has checked the URL. @throws NOT_FOUND */
export async function changeOperatorWallet(
  db: Db,
  actor: Actor,
  { operatorId, ...change }: { operatorId: bigint; walletMode?: WalletMode | undefined; callbackUrl?: string | null | undefined },
  { now, newId, requestId }: { now: Date; newId: NewId; requestId: string | null },
): Promise<void> {
  // Batches keep the mode in memory, not the URL.
  if (change.walletMode !== undefined) await takeTurn(db, now);
  const before = await operatorById(db, operatorId);
  const after = await updateOperatorWallet(db, operatorId, change, now);
  if (!before || !after) throw new Failure('NOT_FOUND', 'No such operator');
  const shown = ({ walletMode, callbackUrl }: Operator) => ({ wallet_mode: walletMode, callback_url: callbackUrl });
  await recordAudit(db, actor, newId(), now, {
    action: 'operator.wallet',
    subject: `operator:${after.slug}`,
    operatorId,
    before: shown(before),
    after: shown(after),
    requestId,
  });
}

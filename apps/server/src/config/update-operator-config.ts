/** An operator changes how its embed behaves, or takes a change back; in force for the next request and the next trade. */
import { Failure, isRefusal, type Refusal } from '@predictu/contract/errors';
import { encodeId, type Id } from '@predictu/contract/ids';
import type {
  revertOperatorConfigChange as revertEndpoint,
  updateOperatorConfig as updateEndpoint,
} from '@predictu/contract/operator/settings';
import { operatorConfig } from '@predictu/contract/shapes/operator-config';
import { type OperatorConfigPatch, operatorConfigPatch } from '@predictu/contract/shapes/operator-config-patch';
import type { Actor } from '../platform/actor.ts';
import { recordAudit } from '../platform/audit.ts';
import { type Context, type Handler, notFound } from '../platform/http.ts';
import { takeTurn } from '../platform/sequencer.ts';
import { operatorConfigSubject, valuesBefore } from './config.ts';
import { changeOf, differences, flatten } from './config-change.rules.ts';
import { mergeOperatorConfig, only, unofferedCategories } from './operator-config.rules.ts';
import { selectOperatorConfig, upsertOperatorConfig } from './operator-config.sql.ts';
import { readOperatorConfig } from './read-operator-config.ts';
import { sanitiseHtml } from './sanitise-html.ts';

type OperatorContext = Context<Extract<Actor, { kind: 'operator' | 'apiKey' }>>;
type Act = { action: 'config.operator_updated' | 'config.operator_reverted'; reason: string | undefined };

const nameOf = (actor: OperatorContext['actor']): string =>
  actor.kind === 'operator'
    ? encodeId('operatorMember', actor.memberId as Id<'operatorMember'>)
    : encodeId('apiKey', actor.keyId as Id<'apiKey'>);

/** Lays a patch over what the operator has set. The caller holds the sequencer. */
async function change({ db, actor, now, newId, requestId }: OperatorContext, patch: OperatorConfigPatch, { action, reason }: Act) {
  const { operatorId } = actor;
  const [stored, row] = await Promise.all([readOperatorConfig(db, operatorId), selectOperatorConfig(db, operatorId)]);
  if (!stored || !row) throw notFound('operator');
  const before = operatorConfig.encode(stored.config);
  const sent = operatorConfigPatch.encode(patch);
  const after = mergeOperatorConfig(before, sent as Parameters<typeof mergeOperatorConfig>[1]);
  const fields = patch.categories?.enabled ? unofferedCategories(stored.offered, operatorConfig.parse(after).categories) : [];
  if (fields.length > 0) throw new Failure('VALIDATION_ERROR', 'Categories that are not open to you', { fields });
  const keys = [...flatten(sent).keys()];
  await upsertOperatorConfig(db, operatorId, only(after, new Set([...flatten(row.document).keys(), ...keys])), now, nameOf(actor));
  const { previous, next } = differences(before, after);
  const auditId = await recordAudit(db, actor, newId(), now, {
    action,
    subject: operatorConfigSubject(operatorId),
    before: previous,
    after: next,
    reason: reason ?? null,
    requestId,
  });
  const told = changeOf(before, after, keys);
  return {
    data: {
      updated_keys: told.keys,
      previous_values: told.previous,
      new_values: told.next,
      audit_id: auditId as Id<'audit'>,
      updated_at: now,
    },
  };
}

export const updateOperatorConfig: Handler<typeof updateEndpoint> = async (context, { body }) => {
  const { reason, ...patch } = body;
  const footer = patch.ui?.custom_footer_html;
  // Before the lock: it takes a second.
  const clean: OperatorConfigPatch = footer
    ? { ...patch, ui: { ...patch.ui, custom_footer_html: (await sanitiseHtml(footer)) || null } }
    : patch;
  await takeTurn(context.db, context.now);
  return change(context, clean, { action: 'config.operator_updated', reason });
};

export const revertOperatorConfigChange: Handler<typeof revertEndpoint> = async (context, { params, body }) => {
  const { db, actor, now } = context;
  await takeTurn(db, now);
  const stored = await readOperatorConfig(db, actor.operatorId);
  if (!stored) throw notFound('operator');
  const values = await valuesBefore(db, operatorConfigSubject(actor.operatorId), params.audit_id, operatorConfig.encode(stored.config));
  if (isRefusal(values)) return values as Refusal;
  const patch = operatorConfigPatch.parse(values);
  return change(context, patch, { action: 'config.operator_reverted', reason: body.reason });
};

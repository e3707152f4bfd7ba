/** Writes what an operator changed of its own settings, audited. */
import { Failure } from '@predictu/contract/errors';
import type { Actor } from '../platform/actor.ts';
import { recordAudit } from '../platform/audit.ts';
import type { Db } from '../platform/db.ts';
import type { NewId } from '../platform/ids.ts';
import { brandingOf } from './branding.rules.ts';
import { selectSettings, updateSettings } from './settings.sql.ts';
import type { SortedPatch } from './settings-patch.rules.ts';

type Tenant = Extract<Actor, { kind: 'operator' | 'apiKey' }>;
type At = { now: Date; newId: NewId; requestId: string | null };

/** Answers the values before, by `section.field`. @throws NOT_FOUND */
export async function changeSettings(
  db: Db,
  actor: Tenant,
  { sent, columns, branding }: SortedPatch,
  { now, newId, requestId }: At,
): Promise<{ previous: Record<string, unknown>; auditId: bigint }> {
  const row = await selectSettings(db, actor.operatorId, now, 'update');
  if (!row) throw new Failure('NOT_FOUND', 'No such operator');
  const before: Record<string, object> = { profile: row, branding: brandingOf(row), s2s: row };
  const settingOf = (field: string): unknown => {
    const [section = '', name = ''] = field.split('.');
    return (before[section] as Record<string, unknown> | undefined)?.[name] ?? null;
  };
  const previous = Object.fromEntries(Object.keys(sent).map((field) => [field, settingOf(field)]));
  await updateSettings(db, actor.operatorId, columns, branding, now);
  const auditId = await recordAudit(db, actor, newId(), now, {
    action: 'operator.settings',
    subject: `operator:${row.slug}`,
    before: previous,
    after: sent,
    requestId,
  });
  return { previous, auditId };
}

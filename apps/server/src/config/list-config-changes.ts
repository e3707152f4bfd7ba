/** The history of the platform's configuration and of an operator's: who changed what from what to what, and what still stands. */
import type { listPlatformConfigChanges as platformEndpoint } from '@predictu/contract/admin/config';
import { encodeId, type Id } from '@predictu/contract/ids';
import type { listOperatorConfigChanges as operatorEndpoint } from '@predictu/contract/operator/settings';
import { operatorConfig } from '@predictu/contract/shapes/operator-config';
import { platformConfig } from '@predictu/contract/shapes/platform-config';
import type { Db } from '../platform/db.ts';
import { type Handler, notFound } from '../platform/http.ts';
import { type PageRequest, pageOf, sliceOf } from '../platform/page.ts';
import { operatorConfigSubject, PLATFORM_CONFIG, readPlatformConfig } from './config.ts';
import { changedSince } from './config-change.rules.ts';
import { type ConfigChangeRow, selectConfigChanges } from './config-change.sql.ts';
import { readOperatorConfig } from './read-operator-config.ts';

const AUTHORS = { admin: 'admin', operator_member: 'operatorMember', api_key: 'apiKey' } as const;

function authorOf({ actorKind: kind, actorId, actorName: name }: ConfigChangeRow) {
  const id = kind === 'worker' ? actorId : encodeId(AUTHORS[kind], BigInt(actorId) as Id<(typeof AUTHORS)[typeof kind]>);
  return { kind, id, name };
}

const show =
  (document: object) =>
  (row: ConfigChangeRow): ReturnType<typeof shown> =>
    shown(row, document);

const shown = (row: ConfigChangeRow, document: object) => ({
  audit_id: row.id as Id<'audit'>,
  kind: row.action.endsWith('reverted') ? ('revert' as const) : ('change' as const),
  changed_at: row.at,
  changed_by: authorOf(row),
  reason: row.reason,
  updated_keys: Object.keys(row.after),
  previous_values: row.before,
  new_values: row.after,
  changed_since: changedSince(document, row.after),
});

type Asked = PageRequest & { key?: string | undefined };

async function list(db: Db, reader: 'admin' | 'operator', subject: string, query: Asked, document: object) {
  const { rows, total } = await selectConfigChanges(db, reader, subject, { key: query.key, slice: sliceOf(query, 1) });
  return pageOf(query, total, rows, ({ id }) => [id], show(document));
}

export const listPlatformConfigChanges: Handler<typeof platformEndpoint> = async ({ db }, { query }) =>
  list(db, 'admin', PLATFORM_CONFIG, query, platformConfig.encode((await readPlatformConfig(db)).config));

export const listOperatorConfigChanges: Handler<typeof operatorEndpoint> = async ({ db, actor }, { query }) => {
  const stored = await readOperatorConfig(db, actor.operatorId);
  if (!stored) throw notFound('operator');
  return list(db, 'operator', operatorConfigSubject(actor.operatorId), query, operatorConfig.encode(stored.config));
};

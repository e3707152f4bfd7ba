/** What people call those who acted: the address of a person, the name of a key pair. Jobs go by their own name and are not here. */
import { decodeId, encodeId, type Id, type IdKind } from '@predictu/contract/ids';
import type { Db } from '../platform/db.ts';

type Source = { kind: IdKind; text: string };
const OF_OPERATORS: readonly Source[] = [
  { kind: 'operatorMember', text: `select 'operatorMember' as kind, id, email as name from operator_members` },
  { kind: 'apiKey', text: `select 'apiKey' as kind, id, name from api_keys` },
];
/** The platform's people are for its own eyes. */
const SOURCES: Record<'admin' | 'operator', readonly Source[]> = {
  operator: OF_OPERATORS,
  admin: [...OF_OPERATORS, { kind: 'admin', text: `select 'admin' as kind, id, email as name from admin_users` }],
};

/** By the id the wire gives them; row level security leaves an operator its own. */
export async function selectActorNames(
  db: Db,
  reader: 'admin' | 'operator',
  actors: readonly (string | null)[],
): Promise<ReadonlyMap<string, string>> {
  const ids = (kind: IdKind): bigint[] => actors.flatMap((actor) => (actor === null ? [] : (decodeId(kind, actor) ?? [])));
  const asked = SOURCES[reader].map(({ kind, text }) => ({ text, ids: ids(kind) })).filter((one) => one.ids.length > 0);
  if (asked.length === 0) return new Map();
  const rows = await db.query<{ kind: IdKind; id: bigint; name: string }>(
    asked.map(({ text }, at) => `${text} where id = any($${at + 1}::bigint[])`).join(' union all '),
    asked.map((one) => one.ids),
  );
  return new Map(rows.map(({ kind, id, name }) => [encodeId(kind, id as Id<IdKind>), name]));
}

/** Names of what audited acts are about: one statement for all of a page, of the kinds that stand on it. */
import type { Db } from '../platform/db.ts';
import { type NamedKind, ownName, rowOf } from './subject-name.rules.ts';

/** A player's name is its operator's, so its row is found by both. */
export type Subject = { subject: string; operatorId: bigint | null };

const OF_OPERATOR = 'on r.operator_id = w.operator_id and r.id = w.id';
const NAMES: Record<NamedKind, [name: string, from: string]> = {
  operator: ['r.name', 'join operators r on r.id = w.id'],
  user: ['coalesce(r.username, r.external_id)', `join players r ${OF_OPERATOR}`],
  market: ['r.title', 'join markets r on r.id = w.id'],
  settlement: ['r.title', 'join market_settlements s on s.id = w.id join markets r on r.id = s.market_id'],
  apiKey: ['r.name', `join api_keys r ${OF_OPERATOR}`],
  origin: ['r.origin', `join embed_origins r ${OF_OPERATOR}`],
  invitation: ['r.email', 'join operator_invitations r on r.id = w.id'],
};
const partOf = (kind: NamedKind): string => {
  const [name, from] = NAMES[kind];
  return `select w.subject, ${name} as name from wanted w ${from} where w.kind = '${kind}'`;
};
const BY_SLUG = `select 'operator:' || slug, name from operators where slug = any($5::text[])`;

/** By subject; what the reader may not see, or what has no name, is not there. */
export async function selectSubjectNames(db: Db, subjects: readonly Subject[]): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  const wanted: { kind: NamedKind; operatorId: bigint | null; id: bigint; subject: string }[] = [];
  const slugs: string[] = [];
  for (const { subject, operatorId } of subjects) {
    const row = rowOf(subject);
    const own = ownName(subject);
    if (own !== null) names.set(subject, own);
    else if (row && 'slug' in row) slugs.push(row.slug);
    else if (row) wanted.push({ operatorId, subject, ...row });
  }
  if (wanted.length === 0 && slugs.length === 0) return names;
  const kinds = [...new Set(wanted.map(({ kind }) => kind))];
  const found = await db.query<{ subject: string; name: string | null }>(
    `with wanted(kind, operator_id, id, subject) as (select * from unnest($1::text[], $2::bigint[], $3::bigint[], $4::text[]))
     ${[...kinds.map(partOf), BY_SLUG].join(' union all ')}`,
    [
      wanted.map(({ kind }) => kind),
      wanted.map((one) => one.operatorId),
      wanted.map(({ id }) => id),
      wanted.map((one) => one.subject),
      slugs,
    ],
  );
  for (const { subject, name } of found) if (name !== null) names.set(subject, name);
  return names;
}

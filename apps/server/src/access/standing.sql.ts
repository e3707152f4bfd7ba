/** What every request of a person rests on: who they are now, and how long sessions last. */
import { int8s, type Statement } from '../platform/arrays.ts';
import type { Person } from './person.sql.ts';

export type StandingRow = { n: number; hours: number } & (
  | { id: null }
  | Pick<
      Person,
      'id' | 'operatorId' | 'operatorSlug' | 'operatorStatus' | 'email' | 'permissions' | 'readOnly' | 'revokedAt' | 'sessionsFrom'
    >
);
/** `operatorId` null: of the platform's staff. */
export type StandingKey = { operatorId: bigint | null; personId: bigint };

const STANDINGS = `
select asked.n::int as n, (config.document #>> '{defaults,session_timeout_hours}')::int as hours, person.*
from unnest($1::bigint[], $2::bigint[]) with ordinality as asked(operator_id, person_id, n)
cross join platform_config config
left join lateral (
  select p.id, null::bigint as "operatorId", null as "operatorSlug", null as "operatorStatus", p.email, p.permissions, false as "readOnly",
    p.revoked_at as "revokedAt", null::timestamptz as "sessionsFrom"
  from admin_users p where asked.operator_id is null and p.id = asked.person_id
  union all
  select p.id, o.id, o.slug, o.status, p.email, p.permissions, o.read_only_since is not null, p.revoked_at, p.sessions_from
  from operator_members p join operators o on o.id = p.operator_id where p.operator_id = asked.operator_id and p.id = asked.person_id
) as person on true`;

/** A row for each, whether there is such a person or not. */
export const selectStandings = (asked: readonly StandingKey[]): Statement => ({
  name: 'standings',
  text: STANDINGS,
  values: [int8s(asked, ({ operatorId }) => operatorId), int8s(asked, ({ personId }) => personId)],
});

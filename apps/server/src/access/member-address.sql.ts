/** Where members of an operator are written to. */
import type { Permission } from '@predictu/contract/shapes/permission';
import type { Db } from '../platform/db.ts';

/** Of everybody with this permission; the operator's contact when there is nobody. */
export async function selectAddresses(db: Db, operatorId: bigint, permission: Permission): Promise<string[]> {
  const rows = await db.query<{ email: string }>(
    `with able as (
       select distinct lower(email) as email from operator_members where operator_id = $1 and revoked_at is null and $2 = any(permissions))
     select email from able
     union all select lower(contact_email) from operators where id = $1 and not exists (select from able)`,
    [operatorId, permission],
    'member_addresses',
  );
  return rows.map(({ email }) => email);
}

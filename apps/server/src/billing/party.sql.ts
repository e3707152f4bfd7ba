/** Who bills and who is billed, as documents; what is not set is derived from the operator. */
import type { Buyer, Seller } from '@predictu/contract/shapes/invoice';
import type { Db } from '../platform/db.ts';

const UNSET: Seller = { name: 'Predictu', address: [], tax_id: null, email: null, bank: null };

export async function selectSeller(db: Db): Promise<Seller> {
  const [row] = await db.query<{ document: Seller }>('select document from billing_seller');
  return row?.document ?? UNSET;
}
export const upsertSeller = (db: Db, seller: Seller, now: Date): Promise<unknown> =>
  db.query(
    `insert into billing_seller (document, updated_at) values ($1, $2)
     on conflict (only_row) do update set document = excluded.document, updated_at = excluded.updated_at`,
    [JSON.stringify(seller), now],
  );

export type Profile = { buyer: Buyer; taxBps: number; taxNote: string | null };

/** Undefined when there is no such operator, or the reader may not see it. */
export async function selectProfile(db: Db, operatorId: bigint): Promise<Profile | undefined> {
  const [row] = await db.query<{
    document: Buyer | null;
    tax_bps: number | null;
    tax_note: string | null;
    name: string;
    contact_email: string;
  }>(
    `select p.document, p.tax_bps, p.tax_note, o.name, o.contact_email from operators o left join billing_profiles p on p.operator_id = o.id where o.id = $1`,
    [operatorId],
  );
  if (!row) return undefined;
  return {
    buyer: row.document ?? { name: row.name, address: [], tax_id: null, email: row.contact_email },
    taxBps: row.tax_bps ?? 0,
    taxNote: row.tax_note,
  };
}

export const upsertBuyer = (db: Db, operatorId: bigint, buyer: Buyer, now: Date): Promise<unknown> =>
  db.query(
    `insert into billing_profiles (operator_id, document, updated_at) values ($1, $2, $3)
     on conflict (operator_id) do update set document = excluded.document, updated_at = excluded.updated_at`,
    [operatorId, JSON.stringify(buyer), now],
  );
export const updateTax = (db: Db, operatorId: bigint, { taxBps, taxNote }: Pick<Profile, 'taxBps' | 'taxNote'>): Promise<unknown> =>
  db.query('update billing_profiles set tax_bps = $2, tax_note = $3 where operator_id = $1', [operatorId, taxBps, taxNote]);

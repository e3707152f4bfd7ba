/** The lease: an advisory lock that ends with its holder's connection, and a row that says where the holder is reached. */
import type { Statement } from '../platform/arrays.ts';

/** Any number nobody else uses as an advisory lock. */
const LOCK = 7_304_120_001n;

export const TAKE_LEASE: Statement = { name: 'take_lease', text: `select pg_try_advisory_lock(${LOCK}) as taken`, values: [] };
export const holderAddress = (name: string): Statement => ({
  name: 'holder_address',
  text: 'select address from leases where name = $1',
  values: [name],
});
export const announce = (name: string, address: string, at: Date): Statement => ({
  name: 'announce',
  text: `insert into leases (name, address, taken_at) values ($1, $2, $3::timestamptz)
on conflict (name) do update set address = excluded.address, taken_at = excluded.taken_at`,
  values: [name, address, at.toISOString()],
});

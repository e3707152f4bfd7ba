-- Which process does a thing that only one should do, and where the others reach it. The lease itself is an advisory lock,
-- which ends with the connection of its holder; the row only carries the address.
create table leases (
  name text primary key,
  address text not null,
  taken_at timestamptz not null
);
comment on table leases is 'owner: trading. Address of the holder of each advisory lock.';
grant select, insert, update on leases to predictu_worker;

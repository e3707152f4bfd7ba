/** Tenancy as the catalogue states it, whoever reviewed what: policies on every tenant table, and no role that stands above them. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from './database.ts';

const REQUEST_ROLES = [
  'predictu_access',
  'predictu_operator',
  'predictu_player',
  'predictu_balances',
  'predictu_admin',
  'predictu_worker',
  'predictu_app',
];
/** Readable by operators or players as a whole: they name no operator. */
const SHARED = ['platform_config'];
/** Columns that a policy must confine to the tenant; `operators` is confined by its own id. */
const TENANT_TABLES = `
  select c.oid, c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = 'public' and c.relkind in ('r', 'p')
    and (c.relname = 'operators' or exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'operator_id' and not a.attisdropped))`;

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db?.drop());

const names = async (text: string, values: unknown[] = []): Promise<string[]> =>
  (await db.owner.query({ text, values, rowMode: 'array' })).rows.map((row: unknown[]) => row.join(' '));

test('there are tenant tables to look at', async () => {
  expect(await names(`select relname from (${TENANT_TABLES}) t order by 1`)).toEqual(
    expect.arrayContaining(['exposure', 'ledger_entries', 'operators', 'players', 'positions', 'trades']),
  );
});

test('row level security is forced on every table that names an operator', async () => {
  expect(
    await names(
      `select t.relname from (${TENANT_TABLES}) t join pg_class c on c.oid = t.oid where not (c.relrowsecurity and c.relforcerowsecurity)`,
    ),
  ).toEqual([]);
});

test('every such table has a policy, and those of operators and players ask for the tenant', async () => {
  expect(
    await names(`select relname from (${TENANT_TABLES}) t where not exists (select from pg_policy p where p.polrelid = t.oid)`),
  ).toEqual([]);
  const open = await names(
    `select tablename, policyname from pg_policies where schemaname = 'public' and roles && '{predictu_operator,predictu_player,public}'::name[]
       and not (coalesce(qual, '') || coalesce(with_check, '') ~ 'tenant\\(\\)') order by 1`,
  );
  expect(open).toEqual([]);
});

test('a policy for players asks for the player, where rows belong to one', async () => {
  const loose = await names(
    `select tablename, policyname from pg_policies where schemaname = 'public' and 'predictu_player' = any(roles)
       and tablename in ('players', 'trades', 'limit_orders', 'limit_order_events', 'positions', 'ledger_entries', 'player_sessions', 'idempotency_keys') and qual !~ 'acting_player\\(\\)'`,
  );
  expect(loose).toEqual([]);
});

test('a policy for several players at once asks for each of them', async () => {
  const policies = await names(
    `select tablename, qual ~ 'asking\\(''predictu.operator_ids''', qual ~ 'asking\\(''predictu.player_ids''' from pg_policies
     where schemaname = 'public' and 'predictu_balances' = any(roles) order by 1`,
  );
  expect(policies).toEqual(['operators true false', 'players true true']);
});

test('what operators and players may read without a policy names no operator', async () => {
  const readable = await names(
    `select distinct c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'public' and c.relkind in ('r', 'p', 'v', 'm') and not c.relrowsecurity
       and (has_any_column_privilege('predictu_operator', c.oid, 'select') or has_any_column_privilege('predictu_player', c.oid, 'select')
         or has_any_column_privilege('predictu_balances', c.oid, 'select')) order by 1`,
  );
  expect(readable).toEqual(SHARED);
});

test('no role of a request stands above the policies, owns anything or inherits another', async () => {
  const present = await names(`select rolname from pg_roles where rolname = any($1) order by 1`, [REQUEST_ROLES]);
  expect(present).toEqual([...REQUEST_ROLES].sort());
  expect(
    await names(`select rolname from pg_roles where rolname = any($1) and (rolbypassrls or rolsuper or rolcreaterole or rolcreatedb)`, [
      REQUEST_ROLES,
    ]),
  ).toEqual([]);
  expect(
    await names(`select relname from pg_class where relowner in (select oid from pg_roles where rolname = any($1))`, [REQUEST_ROLES]),
  ).toEqual([]);
  expect(await names(`select rolname from pg_roles where rolname = 'predictu_app' and rolinherit`)).toEqual([]);
  const members = await names(
    `select r.rolname from pg_auth_members m join pg_roles r on r.oid = m.roleid join pg_roles who on who.oid = m.member
     where who.rolname = any($1) and not r.rolname = any($1)`,
    [REQUEST_ROLES],
  );
  expect(members).toEqual([]);
  const granted = await names(
    `select who.rolname from pg_auth_members m join pg_roles who on who.oid = m.member where who.rolname = any($1) and who.rolname <> 'predictu_app'`,
    [REQUEST_ROLES],
  );
  expect(granted).toEqual([]);
});

/**
 * The first asks the queue, whose tables are the owner's, to deliver what is already written: it reads and returns nothing.
 * The second locks the sequencer and hands out an id: operators change what batches keep in memory, but may not touch the row.
 * Titles are found for everybody, players too: the function applies the role and the tenant itself (market-search.db.test.ts).
 */
const WITH_OWNER_RIGHTS = [
  'deliver_mail',
  'deliver_wallet_calls',
  'evaluate_players_soon',
  'found_by_title',
  'make_files_soon',
  'markets_rolled_through',
  'provision_auth_user',
  'rolled_through',
  'send_links',
  'take_turn',
];

test('no function runs with the rights of its owner, but those named here, and those not for everybody', async () => {
  const definers = `select p.proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = 'public' and p.prosecdef`;
  expect(await names(`${definers} and not p.proname = any($1)`, [WITH_OWNER_RIGHTS])).toEqual([]);
  expect(await names(`${definers} and not coalesce(p.proconfig::text, '') like '%search_path=%'`)).toEqual([]);
  expect(await names(`${definers} and has_function_privilege('predictu_player', p.oid, 'execute')`)).toEqual(['found_by_title']);
});

test('nobody but the owner may create anything', async () => {
  expect(
    await names(`select rolname from pg_roles where rolname = any($1) and has_schema_privilege(oid, 'public', 'create')`, [REQUEST_ROLES]),
  ).toEqual([]);
});

test('a transaction without a tenant is an error, not an empty list', async () => {
  const nobody = { kind: 'operator', operatorId: '' as unknown as bigint, slug: '', memberId: 1n, email: '', permissions: [] } as const;
  await expect(db.database.as(nobody, 'read', (tx) => tx.query('select * from trades'))).rejects.toThrow('no operator is set');
});

test('money cannot be rewritten by any role of a request', async () => {
  for (const role of ['predictu_operator', 'predictu_player', 'predictu_balances', 'predictu_admin', 'predictu_access']) {
    const writable = await names(
      `select format('%s.%s', table_name, column_name) from information_schema.column_privileges
       where grantee = $1 and privilege_type = 'UPDATE'
         and (table_name in ('trades', 'positions', 'ledger_entries', 'idempotency_keys')
           or table_name = 'players' and column_name ~ '(cents|shares|count)$' and column_name <> 'max_bet_cents')`,
      [role],
    );
    expect({ role, writable }).toEqual({ role, writable: [] });
  }
  for (const table of ['ledger_entries', 'platform_audit_log']) {
    await expect(db.owner.query(`truncate ${table}`)).rejects.toThrow('append-only');
  }
});

/** db/schema.sql is what the migrations make, for people to read in a diff. `npm run generate` writes it anew. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from './database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

const OURS = `n.nspname = 'public' and c.relname not like 'pgmigrations%'`;

const TABLES = `
select c.relname as name, obj_description(c.oid) as comment, c.relforcerowsecurity as forced, array_to_string(c.reloptions, ', ') as options,
  (select string_agg(format('  %I %s%s%s', a.attname, format_type(a.atttypid, a.atttypmod), case when a.attnotnull then ' not null' else '' end,
     coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '')), E',\n' order by a.attnum)
   from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
   where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
  (select string_agg('  constraint ' || k.conname || ' ' || pg_get_constraintdef(k.oid), E',\n' order by k.contype desc, k.conname)
   from pg_constraint k where k.conrelid = c.oid and k.contype in ('p', 'u', 'c', 'f')) as constraints
from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'r' and ${OURS} order by c.relname`;
const INDEXES = `
select i.tablename as name, i.indexdef || ';' as line from pg_indexes i where i.schemaname = 'public' and i.tablename not like 'pgmigrations%'
  and not exists (select 1 from pg_constraint k where k.conname = i.indexname) order by 1, 2`;
const TRIGGERS = `
select c.relname as name, pg_get_triggerdef(t.oid) || ';' as line from pg_trigger t join pg_class c on c.oid = t.tgrelid
join pg_namespace n on n.oid = c.relnamespace where not t.tgisinternal and ${OURS} order by 1, 2`;
const POLICIES = `
select tablename as name, format('policy %s for %s to %s%s%s;', policyname, lower(cmd), array_to_string(roles, ', '), ' using ' || qual, ' with check ' || with_check) as line
from pg_policies where schemaname = 'public' order by 1, 2`;
const GRANTS = `
select g.table_name as name, format('grant %s to %s;', string_agg(distinct lower(g.privilege_type), ', ' order by lower(g.privilege_type)), g.grantee) as line
from information_schema.table_privileges g where g.table_schema = 'public' and g.grantee like 'predictu!_%' escape '!' and g.table_name not like 'pgmigrations%'
group by g.table_name, g.grantee order by 1, 2`;

type Line = { name: string; line: string };
type Table = { name: string; comment: string | null; forced: boolean; options: string | null; columns: string; constraints: string | null };

test('db/schema.sql is what the migrations make', async () => {
  const { owner } = database;
  const lines = async (sql: string) => (await owner.query<Line>(sql)).rows;
  const groups = [await lines(INDEXES), await lines(TRIGGERS), await lines(POLICIES), await lines(GRANTS)];
  const { rows: tables } = await owner.query<Table>(TABLES);
  const text = tables
    .map(({ name, comment, forced, options, columns, constraints }) =>
      [
        `-- ${comment ?? 'no comment'}`,
        `table ${name} (\n${columns}${constraints ? `,\n${constraints}` : ''}\n)${options ? ` with (${options})` : ''}${forced ? ' row level security forced' : ''};`,
        ...groups.flatMap((group) => group.filter((row) => row.name === name).map(({ line }) => line)),
      ].join('\n'),
    )
    .join('\n\n');
  await expect(`-- Generated from the migrations; for reading, not for running.\n\n${text}\n`).toMatchFileSnapshot(
    '../../../db/schema.sql',
  );
});

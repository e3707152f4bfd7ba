/** Many rows for any table, out of the catalogue: what a test does not name gets a value its type and checks allow. */
import type pg from 'pg';

/** SQL expressions of `n`, the row's number from 1, and `at`, its time. */
export type Overrides = Record<string, string>;
type Column = { name: string; type: string; values: string[] | null; wanted: boolean };

const COLUMNS = `
  select a.attname as name, format_type(a.atttypid, null) as type, a.attnotnull and not a.atthasdef and a.attidentity = '' and a.attgenerated = '' as wanted,
    (select array_agg(m[1]) from pg_constraint c cross join lateral regexp_matches(pg_get_constraintdef(c.oid), '''([^'']+)''::text', 'g') m
      where c.conrelid = a.attrelid and c.contype = 'c' and c.conkey = array[a.attnum] and pg_get_constraintdef(c.oid) ~ '= ANY') as values
  from pg_attribute a where a.attrelid = $1::regclass and a.attnum > 0 and not a.attisdropped order by a.attnum`;

function fillerOf({ name, type, values }: Column): string {
  if (values) return `('{${values.join(',')}}'::text[])[1 + n / 20 % ${values.length}]`;
  if (name === 'id') return 'activity_id(at, n)';
  if (type.startsWith('timestamp')) return 'at';
  if (type === 'date') return 'at::date';
  if (type === 'text') return `'x' || n`;
  if (type === 'boolean') return 'false';
  if (type === 'jsonb' || type === 'json') return `'{}'::${type}`;
  if (type === 'smallint') return '(n % 100)::smallint';
  if (type === 'uuid') return `md5(n::text)::uuid`;
  if (type.endsWith('[]')) return `'{}'::${type}`;
  if (type === 'bytea') return 'int8send(n)';
  return 'n';
}

/** What a row must be beyond its columns' values is for who writes it, not for plans. */
async function dropChecks(owner: pg.Client, table: string): Promise<void> {
  const { rows } = await owner.query<{ name: string }>(
    `select conname as name from pg_constraint where conrelid = $1::regclass and contype in ('c', 'f')`,
    [table],
  );
  for (const { name } of rows) await owner.query(`alter table ${table} drop constraint "${name}"`);
}

/** Fills the table with at most `rows` rows over ten days before `end`; without triggers, which would write into others. */
export async function fillTable(owner: pg.Client, table: string, rows: number, end: Date, overrides: Overrides): Promise<void> {
  const { rows: columns } = await owner.query<Column>(COLUMNS, [table]);
  await dropChecks(owner, table);
  const taken = columns.filter(({ name, wanted, values }) => wanted || values || overrides[name] !== undefined);
  const values = taken.map((column) => overrides[column.name] ?? fillerOf(column));
  await owner.query('set session_replication_role = replica');
  await owner.query(
    `insert into ${table} (${taken.map(({ name }) => name).join(', ')})
     select ${values.join(', ')} from (select n, $1::timestamptz - (${rows} - n) * interval '10 days' / ${rows} - interval '1 minute' as at
       from generate_series(1::bigint, ${rows}) n) s on conflict do nothing`,
    [end],
  );
  await owner.query('reset session_replication_role');
}

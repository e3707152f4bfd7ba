/** Who owns which table, from the comments in db/migrations, and who writes to it, from the SQL in the source. */
import { builderWrites, type Finding, parse, strings } from './syntax.ts';

/** Owners of each table in slice names; a table without an owner comment has none. */
export function tableOwners(migrations: readonly string[]): Map<string, string[]> {
  const owners = new Map<string, string[]>();
  for (const text of migrations.map((sql) => sql.replace(/--.*$/gm, ''))) {
    for (const [, table] of text.matchAll(/create (?:unlogged )?table (?:if not exists )?((?:auth\.)?[a-z_0-9]+)/gi))
      owners.set(table ?? '', []);
    for (const [, table] of text.matchAll(/drop table (?:if exists )?((?:auth\.)?[a-z_0-9]+)/gi)) owners.delete(table ?? '');
    for (const [, table, slices] of text.matchAll(/comment on table ((?:auth\.)?[a-z_0-9]+) is 'owner: ([a-z]+(?:, [a-z]+)*)\./gi)) {
      owners.set(table ?? '', (slices ?? '').split(', '));
    }
  }
  return owners;
}

const WRITE =
  /\b(?:insert\s+into|update(?:\s+only)?|delete\s+from(?:\s+only)?|merge\s+into|truncate(?:\s+table)?|copy)\s+"?((?:auth\.)?[a-z_0-9]+)"?/gi;

/** The tables a source file writes to, by SQL text or by the query builder. */
function writes(path: string, text: string): { line: number; table: string }[] {
  const source = parse(path, text);
  const inText = strings(source).flatMap(({ line, text: sql }) =>
    [...sql.matchAll(WRITE)].map(([, table]) => ({ line, table: table ?? '' })),
  );
  return [...inText, ...builderWrites(source)];
}

/**
 * Writes outside the owner's folder or outside an .sql.ts file or a door.
 * `slice` is the folder of the file below apps/server/src.
 */
export function strayWrites(path: string, text: string, slice: string, owners: ReadonlyMap<string, readonly string[]>): Finding[] {
  const place = path.endsWith('.sql.ts') || path.endsWith(`/${slice}/${slice}.ts`) || slice === 'platform';
  return writes(path, text).flatMap(({ line, table }) => {
    const owning = owners.get(table);
    if (!owning) return [];
    if (!owning.includes(slice)) return [{ line, complaint: `writes to ${table}, which belongs to ${owning.join(', ')}: call its door` }];
    return place ? [] : [{ line, complaint: `writes to ${table} outside an .sql.ts file or a door` }];
  });
}

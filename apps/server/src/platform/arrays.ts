/** Columns as Postgres arrays: a whole batch travels as a handful of parameters, opened again by `rows` of a form or by `unnest`. */

export type Statement = {
  readonly name: string;
  readonly text: string;
  readonly values: unknown[];
  /** Made of no rows, to be prepared: its form for one. */
  readonly alone?: Statement;
};

type Scalar = bigint | number | null;

const INT8 = 20;
const HEAD_BYTES = 20;
const VALUE_BYTES = 8;

/** Integers in Postgres' binary form, for a `bigint[]`: a bigint becomes digits slowly, and digits a bigint again. */
export function int8s<T>(rows: readonly T[], column: (row: T) => Scalar): Buffer {
  const buffer = Buffer.allocUnsafe(HEAD_BYTES + (4 + VALUE_BYTES) * rows.length);
  const view = new DataView(buffer.buffer, buffer.byteOffset, buffer.length);
  let at = HEAD_BYTES;
  let nulls = 0;
  for (let i = 0; i < rows.length; i += 1) {
    const value = column(rows[i] as T);
    if (value === null) {
      nulls = 1;
      view.setInt32(at, -1);
      at += 4;
    } else {
      view.setInt32(at, VALUE_BYTES);
      view.setBigInt64(at + 4, typeof value === 'bigint' ? value : BigInt(value));
      at += 4 + VALUE_BYTES;
    }
  }
  // One dimension, whether any is null, the type of all; then the dimension's length and first index.
  view.setInt32(0, 1);
  view.setInt32(4, nulls);
  view.setInt32(8, INT8);
  view.setInt32(12, rows.length);
  view.setInt32(16, 1);
  return buffer.subarray(0, at);
}

const SPECIAL = /["\\]/g;
/** Most texts need no escaping, and looking for two characters is cheaper than asking the expression. */
const escaped = (text: string): string => (text.includes('"') || text.includes('\\') ? text.replace(SPECIAL, '\\$&') : text);

/** A literal of texts. Each is quoted, or the text `null` would become NULL. */
export function texts<T>(rows: readonly T[], column: (row: T) => string | null): string {
  let literal = '{';
  for (let i = 0; i < rows.length; i += 1) {
    const value = column(rows[i] as T);
    if (i > 0) literal += ',';
    literal += value === null ? 'NULL' : `"${escaped(value)}"`;
  }
  return `${literal}}`;
}

/** A literal of instants. */
export const instants = <T>(rows: readonly T[], column: (row: T) => Date | null): string =>
  texts(rows, (row) => column(row)?.toISOString() ?? null);

/** A literal of booleans. */
export const booleans = <T>(rows: readonly T[], column: (row: T) => boolean): string =>
  `{${rows.map((row) => (column(row) ? 't' : 'f')).join(',')}}`;

/** One JSON array of texts that are JSON already: needs no escaping per element. */
export const jsonTexts = <T>(rows: readonly T[], column: (row: T) => string): string => `[${rows.map(column).join(',')}]`;
/** The same for a statement of two forms: of one row, its text as it is. */
export const formTexts = <T>(rows: readonly T[], column: (row: T) => string): string => {
  const [only] = rows;
  return rows.length === 1 && only !== undefined ? column(only) : jsonTexts(rows, column);
};

/** How a statement says where its rows are, in each of its two forms: for one row and for any number. */
export type Form = {
  /**
   * A table of parameters that are columns, `$1` the first: each `name type`, with a `?` when some are null. `json` is one more, the JSON of each
   * row, of `formTexts`.
   */
  rows(columns: readonly string[], json?: { name: string; type: 'json' | 'jsonb' }): string;
  /** What an insert of these rows ends with: nothing is inserted of none. `key` is never null. */
  present(key: string): string;
  /** Where an update of the rows `u` finds its table's, by columns of these names. */
  matching(table: string, alias: string, keys: readonly string[]): string;
};
export type Forms = { readonly one: string; readonly many: string };

type ColumnOfRows = { name: string; type: string; nullable: boolean; parameter: string };

function columnsOf(columns: readonly string[]): ColumnOfRows[] {
  return columns.map((column, index) => {
    const [name = '', kind = ''] = column.split(' ');
    const type = kind.replace('?', '');
    return { name, type, nullable: type !== kind, parameter: `$${index + 1}::${type}[]` };
  });
}

/** Of values all of one size, none of them null, the n-th is found without a look at those before it. */
const FOUND_AT_ONCE = ['bigint', 'bool', 'timestamptz'];

/** As `unnest` gives them, at half its price: it opens every column as a table of its own, so only what must be is opened. */
function manyRows(columns: readonly ColumnOfRows[], json?: { name: string; of: string }): string {
  const at = (type: string): boolean => FOUND_AT_ONCE.includes(type);
  const found = columns.filter(({ type, nullable }) => at(type) && !nullable);
  const opened = columns.filter((column) => !found.includes(column));
  // One must be, to count by.
  const counted = opened.length > 0 ? opened : columns.slice(0, 1).map((column) => ({ ...column, name: 'counted' }));
  const names = [...counted.map(({ name }) => name), ...(json ? [json.name] : [])];
  const unnested = `unnest(${counted.map(({ parameter }) => parameter).join(', ')})`;
  const source = json ? `rows from (${unnested}, ${json.of})` : unnested;
  const selected = [...found.map(({ name, parameter }) => `(${parameter})[n] as ${name}`), ...names];
  return `(select ${selected.join(', ')} from ${source} with ordinality as opened(${names.join(', ')}, n))`;
}

const MANY: Form = {
  rows: (columns, json) =>
    manyRows(columnsOf(columns), json && { name: json.name, of: `${json.type}_array_elements($${columns.length + 1}::${json.type})` }),
  present: () => '',
  // By a lateral subquery that cannot be flattened and by `ctid`: one descent of the index per row, whatever the statistics say.
  matching: (table, alias, keys) =>
    `cross join lateral (select x.ctid from ${table} x where ${keys.map((key) => `x.${key} = u.${key}`).join(' and ')} offset 0) x
where ${alias}.ctid = x.ctid`,
};
/** The planner puts these expressions where they are used: no table is made, nothing is joined. */
const ONE: Form = {
  rows: (columns, json) => {
    const first = columnsOf(columns).map(({ name, parameter }) => `(${parameter})[1] as ${name}`);
    const beside = json ? [`$${columns.length + 1}::${json.type} as ${json.name}`] : [];
    return `(select ${[...first, ...beside].join(', ')})`;
  },
  present: (key) => `where ${key} is not null`,
  matching: (_table, alias, keys) => `where ${keys.map((key) => `${alias}.${key} = u.${key}`).join(' and ')}`,
};

/** Both forms of a text. */
export const formsOf = (text: (form: Form) => string): Forms => ({ one: text(ONE), many: text(MANY) });

const ALONE = '_alone';
/** The name of a statement, whatever its form. */
export const plainName = ({ name }: Pick<Statement, 'name'>): string => (name.endsWith(ALONE) ? name.slice(0, -ALONE.length) : name);

/** A statement in the form for this many rows. */
export function inForm(name: string, { one, many }: Forms, rows: readonly unknown[], values: unknown[]): Statement {
  const alone = { name: `${name}${ALONE}`, text: one, values };
  if (rows.length === 1) return alone;
  return rows.length === 0 ? { name, text: many, values, alone } : { name, text: many, values };
}

/** Both forms of statements without rows. */
export const inBothForms = (statements: readonly Statement[]): Statement[] =>
  statements.flatMap((statement) => (statement.alone ? [statement, statement.alone] : [statement]));

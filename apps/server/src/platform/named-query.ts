/** A prepared statement of pg's own connection, whose rows are made as its columns say: pg looks at every value's column anew. */
import pg from 'pg';
import { type Field, type Row, type Shape, shapeOf } from './row-shape.ts';

type Prepared = { name: string; text: string; values: unknown[] };

/** By the statement's name: there are as many as the source code has, and those of `frequent-statements`. */
const shapes = new Map<string, { fields: readonly Field[]; shape: Shape }>();

const areSame = (fields: readonly Field[], others: readonly Field[]): boolean =>
  fields.length === others.length &&
  fields.every(({ name, dataTypeID }, n) => name === others[n]?.name && dataTypeID === others[n]?.dataTypeID);

function shapeFor(statement: string, fields: readonly Field[]): Shape {
  const known = shapes.get(statement);
  if (known && areSame(fields, known.fields)) return known.shape;
  const shape = shapeOf(fields);
  shapes.set(statement, { fields, shape });
  return shape;
}

class NamedQuery extends pg.Query {
  readonly #name: string;
  readonly #rows: Row[] = [];
  #shape: Shape | undefined;
  #unread: Error | undefined;
  /** pg calls it once, with what it was refused for or when the server is ready again. */
  readonly callback: (refused: Error | null) => void;

  constructor(prepared: Prepared, answer: (error: Error | null, rows: Row[]) => void) {
    super(prepared);
    this.#name = prepared.name;
    this.callback = (refused) => answer(refused ?? this.#unread ?? null, this.#rows);
  }

  handleRowDescription({ fields }: { fields: Field[] }): void {
    this.#shape = shapeFor(this.#name, fields);
  }

  handleDataRow({ fields }: { fields: (string | null)[] }): void {
    try {
      if (this.#shape) this.#rows.push(this.#shape(fields));
    } catch (error) {
      this.#unread = error as Error;
    }
  }
}

/** The rows of a statement that each connection parses once. */
export const askNamed = (client: pg.ClientBase, prepared: Prepared): Promise<Row[]> =>
  new Promise<Row[]>((resolve, reject) => {
    client.query(new NamedQuery(prepared, (error, rows) => (error ? reject(error) : resolve(rows))));
  }).catch((error) => {
    // It was made where the socket is read: whoever asked is of more use.
    Error.captureStackTrace(error);
    throw error;
  });

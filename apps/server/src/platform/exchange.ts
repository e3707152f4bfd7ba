/**
 * Several prepared statements as one message to Postgres and one answer: one Sync for all of them, each parsed and described once
 * in the life of the connection. pg's own queries end in a Sync each, and every Sync is a write of the server and a read of ours.
 * What is ready goes while the rest is made: the server carries out the first statements meanwhile.
 */
import type { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import type pg from 'pg';
import type { Statement } from './arrays.ts';
import { type Field, type Row, type Shape, shapeOf } from './row-shape.ts';

export type Reply = { rows: Row[]; command: string };

/** What pg's connection offers to a query of one's own; its types say too little. */
type Wire = EventEmitter & {
  stream: Socket;
  parse(statement: { name: string; text: string }): void;
  bind(statement: { statement: string; values: readonly unknown[]; valueMapper(value: unknown): Buffer | string | null }): void;
  describe(portal: { type: 'P'; name: '' }): void;
  execute(): void;
  sync(): void;
};
/** What the server knows of a connection's statements, each by its name, and we of their rows. */
export type Prepared = { statements: Map<string, string>; shapes: Map<string, Shape> };

/** As much as the server reads at once. */
const ENOUGH_BYTES = 8_192;
const NO_ROWS: Shape = () => ({});
const parameterOf = (value: unknown): Buffer | string | null => (value === null || Buffer.isBuffer(value) ? value : String(value));

/**
 * A query for `Client.query`, of a client that does not pipeline. At the first error the server passes over the rest; `callback` gets
 * that error, or what making a statement threw (those after it were not sent), or every reply.
 */
export function exchangeOf(
  statements: Iterable<Statement>,
  { statements: prepared, shapes }: Prepared,
  callback: (error: Error | null, replies: Reply[]) => void,
) {
  const replies: Reply[] = [];
  const names: string[] = [];
  const parsing: string[] = [];
  let unmade: Error | null = null;
  let rows: Row[] = [];
  let shape: Shape | undefined;
  const parsed = (): void => void parsing.shift();
  let forget = (): void => {};

  function send(wire: Wire, { name, text, values }: Statement): void {
    const known = prepared.get(name);
    if (known === undefined) {
      prepared.set(name, text);
      parsing.push(name);
      wire.parse({ name, text });
    } else if (known !== text) throw new Error(`The name ${name} is that of another statement`);
    wire.bind({ statement: name, values, valueMapper: parameterOf });
    if (!shapes.has(name)) wire.describe({ type: 'P', name: '' });
    wire.execute();
    names.push(name);
  }
  const answered = (): string => names[replies.length] as string;

  return {
    // The client looks whether there is one.
    callback,
    submit(connection: pg.Connection): void {
      const wire = connection as unknown as Wire;
      wire.on('parseComplete', parsed);
      forget = () => void wire.off('parseComplete', parsed);
      wire.stream.cork();
      try {
        for (const statement of statements) {
          send(wire, statement);
          if (wire.stream.writableLength >= ENOUGH_BYTES) {
            wire.stream.uncork();
            wire.stream.cork();
          }
        }
      } catch (error) {
        unmade = error as Error;
      }
      wire.sync();
      wire.stream.uncork();
    },
    handleRowDescription({ fields }: { fields: Field[] }): void {
      shape = shapeOf(fields);
      shapes.set(answered(), shape);
    },
    handleDataRow({ fields }: { fields: (string | null)[] }): void {
      shape ??= shapes.get(answered()) ?? NO_ROWS;
      rows.push(shape(fields));
    },
    handleCommandComplete({ text }: { text: string }): void {
      if (!shapes.has(answered())) shapes.set(answered(), NO_ROWS);
      replies.push({ rows, command: text });
      rows = [];
      shape = undefined;
    },
    handleReadyForQuery(): void {
      forget();
      this.callback(unmade, replies);
    },
    handleError(error: Error): void {
      forget();
      // Passed over by the server, or refused by it: to be parsed again.
      for (const name of parsing) prepared.delete(name);
      this.callback(error, replies);
    },
  };
}

/**
 * One dedicated connection that sends several statements in one write and reads their answers in one go: for the few places
 * where round trips decide. It plans each named statement once (generic plans), by index, because plans made on fresh,
 * empty tables would otherwise scan them for ever.
 */
import pg from 'pg';
import type { Statement } from './arrays.ts';
import { exchangeOf, type Prepared, type Reply } from './exchange.ts';

export type { Reply } from './exchange.ts';
export type Session = {
  /** Sends all at once and waits for every answer. Throws the first error: what came after it was not carried out, a `commit` neither. */
  exchange(statements: readonly Statement[]): Promise<Reply[]>;
  /** Whether the connection still stands. */
  alive(): boolean;
  close(): Promise<void>;
};

export type SessionOptions = {
  connectionString: string;
  role: 'predictu_worker' | 'predictu_player';
  /** Shown in pg_stat_activity. */
  name: string;
  statementTimeoutMs: number;
  /** A transaction left open for longer is ended by the server: its locks must not outlive a process that hangs. */
  idleInTransactionMs: number;
  /** False: a commit does not wait for the disk. Only for what would be made anew after a crash. */
  durable?: boolean;
  /** True: the database refuses every write. */
  readOnly?: boolean;
};

const SETTINGS = ['plan_cache_mode=force_generic_plan', 'enable_seqscan=off', 'enable_hashjoin=off', 'enable_mergejoin=off', 'jit=off'];

export async function openSession({
  connectionString,
  role,
  name,
  statementTimeoutMs,
  idleInTransactionMs,
  durable = true,
  readOnly = false,
}: SessionOptions): Promise<Session> {
  const client = new pg.Client({
    connectionString,
    application_name: name,
    connectionTimeoutMillis: 5_000,
    statement_timeout: statementTimeoutMs,
    idle_in_transaction_session_timeout: idleInTransactionMs,
    // Beyond the server's own timeout: a connection that answers nothing at all is given up.
    query_timeout: statementTimeoutMs + 5_000,
    options: [...SETTINGS, ...(durable ? [] : ['synchronous_commit=off']), ...(readOnly ? ['default_transaction_read_only=on'] : [])]
      .map((setting) => `-c ${setting}`)
      .join(' '),
    keepAlive: true,
  } as pg.ClientConfig);
  let alive = true;
  client.on('error', () => {
    alive = false;
  });
  client.on('end', () => {
    alive = false;
  });
  await client.connect();
  await client.query(`set role ${role}`);
  const prepared: Prepared = { statements: new Set(), shapes: new Map() };

  return {
    exchange: (statements) =>
      new Promise((resolve, reject) => {
        client.query(exchangeOf(statements, prepared, (error, replies) => (error ? reject(error) : resolve(replies))));
      }),
    alive: () => alive,
    close: () => client.end(),
  };
}

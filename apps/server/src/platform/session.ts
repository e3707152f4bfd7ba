/**
 * One dedicated connection that sends several statements in one write and reads their answers in one go: for the few places
 * where round trips decide. It plans each named statement once (generic plans), by index, because plans made on fresh,
 * empty tables would otherwise scan them for ever.
 */
import pg from 'pg';
import type { Statement } from './arrays.ts';
import type { Row } from './db.ts';

export type Reply = { rows: Row[]; command: string };
export type Session = {
  /** Sends all at once. Waits for every answer; throws the first error, if any. */
  exchange(statements: readonly Statement[]): Promise<Reply[]>;
  /** Whether the connection still stands. */
  alive(): boolean;
  close(): Promise<void>;
};

export type SessionOptions = {
  connectionString: string;
  role: 'predictu_worker';
  /** Shown in pg_stat_activity. */
  name: string;
  statementTimeoutMs: number;
  /** A transaction left open for longer is ended by the server: its locks must not outlive a process that hangs. */
  idleInTransactionMs: number;
  /** False: a commit does not wait for the disk. Only for what would be made anew after a crash. */
  durable?: boolean;
};

const SETTINGS = ['plan_cache_mode=force_generic_plan', 'enable_seqscan=off', 'enable_hashjoin=off', 'enable_mergejoin=off', 'jit=off'];

export async function openSession({
  connectionString,
  role,
  name,
  statementTimeoutMs,
  idleInTransactionMs,
  durable = true,
}: SessionOptions): Promise<Session> {
  const client = new pg.Client({
    connectionString,
    application_name: name,
    connectionTimeoutMillis: 5_000,
    statement_timeout: statementTimeoutMs,
    idle_in_transaction_session_timeout: idleInTransactionMs,
    // Beyond the server's own timeout: a connection that answers nothing at all is given up.
    query_timeout: statementTimeoutMs + 5_000,
    options: [...SETTINGS, ...(durable ? [] : ['synchronous_commit=off'])].map((setting) => `-c ${setting}`).join(' '),
    pipeline: true,
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
  const { stream } = (client as unknown as { connection: { stream: import('node:net').Socket } }).connection;

  return {
    async exchange(statements) {
      stream.cork();
      const sent = statements.map((statement) => client.query(statement));
      stream.uncork();
      const answers = await Promise.allSettled(sent);
      const failed = answers.find((answer) => answer.status === 'rejected');
      if (failed) throw failed.reason;
      return answers.map((answer) => (answer as PromiseFulfilledResult<Reply>).value);
    },
    alive: () => alive,
    close: () => client.end(),
  };
}

/**
 * One dedicated connection that sends several statements in one write and reads their answers in one go: for the few places
 * where round trips decide. It plans named statements seldom (generic plans), and by index, because plans made on fresh,
 * empty tables would otherwise scan them for ever.
 */
import type { Socket } from 'node:net';
import pg from 'pg';
import type { Statement } from './arrays.ts';
import { exchangeOf, type Prepared, type Reply } from './exchange.ts';

export type { Reply } from './exchange.ts';
export type Session = {
  /**
   * Sends all in one go, the first while the last are still being made, and waits for every answer. Throws the first error: what came after it was
   * not carried out, a `commit` neither.
   */
  exchange(statements: Iterable<Statement>): Promise<Reply[]>;
  /** Whether the connection still stands. */
  alive(): boolean;
  close(): Promise<void>;
};

export type SessionOptions = {
  connectionString: string;
  role: 'predictu_worker' | 'predictu_balances' | 'predictu_access';
  /** Shown in pg_stat_activity. */
  name: string;
  statementTimeoutMs: number;
  /** A transaction left open for longer is ended by the server: its locks must not outlive a process that hangs. */
  idleInTransactionMs: number;
  /** False: a commit does not wait for the disk. Only for what would be made anew after a crash. */
  durable?: boolean;
  /** True: the database refuses every write. */
  readOnly?: boolean;
  /** False: rows are sorted to find equal ones. Where the planner guesses far too many, room for them takes longer than sorting the few there are. */
  hashing?: boolean;
};

/** How the plans of a session are made. */
const PLANNING = [
  'plan_cache_mode=force_generic_plan',
  'enable_seqscan=off',
  'enable_hashjoin=off',
  'enable_mergejoin=off',
  'enable_memoize=off',
  'jit=off',
];

/**
 * A plan made while its tables were empty may enter an index from its end, which costs nothing then and the whole table later.
 * So all statements are planned anew each time a session has sent four times as many, by what the tables have grown to.
 */
const FIRST_PLAN_AFTER = 256;
const PLANS_GROW = 4;
/** Beyond the server's own timeout of a statement: a connection that answers nothing at all is given up. */
const SILENT_FOR_MS = 5_000;
const DISCARD_PLANS: Statement = { name: 'discard_plans', text: 'discard plans', values: [] };

/** Last: behind a `rollback` it is carried out, before one it would be refused and the rollback with it. */
function* withPlansMadeAnew(statements: Iterable<Statement>): Iterable<Statement> {
  yield* statements;
  yield DISCARD_PLANS;
}

export async function openSession({
  connectionString,
  role,
  name,
  statementTimeoutMs,
  idleInTransactionMs,
  durable = true,
  readOnly = false,
  hashing = true,
}: SessionOptions): Promise<Session> {
  const client = new pg.Client({
    connectionString,
    application_name: name,
    connectionTimeoutMillis: 5_000,
    statement_timeout: statementTimeoutMs,
    idle_in_transaction_session_timeout: idleInTransactionMs,
    options: [
      ...PLANNING,
      ...(durable ? [] : ['synchronous_commit=off']),
      ...(readOnly ? ['default_transaction_read_only=on'] : []),
      ...(hashing ? [] : ['enable_hashagg=off']),
    ]
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
  const prepared: Prepared = { statements: new Map(), shapes: new Map() };
  let sent = 0;
  let planAt = FIRST_PLAN_AFTER;

  return {
    exchange(statements) {
      const planAnew = sent >= planAt;
      if (planAnew) planAt = sent * PLANS_GROW;
      return new Promise((resolve, reject) => {
        // Not the client's own `query_timeout`: each keeps what its query read until the next full collection of garbage.
        const silent = setTimeout(() => giveUp(client), statementTimeoutMs + SILENT_FOR_MS);
        client.query(
          exchangeOf(planAnew ? withPlansMadeAnew(statements) : statements, prepared, (error, replies) => {
            clearTimeout(silent);
            sent += replies.length;
            if (error) reject(error);
            else resolve(planAnew ? replies.slice(0, -1) : replies);
          }),
        );
      });
    },
    alive: () => alive,
    close: () => client.end(),
  };
}

/** What is under way fails with this error, and the connection has ended. */
function giveUp(client: pg.Client): void {
  const { connection } = client as unknown as { connection: { stream: Socket } };
  connection.stream.destroy(new Error('Connection given up: no answer within the timeout'));
}

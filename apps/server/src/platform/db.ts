/**
 * The only door to Postgres. A feature never sees a pool: the platform opens the transaction with the actor's role,
 * tenant and access mode, and hands over a `Db` that lives as long as that transaction.
 */
import pg from 'pg';
import type { Actor } from './actor.ts';

pg.types.setTypeParser(pg.types.builtins.INT8, BigInt);
// sum(bigint) is numeric; every numeric we select is whole or read as text on purpose.
pg.types.setTypeParser(pg.types.builtins.NUMERIC, (text) => (text.includes('.') ? Number(text) : BigInt(text)));

export type Row = Record<string, unknown>;
export type Db = {
  /** Runs one statement. Give hot statements a name: they are prepared once per connection. */
  query<T extends object = Row>(text: string, values?: readonly unknown[], name?: string): Promise<T[]>;
};

/** The database role an actor becomes, and the tenant it is confined to. */
function identity(actor: Actor): [role: string, operatorId: string, playerId: string] {
  switch (actor.kind) {
    case 'access':
      return ['predictu_access', '', ''];
    case 'admin':
      return ['predictu_admin', '', ''];
    case 'operator':
    case 'apiKey':
      return ['predictu_operator', String(actor.operatorId), ''];
    case 'player':
      return ['predictu_player', String(actor.operatorId), String(actor.playerId)];
    case 'worker':
      return ['predictu_worker', '', ''];
  }
}

const BECOME = `select set_config('role', $1, true), set_config('predictu.operator_id', $2, true), set_config('predictu.player_id', $3, true)`;
export type AccessMode = 'read' | 'snapshot' | 'write';
const BEGIN: Record<AccessMode, string> = {
  read: 'begin read only',
  snapshot: 'begin isolation level repeatable read read only',
  write: 'begin',
};
const RETRYABLE = new Set(['40001', '40P01']);
const sqlState = (error: unknown): string | undefined => (error as { code?: string } | null)?.code;

/** The database connection was lost: what was under way may or may not have been committed. */
export const isConnectionLoss = (error: unknown): boolean => {
  const code = sqlState(error);
  return code === undefined
    ? error instanceof Error && /terminated|timeout|closed|ECONN/i.test(error.message)
    : /^(08|57P0|ECONN|EPIPE)/.test(code);
};

export type Database = {
  /**
   * One transaction as this actor. `read` cannot write: the database refuses it. `snapshot` reads as of its first statement
   * throughout. Retried whole on serialisation failures.
   */
  as<T>(actor: Actor, mode: AccessMode, work: (db: Db) => Promise<T>): Promise<T>;
  /** Milliseconds of a trivial round trip. */
  ping(): Promise<number>;
  close(): Promise<void>;
};

export type DatabaseOptions = {
  connectionString: string;
  poolSize?: number;
  statementTimeoutMs?: number;
  /** False: a commit does not wait for the disk. Only for what would be made anew after a crash. */
  durable?: boolean;
  onError?: (error: Error) => void;
};

/** One transaction, opened by its first statement. */
class Transaction implements Db {
  readonly #pool: pg.Pool;
  readonly #actor: Actor;
  readonly #mode: AccessMode;
  #opening: Promise<{ client: pg.PoolClient; begun: Promise<unknown> }> | undefined;
  #broken: Error | undefined;

  constructor(pool: pg.Pool, actor: Actor, mode: AccessMode) {
    this.#pool = pool;
    this.#actor = actor;
    this.#mode = mode;
  }

  get opened(): boolean {
    return this.#opening !== undefined;
  }

  async #open(): Promise<{ client: pg.PoolClient; begun: Promise<unknown> }> {
    const client = await this.#pool.connect();
    const become = { name: 'become', text: BECOME, values: identity(this.#actor) };
    // Not awaited: BEGIN and the role travel with the first statement, in one round trip.
    const begun = Promise.all([client.query(BEGIN[this.#mode]), client.query(become)]);
    begun.catch(() => {});
    return { client, begun };
  }

  async query<R extends object>(text: string, values: readonly unknown[] = [], name?: string): Promise<R[]> {
    this.#opening ??= this.#open();
    const { client, begun } = await this.#opening;
    const asked = client.query<R & pg.QueryResultRow>({ text, values: [...values], ...(name && { name }) });
    const [result] = await Promise.all([asked, begun]);
    return result.rows as R[];
  }

  async commit(): Promise<void> {
    const { command } = (await (await this.#opening)?.client.query('commit')) ?? {};
    // COMMIT of a failed transaction succeeds and says ROLLBACK.
    if (command !== 'COMMIT') throw new Error('The transaction had failed and was rolled back');
  }

  async rollback(): Promise<void> {
    try {
      await (await this.#opening)?.client.query('rollback');
    } catch (error) {
      this.#broken = error as Error;
    }
  }

  async release(): Promise<void> {
    await this.#opening?.then(({ client }) => client.release(this.#broken)).catch(() => {});
  }
}

export function openDatabase({
  connectionString,
  poolSize = 8,
  statementTimeoutMs = 10_000,
  durable = true,
  onError = () => {},
}: DatabaseOptions): Database {
  const pool = new pg.Pool({
    connectionString,
    max: poolSize,
    pipeline: true,
    statement_timeout: statementTimeoutMs,
    idle_in_transaction_session_timeout: 30_000,
    connectionTimeoutMillis: 10_000,
    ...(!durable && { options: '-c synchronous_commit=off' }),
  } as pg.PoolConfig);
  pool.on('error', onError);

  /** A handler that never asks the database costs it nothing. */
  async function once<T>(actor: Actor, mode: AccessMode, work: (db: Db) => Promise<T>): Promise<T> {
    const transaction = new Transaction(pool, actor, mode);
    try {
      const result = await work(transaction);
      if (transaction.opened) await transaction.commit();
      return result;
    } catch (error) {
      if (transaction.opened) await transaction.rollback();
      throw error;
    } finally {
      if (transaction.opened) await transaction.release();
    }
  }

  return {
    async as(actor, mode, work) {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await once(actor, mode, work);
        } catch (error) {
          if (attempt >= 4 || !RETRYABLE.has(sqlState(error) ?? '')) throw error;
        }
      }
    },
    async ping() {
      const start = performance.now();
      await pool.query('select 1');
      return performance.now() - start;
    },
    close: () => pool.end(),
  };
}

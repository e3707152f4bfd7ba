/**
 * The only door to Postgres. A feature never sees a pool: the platform opens the transaction with the actor's role,
 * tenant and access mode, and hands over a `Db` that lives as long as that transaction.
 */
import pg from 'pg';
import type { Actor } from './actor.ts';
import type { Statement } from './arrays.ts';
import { frequentStatements } from './frequent-statements.ts';
import { askNamed } from './named-query.ts';
import { PLAN_AS_EVER, PLAN_BY_INDEX } from './plan-modes.ts';
import { type DatabaseOptions, openPools } from './pools.ts';
import { instantOf, type Row } from './row-shape.ts';

pg.types.setTypeParser(pg.types.builtins.INT8, BigInt);
pg.types.setTypeParser(pg.types.builtins.TIMESTAMPTZ, instantOf);
// sum(bigint) is numeric; every numeric we select is whole or read as text on purpose.
pg.types.setTypeParser(pg.types.builtins.NUMERIC, (text) => (text.includes('.') ? Number(text) : BigInt(text)));

export type { Row } from './row-shape.ts';
export type Db = {
  /** Runs one statement. Give hot statements a name: they are prepared once per connection. */
  query<T extends object = Row>(text: string, values?: readonly unknown[], name?: string): Promise<T[]>;
  /**
   * Runs one statement and hands over its rows as they come, the values in the order of its columns; nothing is kept of them.
   * A bigint that fits is a number.
   */
  each(text: string, values: readonly unknown[], take: (row: unknown[]) => void): Promise<void>;
  /** What `rowsByKeys` asks: the way back to plans as ever goes with the next other statement, which a list seldom has. */
  byKeys?<T extends object = Row>(text: string, values: readonly unknown[], name: string): Promise<T[]>;
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
/** Planned once, by index: the planner takes longer than a few rows by their keys, and on fresh tables it would scan them for ever. */
const BECOME_QUICKLY = `${BECOME}, set_config('plan_cache_mode', 'force_generic_plan', true), set_config('enable_seqscan', 'off', true),
  set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true), set_config('synchronous_commit', $4, true)`;
export type AccessMode = 'read' | 'snapshot' | 'write';
const BEGIN: Record<AccessMode, string> = {
  read: 'begin read only',
  snapshot: 'begin isolation level repeatable read read only',
  write: 'begin',
};
/** A prepared statement whose rows have other columns since a migration: the connection that prepared it is given up. */
const OUTDATED_PLAN = '0A000';
const RETRYABLE = new Set(['40001', '40P01', OUTDATED_PLAN]);
/** What Postgres, or the system below it, calls an error; undefined for one of another kind. */
export const sqlStateOf = (error: unknown): string | undefined => (error as { code?: string } | null)?.code;

/** The database connection was lost: what was under way may or may not have been committed. */
export const isConnectionLoss = (error: unknown): boolean => {
  const code = sqlStateOf(error);
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
  /**
   * One transaction as this actor in one round trip: statements by keys that need nothing of each other's rows. Answers the rows of each.
   * `durable: false`: the commit does not wait for the disk, because one that follows does, or because it may be lost.
   */
  exchange(actor: Actor, mode: AccessMode, statements: readonly Statement[], options?: { durable?: boolean }): Promise<Row[][]>;
  /** Milliseconds of a trivial round trip. */
  ping(): Promise<number>;
  close(): Promise<void>;
};

/** So many digits always fit into a number. */
const SAFE_DIGITS = 15;
const QUICK_TYPES = {
  getTypeParser: (type: number, format: 'text' | 'binary' | undefined) =>
    type === pg.types.builtins.INT8
      ? (text: string) => (text.length <= SAFE_DIGITS ? Number(text) : BigInt(text))
      : pg.types.getTypeParser(type, format ?? 'text'),
};

/** What is asked for in one turn leaves in one write: each wakes the server, and costs as much as a small statement. */
function inOneWrite(client: pg.PoolClient): pg.PoolClient {
  const { stream } = (client as unknown as { connection: pg.Connection }).connection;
  stream.cork();
  process.nextTick(() => stream.uncork());
  return client;
}

const frequent = frequentStatements();

/** One transaction, opened by its first statement. */
class Transaction implements Db {
  readonly #pool: pg.Pool;
  readonly #actor: Actor;
  readonly #mode: AccessMode;
  #opening: Promise<{ client: pg.PoolClient; begun: Promise<unknown> }> | undefined;
  #broken: Error | undefined;
  /** Whether the statement before was planned by index. */
  #byIndex = false;

  constructor(pool: pg.Pool, actor: Actor, mode: AccessMode) {
    this.#pool = pool;
    this.#actor = actor;
    this.#mode = mode;
  }

  get opened(): boolean {
    return this.#opening !== undefined;
  }

  async #open(): Promise<{ client: pg.PoolClient; begun: Promise<unknown> }> {
    const client = inOneWrite(await this.#pool.connect());
    const become = { name: 'become', text: BECOME, values: identity(this.#actor) };
    // Not awaited: BEGIN and the role travel with the first statement, in one round trip.
    const begun = Promise.all([client.query(BEGIN[this.#mode]), client.query(become)]);
    begun.catch(() => {});
    return { client, begun };
  }

  query<R extends object>(text: string, values: readonly unknown[] = [], name?: string): Promise<R[]> {
    return this.#ask(false, text, values, name);
  }

  byKeys<R extends object>(text: string, values: readonly unknown[], name: string): Promise<R[]> {
    return this.#ask(true, text, values, name);
  }

  /** Nobody waits for it: a failure is that of the statement that follows too. */
  #plan(client: pg.PoolClient, byIndex: boolean): void {
    if (byIndex === this.#byIndex) return;
    this.#byIndex = byIndex;
    client.query(byIndex ? PLAN_BY_INDEX : PLAN_AS_EVER).catch(() => {});
  }

  async #ask<R extends object>(byIndex: boolean, text: string, values: readonly unknown[], name: string | undefined): Promise<R[]> {
    this.#opening ??= this.#open();
    const { client, begun } = await this.#opening;
    inOneWrite(client);
    this.#plan(client, byIndex);
    // A plan holds for one role's row level security: shared, it would be made anew at every change of roles.
    const known = name ?? frequent.nameOf(text);
    const statement = { text, values: [...values] };
    const asked = known
      ? askNamed(client, { name: `${this.#actor.kind}.${known}`, ...statement })
      : client.query(statement).then(({ rows }) => rows);
    const [rows] = await Promise.all([asked, begun]);
    return rows as R[];
  }

  async each(text: string, values: readonly unknown[], take: (row: unknown[]) => void): Promise<void> {
    this.#opening ??= this.#open();
    const { client, begun } = await this.#opening;
    const config = { text, values: [...values], rowMode: 'array', types: QUICK_TYPES };
    const rows = new pg.Query<unknown[]>(config as pg.QueryConfig);
    let failed: Error | undefined;
    rows.on('row', (row) => {
      if (failed) return;
      try {
        take(row);
      } catch (error) {
        failed = error as Error;
      }
    });
    const ended = new Promise<void>((resolve, reject) => {
      rows.on('end', () => resolve());
      rows.on('error', reject);
    });
    this.#plan(client, false);
    client.query(rows);
    await Promise.all([ended, begun]);
    if (failed) throw failed;
  }

  async commit(): Promise<void> {
    const { command } = (await (await this.#opening)?.client.query('commit')) ?? {};
    // COMMIT of a failed transaction succeeds and says ROLLBACK.
    if (command !== 'COMMIT') throw new Error('The transaction had failed and was rolled back');
  }

  async rollback(reason: unknown): Promise<void> {
    if (sqlStateOf(reason) === OUTDATED_PLAN) this.#broken = reason as Error;
    try {
      await (await this.#opening)?.client.query('rollback');
    } catch (error) {
      this.#broken = error as Error;
    }
  }

  /** Nobody waits for the end of a transaction that cannot write: what it read is read. */
  async endReading(): Promise<void> {
    await this.commit().catch((error) => {
      this.#broken = error as Error;
    });
    await this.release();
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
  const pools = openPools({ connectionString, poolSize, statementTimeoutMs, durable, onError });

  /** A handler that never asks the database costs it nothing. */
  async function once<T>(actor: Actor, mode: AccessMode, work: (db: Db) => Promise<T>): Promise<T> {
    const transaction = new Transaction(pools.of(actor), actor, mode);
    let result: T;
    try {
      result = await work(transaction);
      if (transaction.opened && mode === 'write') await transaction.commit();
    } catch (error) {
      if (transaction.opened) {
        await transaction.rollback(error);
        await transaction.release();
      }
      throw error;
    }
    if (transaction.opened && mode === 'write') await transaction.release();
    else if (transaction.opened) void transaction.endReading();
    return result;
  }

  async function together(actor: Actor, mode: AccessMode, statements: readonly Statement[], commit: 'on' | 'off'): Promise<Row[][]> {
    const client = inOneWrite(await pools.of(actor).connect());
    let broken: Error | undefined;
    try {
      const become = { name: 'become_quickly', text: BECOME_QUICKLY, values: [...identity(actor), commit] };
      const asked = [BEGIN[mode], become, ...statements, 'commit'].map((query) => client.query(query as pg.QueryConfig));
      // All are waited for: the connection is free only then, and the first failure is the reason of the others.
      const ended = await Promise.allSettled(asked);
      const failed = ended.find((one) => one.status === 'rejected');
      if (failed) throw failed.reason;
      return ended.slice(2, -1).map((one) => (one as PromiseFulfilledResult<pg.QueryResult<Row>>).value.rows);
    } catch (error) {
      if (isConnectionLoss(error) || sqlStateOf(error) === OUTDATED_PLAN) broken = error as Error;
      throw error;
    } finally {
      client.release(broken);
    }
  }

  async function retried<T>(work: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await work();
      } catch (error) {
        if (attempt >= 4 || !RETRYABLE.has(sqlStateOf(error) ?? '')) throw error;
      }
    }
  }

  return {
    as: (actor, mode, work) => retried(() => once(actor, mode, work)),
    exchange: (actor, mode, statements, { durable: waits = durable } = {}) =>
      retried(() => together(actor, mode, statements, waits && durable ? 'on' : 'off')),
    async ping() {
      const start = performance.now();
      await pools.ping();
      return performance.now() - start;
    },
    close: pools.close,
  };
}

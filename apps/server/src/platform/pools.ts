/** Connections to Postgres: some for workers, and as many for everybody else. */
import pg from 'pg';
import type { Actor } from './actor.ts';

export type DatabaseOptions = {
  connectionString: string;
  /** Connections of workers, and as many of everybody else. */
  poolSize?: number;
  statementTimeoutMs?: number;
  /** False: a commit does not wait for the disk. Only for what would be made anew after a crash. */
  durable?: boolean;
  onError?: (error: Error) => void;
};

/** A new connection plans everything anew: whoever comes first waits tens of milliseconds, so what a busy moment has opened is kept for the next. */
const IDLE_MS = 600_000;

function newPool({ connectionString, poolSize, statementTimeoutMs, durable, onError }: Required<DatabaseOptions>): pg.Pool {
  const pool = new pg.Pool({
    connectionString,
    max: poolSize,
    idleTimeoutMillis: IDLE_MS,
    pipeline: true,
    statement_timeout: statementTimeoutMs,
    idle_in_transaction_session_timeout: 30_000,
    connectionTimeoutMillis: 10_000,
    ...(!durable && { options: '-c synchronous_commit=off' }),
  } as pg.PoolConfig);
  pool.on('error', onError);
  // One at work has no listener of the pool's: what it is lost with would end the process.
  pool.on('connect', (client) => client.on('error', onError));
  return pool;
}

export type Pools = { of(actor: Actor): pg.Pool; ping(): Promise<unknown>; close(): Promise<void> };

/**
 * A request that is answered while it holds a connection may have to read as a worker: with one pool, as many such requests as it has connections
 * would wait for each other.
 */
export function openPools(options: Required<DatabaseOptions>): Pools {
  const [workers, callers] = [newPool(options), newPool(options)];
  return {
    of: ({ kind }) => (kind === 'worker' ? workers : callers),
    ping: () => callers.query('select 1'),
    async close() {
      await Promise.all([workers.end(), callers.end()]);
    },
  };
}

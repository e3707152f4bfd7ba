/** Connections for the queue of jobs, whose own code reads ids as text. */
import pg from 'pg';
import type { Logger } from 'pino';

/** The queue writes down which jobs failed as JSON, which knows no bigint. */
const IDS_AS_TEXT: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format: 'text') =>
    oid === pg.types.builtins.INT8 ? String : pg.types.getTypeParser(oid, format)) as pg.CustomTypesConfig['getTypeParser'],
};

export function openJobPool(connectionString: string, max: number, log: Pick<Logger, 'warn'>): pg.Pool {
  const pool = new pg.Pool({ connectionString, max, types: IDS_AS_TEXT });
  const lost = (error: Error): void => log.warn({ err: error }, 'a connection of the worker was lost');
  pool.on('error', lost);
  pool.on('connect', (client) => client.on('error', lost));
  return pool;
}

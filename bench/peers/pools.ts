/** Connection pools of a peer: the sizes it is tried with, each connection a worker's with the same plans as the batch's. */
import pg from 'pg';
// Reads bigints as bigints.
import '../../apps/server/src/platform/db.ts';

export const POOL_SIZES = [4, 8] as const;

const OPTIONS = ['plan_cache_mode=force_generic_plan', 'enable_seqscan=off', 'enable_hashjoin=off', 'enable_mergejoin=off', 'jit=off'];

export type Pools = {
  current(): pg.Pool;
  use(size: number): void;
  close(): Promise<void>;
};

export function openPools(connectionString: string): Pools {
  const pools = new Map<number, pg.Pool>();
  const open = (size: number): pg.Pool => {
    const pool = new pg.Pool({
      connectionString,
      max: size,
      options: ['role=predictu_worker', ...OPTIONS].map((setting) => `-c ${setting}`).join(' '),
    });
    // Reported by the next query.
    pool.on('error', () => {});
    pools.set(size, pool);
    return pool;
  };
  let current = open(POOL_SIZES[0]);
  return {
    current: () => current,
    use(size) {
      current = pools.get(size) ?? open(size);
    },
    async close() {
      await Promise.all([...pools.values()].map((pool) => pool.end()));
    },
  };
}

/**
 * Reads by key that wait at the same moment go to Postgres as one call, on connections of their own that cannot write. A lone read goes at once; who
 * asks meanwhile goes with the next call, or, when many do, with one on the second connection, so that the database reads while answers are
 * written. The statement answers each key what the one who asks may see.
 */
import type { Statement } from './arrays.ts';
import { openSession, type Session } from './session.ts';

export type ReadTogether<K, R> = {
  /** Undefined for what is not there, or not the asker's to see. */
  read(key: K): Promise<R | undefined>;
  close(): Promise<void>;
};
export type ReadTogetherOptions<K> = {
  connectionString: string;
  role: 'predictu_balances' | 'predictu_access';
  /** Shown in pg_stat_activity. */
  name: string;
  /** Of keys, the first of which is number 1; each row it answers says as `n` which it belongs to. */
  statement(keys: readonly K[]): Statement;
};
type Lane = { session: Promise<Session> | undefined; running: boolean };
type Waiting<K, R> = { key: K; resolve(row: R | undefined): void; reject(error: unknown): void };

const LANES = 2;
/** So many that wait are worth a second call while one is under way. */
const WORTH_ANOTHER = 8;
/** No more, however many wait: while one call's answers are written the database reads the next, and nobody waits for all the others. */
const MOST_AT_ONCE = 32;
const TIMEOUT_MS = 10_000;

export function readTogether<K, R extends { n: number }>({
  connectionString,
  role,
  name,
  statement,
}: ReadTogetherOptions<K>): ReadTogether<K, R> {
  const waiting: Waiting<K, R>[] = [];
  const lanes: Lane[] = Array.from({ length: LANES }, () => ({ session: undefined, running: false }));

  async function connected(lane: Lane): Promise<Session> {
    if (lane.session && !(await lane.session).alive()) lane.session = undefined;
    const timeouts = { statementTimeoutMs: TIMEOUT_MS, idleInTransactionMs: TIMEOUT_MS };
    lane.session ??= openSession({ connectionString, role, name, readOnly: true, ...timeouts });
    return lane.session;
  }

  async function answer(lane: Lane, group: readonly Waiting<K, R>[]): Promise<void> {
    try {
      const [reply] = await (await connected(lane)).exchange([statement(group.map(({ key }) => key))]);
      const found: (R | undefined)[] = [];
      for (const row of (reply?.rows ?? []) as R[]) found[row.n - 1] = row;
      for (let n = 0; n < group.length; n += 1) group[n]?.resolve(found[n]);
    } catch (error) {
      const broken = lane.session;
      lane.session = undefined;
      for (const one of group) one.reject(error);
      await broken?.then((open) => open.close()).catch(() => {});
    }
  }

  const isWorth = (lane: Lane): boolean => waiting.length >= WORTH_ANOTHER || !lanes.some((one) => one !== lane && one.running);

  async function run(lane: Lane): Promise<void> {
    while (waiting.length > 0 && isWorth(lane)) await answer(lane, waiting.splice(0, MOST_AT_ONCE));
    lane.running = false;
  }

  return {
    read: (key) =>
      new Promise((resolve, reject) => {
        waiting.push({ key, resolve, reject });
        const lane = lanes.find(({ running }) => !running);
        if (!lane || !isWorth(lane)) return;
        lane.running = true;
        // Whatever has arrived with it is read first.
        setImmediate(run, lane);
      }),
    async close() {
      for (const { session } of lanes) await session?.then((open) => open.close()).catch(() => {});
    },
  };
}

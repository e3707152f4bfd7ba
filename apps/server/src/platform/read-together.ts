/**
 * Reads by key that wait at the same moment go to Postgres as one call, on a connection of their own that cannot write. One call is under way at
 * a time: who asks meanwhile goes with the next, and a lone read goes at once. The statement answers each key as the one who asks.
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
  role: 'predictu_player';
  /** Shown in pg_stat_activity. */
  name: string;
  /** Of keys, the first of which is number 1; each row it answers says as `n` which it belongs to. */
  statement(keys: readonly K[]): Statement;
  /** Which keys are neighbours in the statement. */
  order(one: K, other: K): number;
};
type Waiting<K, R> = { key: K; resolve(row: R | undefined): void; reject(error: unknown): void };

const MOST_AT_ONCE = 256;
const TIMEOUT_MS = 10_000;

export function readTogether<K, R extends { n: number }>({
  connectionString,
  role,
  name,
  statement,
  order,
}: ReadTogetherOptions<K>): ReadTogether<K, R> {
  const waiting: Waiting<K, R>[] = [];
  let session: Promise<Session> | undefined;
  let running = false;

  async function connected(): Promise<Session> {
    if (session && !(await session).alive()) session = undefined;
    const timeouts = { statementTimeoutMs: TIMEOUT_MS, idleInTransactionMs: TIMEOUT_MS };
    session ??= openSession({ connectionString, role, name, readOnly: true, ...timeouts });
    return session;
  }

  async function answer(group: readonly Waiting<K, R>[]): Promise<void> {
    try {
      const [reply] = await (await connected()).exchange([statement(group.map(({ key }) => key))]);
      const found: (R | undefined)[] = [];
      for (const row of (reply?.rows ?? []) as R[]) found[row.n - 1] = row;
      for (let n = 0; n < group.length; n += 1) group[n]?.resolve(found[n]);
    } catch (error) {
      const broken = session;
      session = undefined;
      for (const one of group) one.reject(error);
      await broken?.then((open) => open.close()).catch(() => {});
    }
  }

  async function run(): Promise<void> {
    while (waiting.length > 0) await answer(waiting.splice(0, MOST_AT_ONCE).sort((one, other) => order(one.key, other.key)));
    running = false;
  }

  return {
    read: (key) =>
      new Promise((resolve, reject) => {
        waiting.push({ key, resolve, reject });
        if (running) return;
        running = true;
        // Whatever has arrived with it is read first.
        setImmediate(run);
      }),
    async close() {
      await session?.then((open) => open.close()).catch(() => {});
    },
  };
}

/** Which process is the batcher. Looks twice a second; when the holder dies its lock goes with it and the next look takes over. */
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/db.ts';
import type { Session } from '../platform/session.ts';
import type { Log } from './batch.ts';
import { announce, holderAddress, TAKE_LEASE } from './lease.sql.ts';

export type Lease = {
  /** Whether this process holds it. */
  held(): boolean;
  /** Where the holder is reached, when it is another process. */
  holder(): string | undefined;
  close(): Promise<void>;
};
export type LeaseOptions = {
  connect(): Promise<Session>;
  database: Database;
  address: string;
  clock: Clock;
  log: Log;
  /** Called after every look. */
  looked(): void;
};

const NAME = 'batcher';
const LOOK_MS = 500;
const ACTOR = { kind: 'worker', name: 'lease' } as const;

export async function openLease({ connect, database, address, clock, log, looked }: LeaseOptions): Promise<Lease> {
  let session = await connect();
  let held = false;
  let holder: string | undefined;
  let closed = false;
  let timer: NodeJS.Timeout | undefined;

  async function look(): Promise<void> {
    if (!session.alive()) {
      held = false;
      session = await connect();
    }
    if (held) return;
    const [reply] = await session.exchange([TAKE_LEASE]);
    held = reply?.rows[0]?.['taken'] === true;
    const statement = held ? announce(NAME, address, clock.now()) : holderAddress(NAME);
    const rows = await database.as(ACTOR, 'write', (db) => db.query<{ address: string }>(statement.text, statement.values, statement.name));
    holder = held ? undefined : rows[0]?.address;
    if (held) log.info({ address }, 'This process is the batcher');
  }

  async function lookAndAgain(): Promise<void> {
    try {
      await look();
    } catch (error) {
      log.warn({ err: error }, 'The lease cannot be looked at');
    }
    if (closed) return;
    looked();
    timer = setTimeout(lookAndAgain, LOOK_MS);
    timer.unref();
  }
  await lookAndAgain();

  return {
    held: () => held,
    holder: () => holder,
    async close() {
      closed = true;
      clearTimeout(timer);
      await session.close();
    },
  };
}

/** The job that sums up players' days by e-mail: every morning, or on Mondays, to those who asked for it. Once each, whoever looks. */
import { encodeId, type Id } from '@predictu/contract/ids';
import type { Clock } from '../platform/clock.ts';
import type { Database, Db } from '../platform/db.ts';
import type { NewId } from '../platform/ids.ts';
import { queueMail } from '../platform/queue-mail.ts';
import { lockReaders, markDigested, type Reader, selectMovers, selectSummary } from './digest.sql.ts';
import { playerDigest } from './digest-mail.ts';

const WORKER = { kind: 'worker', name: 'send-digests' } as const;
const MORNING_HOUR = 8;
const MONDAY = 1;
const AT_ONCE = 100;
const DAY_MS = 86_400_000;
const DAYS = { daily: 1, weekly: 7 } as const;
const percent = (price: bigint): number => Math.round(Number(price) / 100);

type Options = { database: Database; clock: Clock; newId: NewId };
type Context = { db: Db; now: Date; newId: NewId };

/** Nothing to tell is not told. */
async function digest(context: Context, reader: Reader, day: string): Promise<void> {
  const { db, now } = context;
  const since = new Date(now.getTime() - DAYS[reader.digest] * DAY_MS);
  const [{ trades, pnl, open, worth }, movers] = await Promise.all([selectSummary(db, reader, since), selectMovers(db, reader, since)]);
  if (trades === 0n && open === 0n && pnl === 0n && movers.length === 0) return;
  await queueMail(context, playerDigest, {
    operatorId: reader.operator_id,
    to: reader.email,
    key: `digest:${encodeId('user', reader.player_id as Id<'user'>)}:${day}`,
    data: {
      often: reader.digest,
      name: reader.username,
      trades: Number(trades),
      pnl: String(pnl),
      open: Number(open),
      worth: String(worth),
      movers: movers.map(({ title, mid, earlier }) => ({ title, now: percent(mid), before: percent(earlier) })),
    },
  });
}

/** Sends what is due today, once it is morning. Returns how many players were looked at. */
export async function sendDigests({ database, clock, newId }: Options): Promise<number> {
  const now = clock.now();
  if (now.getUTCHours() < MORNING_HOUR) return 0;
  const day = now.toISOString().slice(0, 10);
  const weekly = now.getUTCDay() === MONDAY;
  for (let sent = 0; ; ) {
    const readers = await database.as(WORKER, 'write', async (db) => {
      const due = await lockReaders(db, day, weekly, now, AT_ONCE);
      for (const reader of due) await digest({ db, now, newId }, reader, day);
      if (due.length > 0) await markDigested(db, due, day);
      return due;
    });
    sent += readers.length;
    if (readers.length < AT_ONCE) return sent;
  }
}

/** The job that sums up players' days by e-mail: every morning, or on Mondays, to those who asked for it. Once each, whoever looks. */
import { encodeId, type Id } from '@predictu/contract/ids';
import type { Clock } from '../platform/clock.ts';
import type { Database, Db } from '../platform/db.ts';
import type { NewId } from '../platform/ids.ts';
import { queueMails } from '../platform/queue-mail.ts';
import { lockReaders, type Mover, markDigested, type Reader, type Summary, selectMovers, selectSummaries } from './digest.sql.ts';
import { type DigestMail, playerDigest } from './digest-mail.ts';

const WORKER = { kind: 'worker', name: 'send-digests' } as const;
const MORNING_HOUR = 8;
const MONDAY = 1;
const AT_ONCE = 500;
const DAY_MS = 86_400_000;
const DAYS = { daily: 1, weekly: 7 } as const;
const percent = (price: bigint): number => Math.round(Number(price) / 100);

type Options = { database: Database; clock: Clock; newId: NewId };
type Due = { readers: readonly Reader[]; day: string; now: Date; newId: NewId };

/** Nothing to tell is not told. */
const isEmpty = ({ trades, open, pnl }: Summary, movers: readonly Mover[]): boolean =>
  trades === 0n && open === 0n && pnl === 0n && movers.length === 0;

const dataOf = (
  { digest, username }: Reader,
  player: string,
  { trades, pnl, open, worth }: Summary,
  movers: readonly Mover[],
): DigestMail => ({
  player,
  often: digest,
  name: username,
  trades: Number(trades),
  pnl: String(pnl),
  open: Number(open),
  worth: String(worth),
  movers: movers.map(({ title, mid, earlier }) => ({ title, now: percent(mid), before: percent(earlier) })),
});

/** One statement for what the days of all came to, one for what they watch, one for the messages. */
async function tell(db: Db, { readers, day, now, newId }: Due): Promise<void> {
  const sinceOf = ({ digest }: Reader) => new Date(now.getTime() - DAYS[digest] * DAY_MS);
  const summaries = new Map((await selectSummaries(db, readers, sinceOf)).map((row) => [row.player_id, row]));
  const moved = new Map<bigint, Mover[]>();
  for (const mover of await selectMovers(db, readers, sinceOf)) moved.set(mover.player_id, [...(moved.get(mover.player_id) ?? []), mover]);
  const messages = readers.flatMap((reader) => {
    const summary = summaries.get(reader.player_id);
    const movers = moved.get(reader.player_id) ?? [];
    if (!summary || isEmpty(summary, movers)) return [];
    const player = encodeId('user', reader.player_id as Id<'user'>);
    return [
      { operatorId: reader.operator_id, to: reader.email, key: `digest:${player}:${day}`, data: dataOf(reader, player, summary, movers) },
    ];
  });
  await queueMails({ db, now, newId }, playerDigest, messages);
  await markDigested(db, readers, day);
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
      if (due.length > 0) await tell(db, { readers: due, day, now, newId });
      return due;
    });
    sent += readers.length;
    if (readers.length < AT_ONCE) return sent;
  }
}

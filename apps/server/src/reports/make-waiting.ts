/** Makes the files that wait: claimed by one process at a time, begun anew after a crash, given up after a few tries. */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Actor } from '../platform/actor.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/db.ts';
import type { NewId } from '../platform/ids.ts';
import { announceReport } from './announce-report.ts';
import type { FileThreads } from './file-threads.ts';
import { type MadeFile, storedName } from './make-file.ts';
import { expiryOf, MOST_ATTEMPTS } from './report-file.rules.ts';
import { claimFile, completeFile, type FileRow, failFile, keepFile, releaseFile } from './report-file.sql.ts';

export type MakerParts = {
  database: Database;
  clock: Clock;
  newId: NewId;
  threads: FileThreads;
  /** Where the files are. */
  folder: string;
  log: { warn(fields: object, message: string): void };
};
type Claimed = FileRow & { claim: bigint };

const WORKER: Actor = { kind: 'worker', name: 'reports' };
/** A process that says nothing for so long no longer makes its file. */
const CLAIM_MS = 60_000;
const TELL_MS = 1_000;
/** Until what failed is tried again. */
const REST_MS = 30_000;

const later = (at: Date, ms: number): Date => new Date(at.getTime() + ms);

async function claim({ database, clock, newId }: MakerParts, id: bigint | null): Promise<Claimed | undefined> {
  const now = clock.now();
  const row = await database.as(WORKER, 'write', (db) => claimFile(db, { id, now, until: later(now, CLAIM_MS), claim: newId() }));
  return row?.claim ? { ...row, claim: row.claim } : undefined;
}

/** Tells how far it is, now and then; throws once somebody else has it. */
function teller({ database, clock, log }: MakerParts, file: Claimed): { tell(rows: number): void; stop(): void } {
  let rows = 0;
  let telling = Promise.resolve();
  const tell = async (): Promise<void> => {
    try {
      const until = later(clock.now(), CLAIM_MS);
      const held = await database.as(WORKER, 'write', (db) => keepFile(db, file, rows, until));
      if (!held) log.warn({ file: String(file.id) }, 'a file is made by another process, too');
    } catch (error) {
      log.warn({ err: error, file: String(file.id) }, 'the progress of a file cannot be written');
    }
  };
  const timer = setInterval(() => {
    telling = telling.then(tell);
  }, TELL_MS).unref();
  return {
    tell: (count) => {
      rows = count;
    },
    stop: () => clearInterval(timer),
  };
}

async function complete({ database, clock, newId }: MakerParts, file: Claimed, made: MadeFile, fileName: string): Promise<boolean> {
  const at = clock.now();
  const done = { ...made, fileName, at, expiresAt: expiryOf(file.kind, at) };
  return database.as(WORKER, 'write', async (db) => {
    const held = await completeFile(db, file, done);
    if (held) await announceReport({ db, now: at, newId }, file, made);
    return held;
  });
}

async function giveUp({ database, clock, log }: MakerParts, file: Claimed, error: unknown): Promise<void> {
  log.warn({ err: error, file: String(file.id), attempt: file.attempts }, 'a file could not be made');
  await database.as(WORKER, 'write', (db) =>
    file.attempts >= MOST_ATTEMPTS
      ? failFile(db, file, 'It could not be made. Ask for it again; if it fails again, tell us its id.')
      : releaseFile(db, file, later(clock.now(), REST_MS)),
  );
}

async function make(parts: MakerParts, file: Claimed): Promise<void> {
  const { threads, folder } = parts;
  const { operator_id, type, format, compression, filters, columns, created_at } = file;
  const name = storedName(file);
  const path = join(folder, name);
  const { tell, stop } = teller(parts, file);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const task = { operator_id, type, format, compression, filters, columns, created_at, path, now: created_at };
    const made = await threads.make(task, tell);
    // Another process has made it: this one is nobody's.
    if (!(await complete(parts, file, made, name))) rmSync(path, { force: true });
  } catch (error) {
    await giveUp(parts, file, error);
  } finally {
    stop();
  }
}

/** Makes the file of this id, unless it is being made. */
export async function makeOne(parts: MakerParts, id: bigint): Promise<void> {
  const file = await claim(parts, id);
  if (file) await make(parts, file);
}

/** Makes what waits until nothing does, as long as a thread is free; returns how many were tried. */
export async function makeWaiting(parts: MakerParts): Promise<number> {
  let tried = 0;
  while (parts.threads.free()) {
    const file = await claim(parts, null);
    if (!file) break;
    tried += 1;
    await make(parts, file);
  }
  return tried;
}

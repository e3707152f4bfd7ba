/** Writes what every position gets and closes it, a stretch at a time: whoever trades meanwhile has the processors to himself between two of them. */
import type { Clock } from '../platform/clock.ts';
import type { Db } from '../platform/db.ts';
import {
  closeNextPositions,
  enterByIndex,
  insertCorrectingPayouts,
  insertNextPayouts,
  moveCorrectedPositions,
  planAsEver,
  type Stretch,
  type Subject,
  selectHolders,
  selectLastId,
  type Written,
} from './decide.sql.ts';
import { FIRST_STRETCH, nextStretch } from './pace.rules.ts';

const BEFORE_ALL = { afterPlayer: -(2n ** 63n), afterOutcome: '' };
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

const after = (stretch: Stretch, { count, receiving, lastPlayer, lastOutcome }: Written, most: number): Stretch => ({
  operatorId: stretch.operatorId,
  afterPlayer: lastPlayer ?? stretch.afterPlayer,
  afterOutcome: lastOutcome ?? stretch.afterOutcome,
  receiving: stretch.receiving + BigInt(receiving),
  nothing: stretch.nothing + BigInt(count - receiving),
  most,
});

type Writing = { db: Db; clock: Clock; id: bigint; subject: Subject; now: Date };

/** Those who receive come first in the numbers of their operator. Nobody else moves these positions: their market is closed. */
async function writeFirst({ db, clock, id, subject, now }: Writing): Promise<void> {
  const began = clock.now().getTime();
  const [lastId, , holders] = await Promise.all([selectLastId(db), enterByIndex(db), selectHolders(db, subject)]);
  let seen = lastId;
  let pace = FIRST_STRETCH;
  for (const { id: operatorId, receiving } of holders) {
    let stretch: Stretch | undefined = { operatorId, ...BEFORE_ALL, receiving: 0n, nothing: receiving, most: pace.size };
    while (stretch) {
      const asked = clock.now().getTime();
      const written = await insertNextPayouts(db, id, subject, { ...stretch, seen });
      if (written.count > 0) await closeNextPositions(db, subject, now, stretch, written);
      const answered = clock.now().getTime();
      const full: boolean = written.count === stretch.most;
      pace = nextStretch(pace, { others: written.others, full, tookMs: answered - asked, sinceMs: answered - began });
      seen = written.lastId;
      stretch = full ? after(stretch, written, pace.size) : undefined;
      if (pace.pauseMs > 0) await pause(pace.pauseMs);
    }
  }
  await planAsEver(db);
}

export async function writePayouts(writing: Writing): Promise<void> {
  const { db, id, subject } = writing;
  if (subject.corrects) {
    await insertCorrectingPayouts(db, id, subject);
    await moveCorrectedPositions(db, id);
    return;
  }
  await writeFirst(writing);
}

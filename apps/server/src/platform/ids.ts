/** Makes ids: the millisecond, then a random start that counts up, so two processes hardly ever meet in one millisecond. */
import { randomInt } from 'node:crypto';
import { firstIdAt } from '@predictu/contract/ids';
import type { Clock } from './clock.ts';

export type NewId = () => bigint;

const SEQUENCE_LIMIT = 2 ** 22;

/** Ids that grow with the clock. Ids of trades, ledger rows and risk events come from the sequencer instead (trading). */
export function idMaker(clock: Clock, random: () => number = () => randomInt(SEQUENCE_LIMIT / 2)): NewId {
  let millisecond = -1;
  let sequence = 0;
  return () => {
    const now = clock.now();
    if (now.getTime() === millisecond) sequence += 1;
    else {
      millisecond = now.getTime();
      sequence = random();
    }
    return firstIdAt(now) + BigInt(sequence);
  };
}

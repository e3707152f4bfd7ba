/** Scores markets when they are new, so that their settlements say how good the scores are; notes the outcomes. */
import type { Actor } from '../platform/actor.ts';
import type { Database } from '../platform/db.ts';
import type { NewId } from '../platform/ids.ts';
import { MODEL } from './base-rates.rules.ts';
import { wordsOf } from './question.rules.ts';
import { adoptResults, forgetUnanswered, insertScore, selectUnscored } from './question-score.sql.ts';
import { scoreNow } from './score-question.ts';

const WORKER: Actor = { kind: 'worker', name: 'score-markets' };
const DAY_MS = 86_400_000;
/** Later the price knows too much for the comparison to be fair. */
const NEW_FOR_MS = DAY_MS;
const AT_ONCE = 100;
const FORGET_AFTER_MS = 365 * DAY_MS;
const SCALE = 10_000;

/** New markets are much alike: the same decided ones are compared with nearly all of them. */
function rememberedWords(): typeof wordsOf {
  const known = new Map<string, ReadonlySet<string>>();
  return (title) => {
    const words = known.get(title) ?? wordsOf(title);
    known.set(title, words);
    return words;
  };
}

/** Returns how many were scored and how many outcomes came in. */
export async function scoreMarkets(database: Database, now: Date, newId: NewId): Promise<{ scored: number; decided: number }> {
  const scored = await database.as(WORKER, 'write', async (db) => {
    const fresh = await selectUnscored(db, new Date(now.getTime() - NEW_FOR_MS), AT_ONCE);
    const read = rememberedWords();
    // Asked together: the database looks for one while another is scored.
    await Promise.all(
      fresh.map(async ({ id, title, mid }) => {
        const { probability } = await scoreNow(db, title, now, read);
        const stored = { id: newId(), question: title, probability: Math.round(probability * SCALE), model: MODEL };
        await insertScore(db, { ...stored, marketPrice: mid, marketId: id, tokenHash: null }, now);
      }),
    );
    return fresh.length;
  });
  const decided = await database.as(WORKER, 'write', async (db) => {
    await forgetUnanswered(db, new Date(now.getTime() - FORGET_AFTER_MS));
    return adoptResults(db);
  });
  return { scored, decided };
}

/** Evaluates players: reads their bets, scores them, and lets the score reach prices and tiers. In chunks; each is one short write. */
import { readPlatformConfig } from '../config/config.ts';
import type { Actor } from '../platform/actor.ts';
import type { Database } from '../platform/db.ts';
import { closingLines, readScores, writeScores } from './evaluate-players.ts';
import { type EvaluatedPlayer, selectEvaluated, selectSettledSince, selectTraders } from './evaluated-player.sql.ts';
import { MOST_BETS } from './score-bets.sql.ts';
import { selectSettledThrough, upsertSettledThrough } from './score-run.sql.ts';

export type Evaluation = { players: number; tierChanges: number };

const WORKER: Actor = { kind: 'worker', name: 'evaluate-scores' };
const PAGE = 500;
/** Bets read at once: a chunk ends with the player that reaches it. */
const CHUNK_BETS = 20_000;

async function* pagesOf(database: Database, since: Date | null): AsyncGenerator<EvaluatedPlayer[]> {
  if (since === null) {
    let after = { operatorId: 0n, playerId: 0n };
    for (;;) {
      const page = await database.as(WORKER, 'read', (db) => selectTraders(db, after, PAGE));
      yield page;
      const last = page.at(-1);
      if (!last || page.length < PAGE) return;
      after = last;
    }
  }
  const keys = await database.as(WORKER, 'read', (db) => selectSettledSince(db, since));
  for (let from = 0; from < keys.length; from += PAGE) {
    yield await database.as(WORKER, 'read', (db) => selectEvaluated(db, keys.slice(from, from + PAGE)));
  }
}

function* chunksOf(page: readonly EvaluatedPlayer[]): Generator<EvaluatedPlayer[]> {
  let chunk: EvaluatedPlayer[] = [];
  let bets = 0;
  for (const player of page) {
    chunk.push(player);
    bets += Math.min(player.trades, MOST_BETS);
    if (bets < CHUNK_BETS) continue;
    yield chunk;
    chunk = [];
    bets = 0;
  }
  if (chunk.length > 0) yield chunk;
}

/**
 * Evaluates everybody with a bet on a market settled at or after `playersSince`; null or absent: everybody who ever traded. Does nothing
 * while `features.sharp_detection` is off. Safe to run twice: the same facts give the same score and no further change of tier.
 */
export async function evaluateScores(
  database: Database,
  now: Date,
  { playersSince = null }: { playersSince?: Date | null } = {},
): Promise<Evaluation> {
  const { config } = await database.as(WORKER, 'read', readPlatformConfig);
  const evaluation = { players: 0, tierChanges: 0 };
  if (!config.features.sharp_detection) return evaluation;
  const lines = closingLines();
  let written = Promise.resolve(0);
  try {
    for await (const page of pagesOf(database, playersSince)) {
      for (const chunk of chunksOf(page)) {
        // The bets of these are read while the ones before are written: a score is made of nobody else's.
        const reading = database.as(WORKER, 'snapshot', (db) => readScores(db, chunk, lines, now));
        const [changes, scored] = await Promise.all([written, reading]);
        evaluation.tierChanges += changes;
        evaluation.players += chunk.length;
        written = database.as(WORKER, 'write', (db) => writeScores(db, scored, config, now, WORKER));
        // Whoever waits for it learns of a failure, however late.
        written.catch(() => {});
      }
    }
  } finally {
    // No write is under way any more when this ends, however it ends.
    evaluation.tierChanges += await written;
  }
  return evaluation;
}

/** A decision is dated before it commits: the next night looks again at what this one may not have seen. */
const OVERLAP_MS = 600_000;

/** Nightly: those with settlements since the last time, everybody the first time. */
export async function evaluateSettled(database: Database, now: Date): Promise<Evaluation> {
  const playersSince = await database.as(WORKER, 'read', selectSettledThrough);
  const evaluation = await evaluateScores(database, now, { playersSince });
  await database.as(WORKER, 'write', (db) => upsertSettledThrough(db, new Date(now.getTime() - OVERLAP_MS)));
  return evaluation;
}

/** One chunk of players: their scores out of their bets, and the scores written where they have effect. */
import type { PlatformConfig } from '@predictu/contract/shapes/platform-config';
import type { Price } from '@predictu/contract/units';
import type { Actor } from '../platform/actor.ts';
import { auditNameOf } from '../platform/audit.ts';
import type { Db } from '../platform/db.ts';
import { takeTurn } from '../platform/sequencer.ts';
import { scorePlayers } from '../players/players.ts';
import { tierAfterScore } from '../players/tier.rules.ts';
import { recordSharpDetections } from '../risk/risk.ts';
import type { EvaluatedPlayer } from './evaluated-player.sql.ts';
import { upsertHistory, upsertScores } from './player-score.sql.ts';
import { type PlayerScore, scorePlayer, type Thresholds, tierOfScore } from './score.rules.ts';
import { bettingEnd, LINE_BOUNDS, MOVE, MOVE_WINDOW_MS, moveAfter, ofOutcome, resultOf } from './score-bet.rules.ts';
import { type BetRow, type ClosingMarket, selectBets, selectClosingMids } from './score-bets.sql.ts';
import { type Bet, type ScoreEvidence, scoreEvidence } from './score-evidence.rules.ts';
import { scoreFlags, tierReason } from './score-words.rules.ts';

/** Closing mids of YES by market, null for none: a market has one, whoever bet on it. */
export type ClosingLines = Map<bigint, Price | null>;
export const closingLines = (): ClosingLines => new Map();

async function addClosingLines(db: Db, rows: readonly BetRow[], lines: ClosingLines): Promise<void> {
  const wanted = new Map<bigint, ClosingMarket>();
  for (const row of rows) {
    const before = bettingEnd(row);
    if (resultOf(row.resolution, row.outcome) === null || before === null || lines.has(row.market_id)) continue;
    wanted.set(row.market_id, { marketId: row.market_id, before });
  }
  if (wanted.size === 0) return;
  for (const marketId of wanted.keys()) lines.set(marketId, null);
  for (const { market_id, mid } of await selectClosingMids(db, [...wanted.values()], LINE_BOUNDS.low, LINE_BOUNDS.high))
    lines.set(market_id, mid);
}

function betOf(row: BetRow, lines: ClosingLines, now: Date): Bet {
  const result = resultOf(row.resolution, row.outcome);
  const close = result === null ? null : (lines.get(row.market_id) ?? null);
  return {
    marketId: row.market_id,
    outcome: row.outcome,
    category: row.category,
    price: row.price,
    quantity: row.quantity,
    amount: row.amount,
    at: row.at,
    result,
    close: close === null ? null : ofOutcome(close, row.outcome),
    move: moveAfter({ outcome: row.outcome, mid: row.mid, movedTo: row.moved_to, at: row.at }, now),
  };
}

export type Scored = { player: EvaluatedPlayer; evidence: ScoreEvidence; score: PlayerScore };

/** The scores of these players as of now. Reads only. */
export async function readScores(db: Db, players: readonly EvaluatedPlayer[], lines: ClosingLines, now: Date): Promise<Scored[]> {
  const rows = await selectBets(db, players, MOVE_WINDOW_MS, MOVE);
  await addClosingLines(db, rows, lines);
  const bets = new Map<bigint, Bet[]>(players.map(({ playerId }) => [playerId, []]));
  for (const row of rows) bets.get(row.player_id)?.push(betOf(row, lines, now));
  return players.map((player) => {
    const evidence = scoreEvidence(bets.get(player.playerId) ?? []);
    return { player, evidence, score: scorePlayer(evidence) };
  });
}

export const thresholdsOf = ({ risk }: PlatformConfig): Thresholds => ({
  sharp: risk.sharp_score_threshold,
  restricted: risk.restricted_score_threshold,
});

/** Writes scores, history, tiers and their risk events. Takes the sequencer only when a tier changes. Returns how many did. */
export async function writeScores(db: Db, scored: readonly Scored[], config: PlatformConfig, now: Date, actor: Actor): Promise<number> {
  const thresholds = thresholdsOf(config);
  const automatic = config.features.sharp_detection;
  const expected = scored.filter(
    ({ player, score }) => automatic && tierAfterScore(player, tierOfScore(score.score, thresholds)) !== player.tier,
  );
  const ids: bigint[] = [];
  for (const _ of expected) ids.push(await takeTurn(db, now));
  const players = scored.map(({ player, evidence, score }) => ({
    operatorId: player.operatorId,
    playerId: player.playerId,
    score: score.score,
    tier: automatic ? tierOfScore(score.score, thresholds) : undefined,
    reason: tierReason(score, thresholds),
    evidence: { ...evidence, thresholds },
  }));
  const { tiers, changes } = await scorePlayers(db, players, ids, now, auditNameOf(actor).join(':'));
  if (changes.length > 0) await recordSharpDetections(db, changes, now);
  const rows = scored.map(({ player, evidence, score }) => ({
    ...score,
    operatorId: player.operatorId,
    playerId: player.playerId,
    tier: tiers.get(player.playerId) ?? player.tier,
    clvEdge: evidence.closed > 0 ? evidence.closing_gain / evidence.closed : null,
    evidence,
    flags: scoreFlags(evidence, score),
  }));
  await upsertScores(db, rows, now);
  await upsertHistory(db, rows, now);
  return changes.length;
}

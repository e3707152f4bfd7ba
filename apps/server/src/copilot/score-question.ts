/** Anybody has a question scored, tells how it ended, and looks at how good the scores have been. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { Failure } from '@predictu/contract/errors';
import type { Id } from '@predictu/contract/ids';
import type {
  sendScoreFeedback as feedbackEndpoint,
  getScoreMetrics as metricsEndpoint,
  scoreQuestion as scoreEndpoint,
} from '@predictu/contract/public/scoring';
import { type Price, price } from '@predictu/contract/units';
import type { Db } from '../platform/db.ts';
import { type Handler, notFound } from '../platform/http.ts';
import { MODEL } from './base-rates.rules.ts';
import { brierOf, type Metrics, metricsOf, verdictOf } from './metrics.rules.ts';
import { wordsOf } from './question.rules.ts';
import { countWaiting, insertScore, lockScore, selectDecided, selectKnown, writeOutcome } from './question-score.sql.ts';
import { type Score, scoreQuestion as score } from './scoring.rules.ts';

const SHOWN_COMPARABLES = 5;
const SCALE = 10_000;
const DAY_MS = 86_400_000;
const [LEAST_PRICE, MOST_PRICE] = [1n, 9_999n];
const WINDOWS = { '7d': 7, '30d': 30, '90d': 90, all: null } as const;

const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();

type Decided = Awaited<ReturnType<typeof selectDecided>>[number] & { words: ReadonlySet<string>; yes: boolean };

/** By the words of the question and what of everybody's markets was decided before. Whoever scores many hands over a `read` that remembers titles. */
export async function scoreNow(db: Db, question: string, now: Date, read = wordsOf): Promise<Score<Decided>> {
  const words = [...wordsOf(question)].filter((word) => !word.startsWith('#'));
  const found = words.length === 0 ? [] : await selectDecided(db, words, now);
  return score(
    question,
    found.map((market) => ({ ...market, words: read(market.title), yes: market.resolution === 'yes' })),
  );
}

function usablePrice(given: Price | undefined): Price | null {
  if (given === undefined) return null;
  if (given >= LEAST_PRICE && given <= MOST_PRICE) return given;
  const fields = [{ field: 'market_price', received: Number(given) / SCALE, expected: 'a price from 0.0001 to 0.9999' }];
  throw new Failure('VALIDATION_ERROR', 'The body does not fit: market_price', { fields });
}

export const scoreQuestion: Handler<typeof scoreEndpoint> = async ({ db, now, newId }, { body }) => {
  const marketPrice = usablePrice(body.market_price);
  const { probability, confidence, level, reasons, comparables } = await scoreNow(db, body.question, now);
  const token = randomBytes(18).toString('base64url');
  const id = newId() as Id<'score'>;
  const stored = { id, question: body.question, probability: Math.round(probability * SCALE), model: MODEL };
  await insertScore(db, { ...stored, marketPrice, marketId: null, tokenHash: hashOf(token) }, now);
  return {
    data: {
      id,
      question: body.question,
      probability,
      confidence,
      confidence_level: level,
      reasons,
      comparables: comparables.slice(0, SHOWN_COMPARABLES).map((market) => ({
        market_id: market.id as Id<'market'>,
        title: market.title,
        category: market.category,
        resolution: market.resolution,
        resolved_at: market.resolvedAt,
        likeness: Math.round(market.likeness * SCALE) / SCALE,
      })),
      market_price: marketPrice,
      model: MODEL,
      feedback_token: token,
      created_at: now,
    },
  };
};

export const sendScoreFeedback: Handler<typeof feedbackEndpoint> = async ({ db, now }, { body }) => {
  const known = await lockScore(db, body.id);
  // A wrong token and no such score look the same.
  if (!known?.tokenHash || !timingSafeEqual(known.tokenHash, hashOf(body.feedback_token))) throw notFound('score');
  if (known.outcome !== null) throw new Failure('CONFLICT', 'The outcome of this score was told already', { outcome: known.outcome });
  await writeOutcome(db, known.id, body.outcome, now);
  const brier = Math.round(brierOf(known.probability / SCALE, body.outcome === 'yes') * SCALE) / SCALE;
  return { data: { id: body.id, outcome: body.outcome, brier, recorded_at: now } };
};

const show = (metrics: Metrics) => ({
  count: metrics.count,
  brier: metrics.brier,
  market_count: metrics.marketCount,
  brier_where_priced: metrics.brierWherePriced,
  market_brier: metrics.marketBrier,
  hit_rate: metrics.hitRate,
  market_hit_rate: metrics.marketHitRate,
  roi: metrics.roi,
  market_roi: metrics.marketRoi,
  roi_delta: metrics.roiDelta,
  calibration: metrics.calibration.map(({ from, to, count, meanProbability, shareYes }) => ({
    from,
    to,
    count,
    mean_probability: meanProbability,
    share_yes: shareYes,
  })),
});

export const getScoreMetrics: Handler<typeof metricsEndpoint> = async ({ db, now }, { query }) => {
  const days = WINDOWS[query.window];
  const [known, waiting] = await Promise.all([
    selectKnown(db, days === null ? null : new Date(now.getTime() - days * DAY_MS)),
    countWaiting(db),
  ]);
  const outcomes = (verified: boolean) =>
    known
      .filter((one) => one.verified === verified)
      .map(({ probability, marketPrice, outcome }) => ({
        probability: probability / SCALE,
        marketPrice: marketPrice === null ? null : Number(price(marketPrice)) / SCALE,
        yes: outcome === 'yes',
      }));
  const [verified, reported] = [metricsOf(outcomes(true)), metricsOf(outcomes(false))];
  return {
    data: { window: query.window, model: MODEL, verified: show(verified), reported: show(reported), waiting, verdict: verdictOf(verified) },
  };
};

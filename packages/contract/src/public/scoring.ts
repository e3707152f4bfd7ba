/** The scoring demo: how likely a question ends with yes, by its words alone, and how good such scores have been. */
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { marketId, scoreId } from '../ids.ts';
import { single } from '../page.ts';
import { category } from '../shapes/category.ts';
import { instant, unitPrice } from '../units.ts';

const common = { audience: 'public', rate: 'public', tag: 'Scoring' } as const;
const chance = z.number().min(0).max(1);

const questionScore = z
  .object({
    id: scoreId,
    question: z.string(),
    probability: chance.meta({ description: 'Of yes; four decimals.' }),
    confidence: chance.meta({ description: 'How much the score stands on: 0 nothing but a first guess, 1 very many decided questions.' }),
    confidence_level: z.enum(['low', 'medium', 'high']),
    reasons: z.array(z.string()),
    comparables: z
      .array(
        z.object({
          market_id: marketId,
          title: z.string(),
          category,
          resolution: z.enum(['yes', 'no']),
          resolved_at: instant,
          likeness: chance.meta({ description: 'Share of common words.' }),
        }),
      )
      .meta({ description: 'Markets of this installation that are decided, the most alike first, at most 5.' }),
    market_price: unitPrice.nullable().meta({ description: 'As given; the score does not look at it.' }),
    model: z.string().meta({ description: 'Name and version of the model; docs/copilot.md describes it.' }),
    feedback_token: z.string().meta({ description: 'Whoever holds it may tell the outcome, once.' }),
    created_at: instant,
  })
  .meta({ id: 'QuestionScore' });

export const scoreQuestion = endpoint({
  ...common,
  method: 'POST',
  path: '/api/ai-copilot',
  summary: 'Score a question',
  description:
    'The probability that it ends with yes, from how questions of its kind and questions like it have ended. It knows no news and no prices.',
  body: z.strictObject({
    question: z.string().trim().min(8).max(300),
    market_price: unitPrice.optional().meta({ description: 'What a market says now, 0.0001 to 0.9999; kept to compare with.' }),
  }),
  answer: single(questionScore),
  status: 201,
});

export const sendScoreFeedback = endpoint({
  ...common,
  method: 'POST',
  path: '/api/ai-copilot/feedback',
  summary: 'Tell how a scored question ended',
  description: 'Counted as reported, apart from what this installation has settled itself. Once for each score.',
  body: z.strictObject({
    id: scoreId,
    feedback_token: z.string().min(16).max(64),
    outcome: z.enum(['yes', 'no']),
  }),
  answer: single(
    z.object({ id: scoreId, outcome: z.enum(['yes', 'no']), brier: chance, recorded_at: instant }).meta({ id: 'ScoreFeedback' }),
  ),
  refusals: ['NOT_FOUND', 'CONFLICT'],
});

const measured = z
  .object({
    count: z.number().int(),
    brier: chance.nullable().meta({ description: 'Mean of (probability - outcome)²: 0 is perfect, 0.25 is always saying one half.' }),
    market_count: z.number().int().meta({ description: 'Of them, those with a price of a market from the time of the score.' }),
    brier_where_priced: chance.nullable(),
    market_brier: chance.nullable().meta({ description: 'Of those prices, over the same questions as `brier_where_priced`.' }),
    hit_rate: chance.nullable().meta({ description: 'Scores on the right side of one half; at one half exactly counts half.' }),
    market_hit_rate: chance.nullable(),
    roi: z
      .number()
      .nullable()
      .meta({ description: 'Profit by dollar staked: $1 a question at the price of the market, on the side the score thinks too cheap.' }),
    market_roi: z.number().nullable().meta({ description: 'The same, always on the favourite of the market.' }),
    roi_delta: z.number().nullable(),
    calibration: z.array(
      z.object({
        from: chance,
        to: chance,
        count: z.number().int(),
        mean_probability: chance.nullable(),
        share_yes: chance.nullable(),
      }),
    ),
  })
  .meta({ id: 'ScoreFigures' });

export const getScoreMetrics = endpoint({
  ...common,
  method: 'GET',
  path: '/api/ai-copilot/metrics',
  summary: 'Get how good the scores have been',
  description:
    'Over scores whose outcome became known in the window. `verified`: markets of this installation, scored when they were new and settled here. `reported`: outcomes told by callers.',
  query: z.strictObject({ window: z.enum(['7d', '30d', '90d', 'all']).default('90d') }),
  answer: single(
    z
      .object({
        window: z.enum(['7d', '30d', '90d', 'all']),
        model: z.string(),
        verified: measured,
        reported: measured,
        waiting: z.number().int().meta({ description: 'Scores whose outcome is not known yet.' }),
        verdict: z.string().meta({ description: 'What the figures say about score and market, in a sentence.' }),
      })
      .meta({ id: 'ScoreMetrics' }),
  ),
});

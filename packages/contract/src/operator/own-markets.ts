/** Markets of an operator's own, and what the MarketAgent suggests about them. */
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { marketId, settlementId, suggestionId } from '../ids.ts';
import { cursorQuery, paged, pageQuery, single } from '../page.ts';
import { category } from '../shapes/category.ts';
import { marketResolution, marketStatus } from '../shapes/market.ts';
import { lintReport, marketDraft } from '../shapes/market-draft.ts';
import { instant, nonNegativeUsd, quantity, unitPrice } from '../units.ts';

const common = { audience: 'operator', tag: 'Copilot' } as const;
const ofMarket = z.strictObject({ market_id: marketId });
const reason = z.string().trim().min(1).max(500);
const result = {
  resolution: marketResolution,
  evidence: z.string().trim().min(1).max(2_000).meta({ description: 'What shows that the market ended so; kept for ever.' }),
  evidence_url: z
    .url({ protocol: /^https?$/ })
    .max(1_000)
    .nullable()
    .default(null),
};
const liquidity = nonNegativeUsd
  .refine((value) => value >= 10_000n && value <= 100_000_000n, 'Expected dollars from 100 to 1000000')
  .meta({ description: 'What the house commits, 100 to 1,000,000 dollars: more makes the spread narrower and the price calmer.' });
const houseAnchor = unitPrice
  .refine((value) => value >= 100n && value <= 9_900n, 'Expected a price from 0.01 to 0.99')
  .meta({ description: 'What the house says yes is worth.' });

const ownMarket = z
  .object({
    id: marketId,
    title: z.string(),
    category,
    status: marketStatus,
    status_reason: z.string().nullable(),
    yes_price: unitPrice
      .nullable()
      .meta({ description: 'The anchor, moved at most a quarter of the narrowest spread towards the loaded side.' }),
    anchor_price: unitPrice,
    priced_at: instant.nullable(),
    liquidity_usd: nonNegativeUsd,
    end_date: instant,
    closed_at: instant.nullable().meta({ description: 'Since when a proposed result has ended trading.' }),
    resolution: marketResolution.nullable(),
    resolver: z.enum(['operator', 'platform']),
    proposal: z
      .object({
        settlement_id: settlementId,
        resolution: marketResolution,
        proposed_by: z.string(),
        proposed_by_name: z
          .string()
          .nullable()
          .meta({ description: 'E-mail address of a member, name of a key pair; null for the platform and its jobs.' }),
        needs_approval: z.boolean(),
      })
      .nullable(),
    draft: marketDraft,
    lint: lintReport,
    yes_shares: quantity,
    no_shares: quantity,
    volume_usd: nonNegativeUsd,
    trade_count: z.number().int(),
    created_by: z.string(),
    created_at: instant,
  })
  .meta({ id: 'OwnMarket' });

export const deployDraft = endpoint({
  ...common,
  method: 'POST',
  path: '/api/copilot/markets/deploy',
  needs: 'write',
  summary: 'Deploy a draft as a market of your own',
  description:
    'Seen and traded by your players only, from now on. Refused while the lint finds errors, and while a market of yours with the same question is open.',
  body: z.strictObject({
    draft: marketDraft,
    liquidity_usd: liquidity,
    resolver: z.enum(['operator', 'platform']).meta({ description: 'Who names the result: your members, or the staff of the platform.' }),
  }),
  status: 201,
  answer: single(ownMarket),
  refusals: ['DRAFT_UNFIT', 'CONFLICT'],
});
export const listDeployedMarkets = endpoint({
  ...common,
  method: 'GET',
  path: '/api/copilot/markets',
  summary: 'List the markets of your own',
  description: 'Newest first.',
  query: z.strictObject({ ...pageQuery, ...cursorQuery, status: marketStatus.optional() }),
  answer: paged(ownMarket),
});
export const changeDeployedMarket = endpoint({
  ...common,
  method: 'PATCH',
  path: '/api/copilot/markets/{market_id}',
  needs: 'write',
  summary: 'Change a market of your own',
  description:
    'Its price, what the house commits, or whether it is offered. In force with the next quote. Wording is fixed as long as anybody holds shares.',
  params: ofMarket,
  body: z
    .strictObject({
      anchor_price: houseAnchor.optional(),
      liquidity_usd: liquidity.optional(),
      status: z.enum(['active', 'paused']).optional(),
      draft: marketDraft.optional(),
      reason,
    })
    .refine(({ reason: _, ...changes }) => Object.values(changes).some((value) => value !== undefined), 'Expected at least one change'),
  answer: single(ownMarket),
  refusals: ['CONFLICT', 'DRAFT_UNFIT'],
});
export const resolveDeployedMarket = endpoint({
  ...common,
  method: 'POST',
  path: '/api/copilot/markets/{market_id}/resolve',
  needs: 'write',
  summary: 'Name the result of a market of your own',
  description:
    'Trading ends with this answer; settled like every market: after approval by somebody else and the challenge window, where the platform has set them.',
  params: ofMarket,
  body: z.strictObject(result),
  status: 201,
  answer: single(ownMarket),
  refusals: ['CONFLICT'],
});
export const approveDeployedResult = endpoint({
  ...common,
  method: 'POST',
  path: '/api/copilot/markets/{market_id}/approve',
  needs: 'write',
  summary: 'Approve the result of a market of your own',
  description: 'By somebody else than who named it.',
  params: ofMarket,
  answer: single(ownMarket),
  refusals: ['CONFLICT'],
});

const suggestionKind = z.enum(['pause', 'widen', 'resolve', 'fix_wording', 'reprice', 'raise_limit']);
const suggestion = z
  .object({
    id: suggestionId,
    kind: suggestionKind,
    status: z.enum(['open', 'accepted', 'rejected', 'expired']),
    severity: z.enum(['info', 'warning', 'critical']),
    origin: z.enum(['rules', 'claude']).meta({ description: 'claude: a model proposed it, and the rules found its figures to be so.' }),
    model: z.string().nullable().meta({ description: 'Of Claude; null where the rules made it.' }),
    market_id: marketId.nullable(),
    title: z.string(),
    reason: z.string(),
    evidence: z.array(z.object({ name: z.string(), value: z.string() })).meta({ description: 'The figures it stands on, as they were.' }),
    needs_result: z.boolean().meta({ description: 'Accepting it takes a resolution and its evidence.' }),
    created_at: instant,
    expires_at: instant,
    decided_at: instant.nullable(),
    decided_by: z.string().nullable(),
    decision_reason: z.string().nullable(),
  })
  .meta({ id: 'AgentSuggestion' });

export const listAgentDecisions = endpoint({
  ...common,
  method: 'GET',
  path: '/api/copilot/agent/decisions',
  summary: 'List what the MarketAgent suggests',
  description: 'Newest first. Suggestions expire when their reason is gone or nobody decides within a day.',
  query: z.strictObject({
    ...pageQuery,
    ...cursorQuery,
    status: z.enum(['open', 'accepted', 'rejected', 'expired']).optional(),
    kind: suggestionKind.optional(),
    market_id: marketId.optional(),
  }),
  answer: paged(suggestion),
});
export const decideSuggestion = endpoint({
  ...common,
  method: 'POST',
  path: '/api/copilot/agent/decisions',
  needs: 'write',
  summary: 'Accept or reject a suggestion',
  description:
    'Accepted ones are carried out at once by the ordinary action, with its own audit row, its own checks and refusals. A rejected one is not made again.',
  body: z
    .strictObject({
      suggestion_id: suggestionId,
      decision: z.enum(['accept', 'reject']),
      reason,
      resolution: marketResolution.optional(),
      evidence: result.evidence.optional(),
    })
    .refine(
      ({ decision, resolution, evidence }) => decision === 'accept' || (resolution === undefined && evidence === undefined),
      'Expected no result when rejecting',
    ),
  answer: single(suggestion),
  refusals: ['CONFLICT', 'NOT_FOUND', 'DRAFT_UNFIT'],
});

/** Settling markets: proposing, approving, withdrawing and correcting results; the records of what came of them. */
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { marketId, settlementId } from '../ids.ts';
import { cursorQuery, listed, paged, pageQuery, single } from '../page.ts';
import { pendingSettlement, resolution, settlement, settlementPreview, settlementStatus } from '../shapes/settlement.ts';
import { operatorSettlementRules, operatorSettlementRulesBody } from '../shapes/settlement-rules.ts';

const common = { audience: 'admin', tag: 'Settlements' } as const;
const ofMarket = z.strictObject({ market_id: marketId });
const ofSettlement = z.strictObject({ settlement_id: settlementId });
const evidence = z.string().trim().min(1).max(2_000).meta({ description: 'What shows that the market ended so; kept for ever.' });
const result = z.strictObject({
  resolution,
  evidence,
  evidence_url: z
    .url({ protocol: /^https?$/ })
    .max(1_000)
    .nullable()
    .default(null),
});

export const listSettlements = endpoint({
  ...common,
  method: 'GET',
  path: '/api/internal/settlements',
  summary: 'List settlements',
  description: 'Newest first.',
  query: z.strictObject({
    ...pageQuery,
    ...cursorQuery,
    status: settlementStatus.optional(),
    market_id: marketId.optional(),
    operator: z.string().max(100).optional().meta({ description: 'Slug or id: the figures are then those of this operator.' }),
  }),
  answer: paged(settlement),
});
export const listPendingSettlements = endpoint({
  ...common,
  method: 'GET',
  path: '/api/internal/settlements/pending',
  summary: 'List markets that are not fully settled',
  description: 'Proposed results, credits and callbacks under way, and callbacks that wait for a person. Oldest first, at most 200.',
  answer: listed(pendingSettlement),
});
export const getSettlement = endpoint({
  ...common,
  method: 'GET',
  path: '/api/internal/settlements/{settlement_id}',
  summary: 'Get a settlement',
  params: ofSettlement,
  answer: single(settlement),
});
export const previewSettlement = endpoint({
  ...common,
  method: 'GET',
  path: '/api/internal/markets/{market_id}/settlement-preview',
  summary: 'Preview a settlement',
  description:
    'Who would be paid what if the market were decided now: totals by operator, and the 100 largest payouts. Of a settled market: the differences.',
  params: ofMarket,
  query: z.strictObject({ resolution }),
  answer: single(settlementPreview),
});
export const resolveMarket = endpoint({
  ...common,
  method: 'POST',
  path: '/api/internal/markets/{market_id}/resolve',
  needs: 'write',
  summary: 'Resolve or void a market',
  description:
    'Trading ends with this answer. The result is decided at once, or after approval and the challenge window where they are set.',
  params: ofMarket,
  body: result,
  status: 201,
  answer: single(settlement),
  refusals: ['CONFLICT'],
});
export const correctSettlement = endpoint({
  ...common,
  method: 'POST',
  path: '/api/internal/settlements/{settlement_id}/correct',
  needs: 'write',
  summary: 'Correct a settlement',
  description:
    'Settles the market again with another result; every player gets or gives back the exact difference, as the operator has set for what is spent.',
  params: ofSettlement,
  body: result,
  status: 201,
  answer: single(settlement),
  refusals: ['CONFLICT'],
});
export const approveSettlement = endpoint({
  ...common,
  method: 'POST',
  path: '/api/internal/settlements/{settlement_id}/approve',
  needs: 'write',
  summary: 'Approve a proposed result',
  description: 'By somebody else than its proposer.',
  params: ofSettlement,
  answer: single(settlement),
  refusals: ['CONFLICT'],
});
export const withdrawSettlement = endpoint({
  ...common,
  method: 'POST',
  path: '/api/internal/settlements/{settlement_id}/withdraw',
  needs: 'write',
  summary: 'Withdraw a proposed result',
  description: 'Before it is decided; the market is traded again.',
  params: ofSettlement,
  body: z.strictObject({ reason: z.string().trim().min(1).max(500) }),
  answer: single(z.object({ id: settlementId, market_id: marketId, status: z.literal('withdrawn') })),
  refusals: ['CONFLICT'],
});

const rules = z
  .object({
    challenge_minutes: z
      .number()
      .int()
      .min(0)
      .max(43_200)
      .meta({ description: 'Between the proposal, or its approval, and the decision.' }),
    four_eyes: z.boolean().meta({ description: 'A second person must approve every result.' }),
  })
  .meta({ id: 'SettlementRules' });
export const getSettlementRules = endpoint({
  ...common,
  method: 'GET',
  path: '/api/internal/settlements/rules',
  summary: 'Get the rules of settling',
  answer: single(rules),
});
export const changeSettlementRules = endpoint({
  ...common,
  method: 'PUT',
  path: '/api/internal/settlements/rules',
  needs: 'config',
  summary: 'Set the rules of settling',
  description: 'They hold for results proposed from now on.',
  body: z.strictObject(rules.shape),
  answer: single(rules),
});

const ofOperator = z.strictObject({ slug: z.string().max(100) });
export const getOperatorSettlementRules = endpoint({
  ...common,
  method: 'GET',
  path: '/api/internal/operators/{slug}/settlement-rules',
  summary: 'Get the rules of settling of an operator',
  params: ofOperator,
  answer: single(operatorSettlementRules),
});
export const changeOperatorSettlementRules = endpoint({
  ...common,
  method: 'PUT',
  path: '/api/internal/operators/{slug}/settlement-rules',
  needs: 'config',
  summary: 'Set the rules of settling of an operator',
  description: 'They hold for results decided from now on.',
  params: ofOperator,
  body: operatorSettlementRulesBody,
  answer: single(operatorSettlementRules),
});

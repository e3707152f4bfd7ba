/** What settlements meant for one operator, and what it has set about them. */
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { inOrder, periodQuery } from '../filters.ts';
import { marketId, settlementId } from '../ids.ts';
import { cursorQuery, paged, pageQuery, single } from '../page.ts';
import { operatorSettlement, settlementStatus } from '../shapes/settlement.ts';
import { operatorSettlementRules, operatorSettlementRulesBody } from '../shapes/settlement-rules.ts';

export const listOwnSettlements = endpoint({
  method: 'GET',
  path: '/api/operator/settlements',
  audience: 'operator',
  tag: 'Settlements',
  summary: 'List settlements',
  description: 'Markets your players held positions in, newest first.',
  query: z
    .strictObject({
      ...pageQuery,
      ...cursorQuery,
      status: settlementStatus.optional(),
      market_id: marketId.optional(),
      ...periodQuery,
    })
    .check(inOrder('from', 'to')),
  answer: paged(operatorSettlement),
});

export const getOwnSettlement = endpoint({
  method: 'GET',
  path: '/api/operator/settlements/{settlement_id}',
  audience: 'operator',
  tag: 'Settlements',
  summary: 'Get a settlement',
  description: 'What it meant for your players.',
  params: z.strictObject({ settlement_id: settlementId }),
  answer: single(operatorSettlement),
});

export const getOwnSettlementRules = endpoint({
  method: 'GET',
  path: '/api/operator/settlement-rules',
  audience: 'operator',
  tag: 'Settlements',
  summary: 'Get your rules of settling',
  answer: single(operatorSettlementRules),
});
export const changeOwnSettlementRules = endpoint({
  method: 'PUT',
  path: '/api/operator/settlement-rules',
  audience: 'operator',
  tag: 'Settlements',
  needs: 'config',
  summary: 'Set your rules of settling',
  description: 'They hold for results decided from now on.',
  body: operatorSettlementRulesBody,
  answer: single(operatorSettlementRules),
});

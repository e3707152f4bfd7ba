/** What settlements meant for one operator. */
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { marketId } from '../ids.ts';
import { cursorQuery, paged, pageQuery } from '../page.ts';
import { operatorSettlement, settlementStatus } from '../shapes/settlement.ts';
import { instant } from '../units.ts';

export const listOwnSettlements = endpoint({
  method: 'GET',
  path: '/api/operator/settlements',
  audience: 'operator',
  tag: 'Settlements',
  summary: 'List settlements',
  description: 'Markets your players held positions in, newest first.',
  query: z.strictObject({
    ...pageQuery,
    ...cursorQuery,
    status: settlementStatus.optional(),
    market_id: marketId.optional(),
    from: instant.optional().meta({ description: 'ISO 8601; resolved from this instant on.' }),
    to: instant.optional().meta({ description: 'ISO 8601; resolved before this instant.' }),
  }),
  answer: paged(operatorSettlement),
});

import { expect, test } from 'vitest';
import type { Row } from '../platform/db.ts';
import { indexPositions } from './index-positions.ts';
import type { PositionColumns } from './trade-columns.sql.ts';

const position = (id: bigint, market: bigint): PositionColumns => ({
  id,
  operator: 1n,
  player: 2n,
  market,
  no: false,
  quantity: 100,
  cost: 10,
  realized: 0,
  opened: Number(id),
  first: true,
});

test('a market that was priced before anybody held it keeps its price for its first position', async () => {
  const positions = indexPositions();
  await positions.load(() => Promise.resolve([]));
  const prices: [string, Row[]] = ['columns_mids', [{ mids: '7 6000,8 2000' }]];
  positions.take(new Map([prices]));
  positions.take(new Map([['columns_positions_moved', [position(1n, 7n), position(2n, 8n)]], prices]));
  const sort = { sort: 'market_value', order: 'desc' } as const;
  const { ids } = positions.choose({ filter: {}, sort, slice: { offset: 0, limit: 10 } } as never);
  expect(ids).toEqual([1n, 2n]);
});

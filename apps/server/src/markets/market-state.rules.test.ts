import { expect, test } from 'vitest';
import { isResultPending, tradingStatus } from './market-state.rules.ts';

const CLOSED = new Date('2026-03-19T12:00:00Z');
test.each([
  ['active', null, 'active', false],
  ['paused', null, 'paused', false],
  ['active', CLOSED, 'resolved', true],
  ['paused', CLOSED, 'resolved', true],
  ['resolved', CLOSED, 'resolved', false],
  ['cancelled', CLOSED, 'cancelled', false],
] as const)('%s, closed %s: trading goes by %s', (status, closedAt, tradedAs, pending) => {
  expect([tradingStatus({ status, closedAt }), isResultPending({ status, closedAt })]).toEqual([tradedAs, pending]);
});

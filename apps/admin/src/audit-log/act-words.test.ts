import { expect, test } from 'vitest';
import { formatAct, formatAuditValue, formatField, summaryOf } from './act-words.ts';

test.each([
  ['balance.deposit', 'Deposited by hand'],
  ['onboarding.advance', 'Passed an onboarding step'],
  ['admin.login', 'Signed in'],
  ['something_new.done', 'Something new done'],
])('%s: %s', (action, words) => expect(formatAct(action)).toBe(words));

test.each([
  ['maxBet', 'Most bet'],
  ['liquidity_cents', 'Liquidity'],
  ['limits.stake_week.value', 'Limits, stake week'],
  ['limits.stake_month.next.at', 'Limits, stake month, next, at'],
  ['trading_fee_bps', 'Trading fee'],
  ['value', 'Value'],
  ['ip', 'IP'],
])('the field %s is called %s', (field, words) => expect(formatField(field)).toBe(words));

test.each([
  ['maxBet', '25000', '$250.00'],
  ['exposureLimit', '5000000', '$50,000.00'],
  ['total_cents', '179290', '$1,792.90'],
  ['limits.stake_week.value', '50000', '$500.00'],
  ['limits.session.value', '1', '1 minute'],
  ['referrer_bonus_usd', '1000', '$10.00'],
  ['trading.max_bet_usd', 1_000, '$1,000.00'],
  ['fees.trading_fee_bps', 51, '0.5%'],
  ['revenue_share_pct', 12.5, '12.5%'],
  ['price', '4200', '42.0¢'],
  ['cooldownMinutes', 60, '60 minutes'],
  ['attempts', 1_200, '1,200'],
  ['fourEyes', true, 'on'],
  ['tripReason', null, 'none'],
  ['recipients', [], 'none'],
  ['blockedCategories', ['crypto', 'sports'], 'crypto, sports'],
  ['status', 'in_review', 'In review'],
  ['market', 'mkt_09xhqk351y176', 'mkt_09xhqk351y176'],
  ['id', '372280478381670712', '372280478381670712'],
  ['excluded_until', '9999-12-31T00:00:00.000Z', 'for good'],
  ['due_at', '2026-09-16T00:00:00.000Z', '16 Sep 2026'],
  ['paid_at', '2026-10-05T01:24:51.533Z', '5 Oct 2026 01:24:51'],
])('%s of %j is %s', (field, value, words) => expect(formatAuditValue(field, value)).toBe(words));

test('a row says the first change that is no id, from what to what where there was something', () => {
  const market = { field: 'market', before: null, after: 'mkt_09xhqk351y176' };
  expect(summaryOf([market, { field: 'outcome', before: null, after: 'yes' }])).toBe('Outcome: yes, and 1 more');
  expect(summaryOf([{ field: 'maxBet', before: '25000', after: null }])).toBe('Most bet: $250.00 → none');
  expect(summaryOf([market])).toBe('Market: mkt_09xhqk351y176');
  expect(summaryOf([])).toBeNull();
});

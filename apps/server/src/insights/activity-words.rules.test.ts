import { encodeId, type Id } from '@predictu/contract/ids';
import { cents, price, shares } from '@predictu/contract/units';
import { describe, expect, test } from 'vitest';
import { auditWords, playerWords, recordWords, riskWords, settlementWords, tradeWords } from './activity-words.rules.ts';

const trade = {
  id: 5n,
  player_id: 2n,
  username: 'player_42',
  market_id: 3n,
  market_title: 'Will it?',
  category: 'crypto',
  outcome: 'yes',
  side: 'buy',
  price: price(6_200n),
  quantity: shares(20_000n),
  amount_cents: cents(12_400n),
} as const;

test('a trade says who did what at which price for how much', () => {
  const words = tradeWords(trade);
  expect(words.description).toBe("player_42 bought 200 YES @ $0.6200 on 'Will it?' ($124.00)");
  expect(words).toMatchObject({ title: 'Large trade executed', metadata: { amount_usd: 124, price: 0.62, quantity: 200 } });
  const small = tradeWords({ ...trade, side: 'sell', outcome: 'no', amount_cents: cents(9_999n), quantity: shares(5n) });
  expect(small).toMatchObject({ title: 'Trade executed', description: "player_42 sold 0.05 NO @ $0.6200 on 'Will it?' ($99.99)" });
});

const event = {
  id: 1n,
  severity: 'warning',
  wall: 3,
  message: 'close',
  scope: {},
  value_cents: cents(6_005n),
  threshold_cents: cents(10_000n),
  player_id: null,
  player_name: null,
  market_id: null,
} as const;
test('a limit approached is not a trade refused', () => {
  expect(riskWords({ ...event, type: 'wall_violation', scope: { kind: 'approached' } })).toMatchObject({
    title: 'Limit approached',
    metadata: { utilization_pct: 60.1 },
  });
  const moved = { ...event, type: 'sharp_detection', message: 'Tier from normal to sharp: x' } as const;
  expect(riskWords({ ...moved, player_name: 'ann' }).description).toBe('ann: Tier from normal to sharp: x');
  expect(riskWords(moved).description).toBe('Tier from normal to sharp: x');
  expect(riskWords({ ...event, type: 'wall_violation' }).title).toBe('Trade refused by a limit');
  expect(riskWords({ ...event, type: 'circuit_breaker', threshold_cents: null })).toMatchObject({
    title: 'Circuit breaker',
    metadata: { utilization_pct: null, threshold_usd: null },
  });
  expect(riskWords({ ...event, type: 'anomaly', threshold_cents: cents(0n) }).metadata).toMatchObject({ utilization_pct: null });
});

describe('settlements', () => {
  const settlement = { id: 1n, market_id: 3n, market_title: 'Will it?', outcome: 'no', corrects_id: null } as const;
  test('the first and a correction, of the platform and of one operator', () => {
    expect(settlementWords(settlement)).toMatchObject({ title: 'Market settled', severity: 'info' });
    expect(settlementWords({ ...settlement, corrects_id: 9n })).toMatchObject({ title: 'Settlement corrected', severity: 'warning' });
    const record = { ...settlement, operator_id: 1n, positions: 5n, winners: 2n, losers: 3n, payout_cents: cents(3_410n) };
    expect(recordWords(record)).toMatchObject({
      title: 'Positions settled',
      metadata: { positions: 5, winners: 2, losers: 3, payout_usd: 34.1 },
    });
    expect(recordWords(record).description).toContain('5 positions, 2 won, $34.10 paid out');
    expect(recordWords({ ...record, positions: 1n }).description).toContain('1 position, ');
    expect(recordWords({ ...record, corrects_id: 9n }).title).toBe('Positions settled again');
  });
});

describe('audited acts', () => {
  const act = {
    id: 1n,
    actor_kind: 'admin',
    action: 'config.updated',
    subject: 'platform_config',
    subject_name: null,
    after: { 'fees.x': 1 },
    reason: 'why',
  };
  test('a change names its keys, anything else its subject; unknown acts are spelled out', () => {
    expect(auditWords(act)).toMatchObject({
      title: 'Platform configuration changed',
      description: 'fees.x, by a platform admin: why',
      metadata: { changed_keys: ['fees.x'] },
    });
    const other = auditWords({
      ...act,
      action: 'player.tier_held',
      subject: encodeId('user', 8n),
      after: null,
      reason: null,
      actor_kind: 'robot',
    });
    expect(
      auditWords({ ...act, action: 'operator.create', subject: 'operator:x', subject_name: 'X Casino', after: null }).description,
    ).toBe('X Casino, by a platform admin: why');
    expect(other).toMatchObject({ title: 'Player tier held', description: `${encodeId('user', 8n)}, by robot`, user_id: 8n as Id<'user'> });
  });

  test('the market is the subject, or what the act says it is about', () => {
    const market = encodeId('market', 3n);
    expect(auditWords({ ...act, action: 'market.pause', subject: market })).toMatchObject({ market_id: 3n, severity: 'warning' });
    expect(auditWords({ ...act, action: 'settlement.propose', subject: 'stl', after: { market } }).market_id).toBe(3n);
    expect(auditWords({ ...act, action: 'settlement.propose', subject: 'stl', after: { market: 3 } }).market_id).toBeNull();
  });
});

test('a player is called by its name, or by the operator’s', () => {
  expect(playerWords({ id: 2n, external_id: 'x1', username: null }).description).toMatch(/^x1 /);
  expect(playerWords({ id: 2n, external_id: 'x1', username: 'ann' }).description).toMatch(/^ann /);
});

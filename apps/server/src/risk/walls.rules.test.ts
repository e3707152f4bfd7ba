import { cents, shares } from '@predictu/contract/units';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textTable } from '../../test/text-table.ts';
import {
  effectiveLimitTier,
  judgeWalls,
  type LimitTier,
  perTradeLimit,
  type RiskTier,
  TIER_CAPS,
  type WallInput,
  wallRefusal,
} from './walls.rules.ts';

const amount = (text = '') => BigInt(Math.round(Number(text.replaceAll(/[$,]/g, '')) * 100));
const limitOf = (text = '') => (text === '-' ? null : cents(amount(text)));
const LIMIT_TIERS = { new: cents(1_000n), regular: cents(10_000n), vip: cents(100_000n) };

describe('wall 1: the tightest limit on one trade', () => {
  it.each(
    textTable(`
      why                                  | platform | default | operator | player  | limit tier | tier       | limit  | of
      a new player                         | $5,000   | $1,000  | $1,000   | -       | new        | normal     | $10    | limit_tier
      a regular player                     | $5,000   | $1,000  | $1,000   | -       | regular    | normal     | $100   | limit_tier
      a vip: the default stands first      | $5,000   | $1,000  | $1,000   | -       | vip        | normal     | $1,000 | default
      a sharp player has no cap of its own | $5,000   | $2,000  | $2,000   | -       | vip        | sharp      | $1,000 | limit_tier
      restricted                           | $5,000   | $1,000  | $1,000   | -       | vip        | restricted | $100   | tier
      restricted and new                   | $5,000   | $1,000  | $1,000   | -       | new        | restricted | $10    | limit_tier
      banned                               | $5,000   | $1,000  | $1,000   | -       | vip        | banned     | $0     | tier
      the player's own                     | $5,000   | $1,000  | $1,000   | $7.50   | new        | normal     | $7.50  | player
      a player's own of zero               | $5,000   | $1,000  | $1,000   | $0      | new        | normal     | $0     | player
      the operator's                       | $5,000   | $1,000  | $5       | -       | new        | normal     | $5     | operator
      the platform's                       | $3       | $1,000  | $5       | $4      | new        | normal     | $3     | platform
    `),
  )('$why', (row) => {
    const limits: WallInput['perTrade'] = {
      platform: cents(amount(row['platform'])),
      userDefault: cents(amount(row['default'])),
      operator: cents(amount(row['operator'])),
      player: limitOf(row['player']),
      limitTier: row['limit tier'] as LimitTier,
      limitTiers: LIMIT_TIERS,
      tier: row['tier'] as RiskTier,
    };
    expect(perTradeLimit(limits)).toEqual({ limit: amount(row['limit']), source: row['of'] });
  });
});

describe('a new player becomes regular', () => {
  const created = new Date('2026-03-01T00:00:00Z');
  it.each(
    textTable(`
      tier    | days     | trades | effective
      new     | 0        | 0      | new
      new     | 7        | 4      | new
      new     | 6.999999 | 5      | new
      new     | 7        | 5      | regular
      new     | 400      | 900    | regular
      regular | 0        | 0      | regular
      vip     | 400      | 900    | vip
    `),
  )('$tier, $days days, $trades trades: $effective', ({ tier, days, trades, effective }) => {
    const now = new Date(created.getTime() + Number(days) * 86_400_000);
    expect(effectiveLimitTier({ limitTier: tier as LimitTier, createdAt: created, tradeCount: Number(trades) }, now)).toBe(effective);
  });
});

/** A vip buying 100 shares for $50, everything wide open. */
const OPEN: WallInput = {
  cost: cents(5_000n),
  quantity: shares(10_000n),
  perTrade: {
    platform: cents(500_000n),
    userDefault: cents(100_000n),
    operator: cents(100_000n),
    player: null,
    limitTier: 'vip',
    limitTiers: LIMIT_TIERS,
    tier: 'normal',
  },
  market: { limit: cents(5_000_000n), exposure: shares(0n) },
  category: { limit: cents(20_000_000n), exposure: shares(0n) },
  operatorCategory: { limit: null, exposure: shares(0n) },
  operator: { limit: cents(10_000_000n), exposure: shares(0n) },
  global: { limit: cents(50_000_000n), exposure: shares(0n) },
};
type Scope = 'market' | 'category' | 'operatorCategory' | 'operator' | 'global';

describe('the five walls', () => {
  // The trade: 100 shares, so $100 of exposure, for $50. Cells: open exposure / limit.
  it.each(
    textTable(`
      why                               | bet max | market   | category | own category | operator | global    | wall | of         | value   | limit
      all open                          | -       | -        | -        | -            | -        | -         | none | -          | -       | -
      cost equals the bet limit         | $50     | -        | -        | -            | -        | -         | none | -          | -       | -
      a cent over the bet limit         | $49.99  | -        | -        | -            | -        | -         | 1    | player     | $50     | $49.99
      the market filled to the limit    | -       | 900/1000 | -        | -            | -        | -         | none | -          | -       | -
      the market a cent over            | -       | 900.01/1000 | -     | -            | -        | -         | 2    | platform   | $1000.01 | $1000
      the category filled               | -       | -        | 900/1000 | -            | -        | -         | none | -          | -       | -
      the category a cent over          | -       | -        | 900.01/1000 | -         | -        | -         | 3    | platform   | $1000.01 | $1000
      the operator's category filled    | -       | -        | -        | 400/500      | -        | -         | none | -          | -       | -
      the operator's category over      | -       | -        | -        | 400.01/500   | -        | -         | 3    | operator   | $500.01 | $500
      both over: the tighter refuses    | -       | -        | 950/1000 | 480/500      | -        | -         | 3    | operator   | $580    | $500
      both over, the other way round    | -       | -        | 990/1000 | 450/500      | -        | -         | 3    | platform   | $1090   | $1000
      the operator filled               | -       | -        | -        | -            | 900/1000 | -         | none | -          | -       | -
      the operator a cent over          | -       | -        | -        | -            | 900.01/1000 | -      | 4    | operator   | $1000.01 | $1000
      the platform filled               | -       | -        | -        | -            | -        | 900/1000  | none | -          | -       | -
      the platform a cent over          | -       | -        | -        | -            | -        | 900.01/1000 | 5  | platform   | $1000.01 | $1000
      a limit of zero                   | -       | 0/0      | -        | -            | -        | -         | 2    | platform   | $100    | $0
      a lowered limit                   | -       | -        | -        | -            | 5000/1000 | -        | 4    | operator   | $5100   | $1000
      everything over: 1 is first       | $10     | 9/9      | 9/9      | 9/9          | 9/9      | 9/9       | 1    | player     | $50     | $10
      then 2                            | -       | 9/9      | 9/9      | 9/9          | 9/9      | 9/9       | 2    | platform   | $109    | $9
      then 3                            | -       | -        | 9/9      | 9/9          | 9/9      | 9/9       | 3    | platform   | $109    | $9
      then 4                            | -       | -        | -        | -            | 9/9      | 9/9       | 4    | operator   | $109    | $9
      then 5                            | -       | -        | -        | -            | -        | 9/9       | 5    | platform   | $109    | $9
    `),
  )('$why', (row) => {
    const input = structuredClone(OPEN);
    input.perTrade.player = limitOf(row['bet max']);
    const columns: [string, Scope][] = [
      ['market', 'market'],
      ['category', 'category'],
      ['own category', 'operatorCategory'],
      ['operator', 'operator'],
      ['global', 'global'],
    ];
    for (const [column, scope] of columns) {
      const [exposure, limit] = (row[column] ?? '').split('/');
      if (limit !== undefined) input[scope] = { exposure: shares(amount(exposure)), limit: cents(amount(limit)) };
    }
    const judged = judgeWalls(input);
    if (row['wall'] === 'none') expect(judged.ok).toBe(true);
    else {
      expect(judged).toMatchObject({
        ok: false,
        wall: Number(row['wall']),
        source: row['of'],
        value: amount(row['value']),
        limit: amount(row['limit']),
        name: ['', 'per_trade', 'per_market', 'per_category', 'per_operator', 'global'][Number(row['wall'])],
      });
    }
  });

  it('what passed is read off in order, the tighter of two category limits among it', () => {
    const input: WallInput = { ...OPEN, operatorCategory: { limit: cents(50_000n), exposure: shares(1_000n) } };
    expect(judgeWalls(input)).toEqual({
      ok: true,
      passed: [
        { wall: 1, name: 'per_trade', source: 'default', limit: 100_000n, value: 5_000n },
        { wall: 2, name: 'per_market', source: 'platform', limit: 5_000_000n, value: 10_000n },
        { wall: 3, name: 'per_category', source: 'operator', limit: 50_000n, value: 11_000n },
        { wall: 4, name: 'per_operator', source: 'operator', limit: 10_000_000n, value: 10_000n },
        { wall: 5, name: 'global', source: 'platform', limit: 50_000_000n, value: 10_000n },
      ],
    });
  });

  it('equal room: the platform is named; no category limit at all: nothing is read there', () => {
    const same = { limit: cents(50_000n), exposure: shares(0n) };
    expect(judgeWalls({ ...OPEN, category: same, operatorCategory: same })).toMatchObject({
      passed: [{}, {}, { source: 'platform' }, {}, {}],
    });
    const judged = judgeWalls({ ...OPEN, category: { limit: null, exposure: shares(9n) } });
    expect(judged.ok && judged.passed.map(({ wall }) => wall)).toEqual([1, 2, 4, 5]);
  });

  it.each(
    textTable(`
      scope    | wall | message
      perTrade | 1    | The trade costs $50.00; the most for one trade is $0.05
      market   | 2    | The exposure of the market would be $1234.56; its limit is $0.05
      category | 3    | The exposure of the category would be $1234.56; its limit is $0.05
      operator | 4    | The exposure of the operator would be $1234.56; its limit is $0.05
      global   | 5    | The exposure of the platform would be $1234.56; its limit is $0.05
    `),
  )('the refusal of wall $wall names limit and value', ({ scope, wall, message }) => {
    const input = structuredClone(OPEN);
    if (scope === 'perTrade') input.perTrade.player = cents(5n);
    else input[scope as Scope] = { limit: cents(5n), exposure: shares(113_456n) };
    const judged = judgeWalls(input);
    if (judged.ok) throw new Error('expected a refusal');
    expect(wallRefusal(judged)).toEqual({
      refused: 'RISK_LIMIT',
      message,
      details: {
        wall: Number(wall),
        wall_name: judged.name,
        source: judged.source,
        limit_usd: 0.05,
        value_usd: Number(judged.value) / 100,
      },
    });
  });
});

describe('for every input', () => {
  const money = fc.bigInt({ min: 0n, max: 2_000n });
  const scope = fc.record({ limit: fc.option(money.map(cents)), exposure: money.map(shares) });
  const anyInput: fc.Arbitrary<WallInput> = fc.record({
    cost: money.map(cents),
    quantity: money.map(shares),
    perTrade: fc.record({
      platform: money.map(cents),
      userDefault: money.map(cents),
      operator: money.map(cents),
      player: fc.option(money.map(cents)),
      limitTier: fc.constantFrom<LimitTier[]>('new', 'regular', 'vip'),
      limitTiers: fc.record({ new: money.map(cents), regular: money.map(cents), vip: money.map(cents) }),
      tier: fc.constantFrom<RiskTier[]>('normal', 'sharp', 'restricted', 'banned'),
    }),
    market: scope,
    category: scope,
    operatorCategory: scope,
    operator: scope,
    global: scope,
  });
  /** The same rule, said naively. */
  function firstBroken({ cost, quantity, perTrade, ...scopes }: WallInput): number | undefined {
    const bets = [
      perTrade.platform,
      perTrade.userDefault,
      perTrade.operator,
      perTrade.player,
      perTrade.limitTiers[perTrade.limitTier],
      TIER_CAPS[perTrade.tier],
    ];
    if (bets.some((limit) => limit !== null && cost > limit)) return 1;
    const over = ({ limit, exposure }: WallInput['market']) => limit !== null && exposure + quantity > limit;
    const walls = [over(scopes.market), over(scopes.category) || over(scopes.operatorCategory), over(scopes.operator), over(scopes.global)];
    const broken = walls.indexOf(true);
    return broken < 0 ? undefined : broken + 2;
  }

  it('the first broken wall refuses, its value above its limit; whatever passed is within its limit', () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        const judged = judgeWalls(input);
        expect(judged.ok ? undefined : judged.wall).toBe(firstBroken(input));
        if (judged.ok) expect(judged.passed.every(({ value, limit }) => value <= limit)).toBe(true);
        else expect(judged.value).toBeGreaterThan(judged.limit);
      }),
      { numRuns: 2_000 },
    );
  });

  it('no limit is passed by trading in small pieces', () => {
    fc.assert(
      fc.property(anyInput, fc.array(fc.bigInt({ min: 1n, max: 300n }), { maxLength: 30 }), (input, pieces) => {
        let exposure = 0n;
        for (const quantity of pieces) {
          const scoped = { ...input, quantity: shares(quantity), market: { ...input.market, exposure: shares(exposure) } };
          if (judgeWalls(scoped).ok) exposure += quantity;
        }
        if (input.market.limit !== null) expect(exposure).toBeLessThanOrEqual(input.market.limit);
      }),
    );
  });
});

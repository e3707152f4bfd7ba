/** A small, crowded world with tight limits, the same in the oracle and in the database. */
import { DEFAULT_PLATFORM_CONFIG } from '@predictu/contract/shapes/platform-config';
import {
  emptyOracle,
  type OracleMarket,
  type OracleOperator,
  type OraclePlatform,
  type OraclePlayer,
  type OracleWorld,
} from './oracle-world.ts';

/** Something to ask the database with: a pg client. */
export type Owner = { query(text: string, values?: unknown[]): Promise<unknown> };

export const CATEGORIES = ['sports', 'crypto', 'politics', 'other'] as const;
export const OPERATORS = [1, 2, 3];
/** The same numbers at every operator: an id alone names nobody. */
const PLAYERS = [101, 102, 103, 104];
export const MARKETS = [1001, 1002, 1003, 1004, 1005, 1006, 1007, 1008];

const PLATFORM: OraclePlatform = {
  globalLimit: 400_000,
  perMarket: 80_000,
  perTrade: 9_000,
  userMaxBet: 8_000,
  categoryLimits: { sports: 150_000, crypto: 120_000, politics: 100_000 },
  feeBps: 50,
  withdrawalFee: 25,
  baseSpread: 200,
  leastSpread: 100,
  mostSpread: 800,
  multiplier: 15_000,
  discountFrom: 500_000,
  discount: 25,
};

export function makeScene(now: number): OracleWorld {
  const world = emptyOracle({ ...PLATFORM, categoryLimits: { ...PLATFORM.categoryLimits } }, now);
  for (const id of OPERATORS) {
    const operator: OracleOperator = {
      id,
      status: id === 3 ? 'testing' : 'live',
      minBet: 100,
      maxBet: 7_000 + id,
      exposureLimit: 150_000 + id * 1_000,
      categoryLimits: id === 1 ? { sports: 60_000 } : {},
      limitTiers: { new: 1_000, regular: 5_000, vip: 20_000 },
      spreadOverride: id === 2 ? 300 : null,
      feeBps: id === 3 ? 0 : null,
      allowedCategories: [...CATEGORIES],
    };
    world.operators.set(id, operator);
    for (const player of PLAYERS) world.players.set(`${id}/${player}`, makePlayer(id, player, now));
  }
  for (const [index, id] of MARKETS.entries()) {
    const market: OracleMarket = {
      id,
      category: CATEGORIES[index % CATEGORIES.length] ?? 'other',
      status: 'active',
      mid: 1_500 + index * 1_000,
      pricedAt: now,
      endAt: null,
      liquidity: 300_000 * (index + 1),
    };
    world.markets.set(id, market);
  }
  return world;
}

const makePlayer = (operator: number, id: number, now: number): OraclePlayer => ({
  operator,
  id,
  createdAt: now - (id % 3) * 4 * 86_400_000,
  status: 'active',
  tier: 'normal',
  limitTier: id === 104 ? 'vip' : id === 103 ? 'regular' : 'new',
  score: 40 + (id % 5) * 12,
  maxBet: id === 102 ? 3_000 : null,
  allowedCategories: null,
  blockedCategories: [],
  blockedMarkets: [],
  cooldownUntil: null,
  balance: 0,
  openShares: 0,
  trades: 0,
  volume: 0,
  fees: 0,
  realized: 0,
  closed: 0,
  won: 0,
  deposited: 0,
  withdrawn: 0,
});

export const at = (milliseconds: number | null): Date | null => (milliseconds === null ? null : new Date(milliseconds));

export async function insertScene(owner: Owner, world: OracleWorld): Promise<void> {
  const now = new Date(world.now);
  for (const o of world.operators.values()) {
    await owner.query(
      `insert into operators (id, slug, name, contact_email, status, limit_tiers, created_at, updated_at) values ($1, $2, $2, 'someone@example.com', $3, $4, $5, $5)`,
      [o.id, `operator-${o.id}`, o.status, o.limitTiers, now],
    );
    await saveOperator(owner, o);
  }
  for (const p of world.players.values()) {
    await owner.query(`insert into players (operator_id, id, external_id, created_at) values ($1, $2, $3, $4)`, [
      p.operator,
      p.id,
      `player-${p.id}`,
      at(p.createdAt),
    ]);
    await savePlayer(owner, p);
  }
  for (const m of world.markets.values()) {
    await owner.query(
      `insert into markets (id, source, source_id, title, category, snapshot_id, created_at, updated_at) values ($1, 'simulated', $2, 'A question', $3, 1, $4, $4)`,
      [m.id, `market-${m.id}`, m.category, now],
    );
    await saveMarket(owner, m);
  }
  await owner.query(`insert into platform_config (document, updated_at, updated_by) values ('{}', $1, 'test')`, [now]);
  await savePlatform(owner, world.platform);
}

export const saveOperator = (owner: Owner, o: OracleOperator): Promise<unknown> =>
  owner.query(
    `update operators set status = $2, min_bet_cents = $3, max_bet_cents = $4, exposure_limit_cents = $5, category_limits = $6, limit_tiers = $7,
       spread_override_bps = $8, fee_bps = $9, allowed_categories = $10 where id = $1`,
    [o.id, o.status, o.minBet, o.maxBet, o.exposureLimit, o.categoryLimits, o.limitTiers, o.spreadOverride, o.feeBps, o.allowedCategories],
  );

export const savePlayer = (owner: Owner, p: OraclePlayer): Promise<unknown> =>
  owner.query(
    `update players set status = $3, tier = $4, limit_tier = $5, score = $6, max_bet_cents = $7, allowed_categories = $8, blocked_categories = $9,
       blocked_markets = $10, cooldown_until = $11 where operator_id = $1 and id = $2`,
    [
      p.operator,
      p.id,
      p.status,
      p.tier,
      p.limitTier,
      p.score,
      p.maxBet,
      p.allowedCategories,
      p.blockedCategories,
      p.blockedMarkets,
      at(p.cooldownUntil),
    ],
  );

export const saveMarket = (owner: Owner, m: OracleMarket): Promise<unknown> =>
  owner.query(`update markets set status = $2, mid = $3, priced_at = $4, end_at = $5, liquidity_cents = $6 where id = $1`, [
    m.id,
    m.status,
    m.mid,
    at(m.pricedAt),
    at(m.endAt),
    m.liquidity,
  ]);

export function savePlatform(owner: Owner, p: OraclePlatform): Promise<unknown> {
  const usd = (cents: number): number => cents / 100;
  const { risk, spread, fees, defaults } = DEFAULT_PLATFORM_CONFIG;
  const document = {
    ...DEFAULT_PLATFORM_CONFIG,
    risk: {
      ...risk,
      global_exposure_limit_usd: usd(p.globalLimit),
      per_trade_max_usd: usd(p.perTrade),
      per_market_max_usd: usd(p.perMarket),
      category_limits: Object.fromEntries(Object.entries(p.categoryLimits).map(([name, limit]) => [name, usd(limit)])),
    },
    spread: {
      ...spread,
      base_spread_bps: p.baseSpread,
      min_spread_bps: p.leastSpread,
      max_spread_bps: p.mostSpread,
      risk_multiplier: p.multiplier / 10_000,
      volume_discount_enabled: p.discountFrom !== null,
      volume_discount_threshold_usd: usd(p.discountFrom ?? 0),
      volume_discount_bps: p.discount,
    },
    fees: { ...fees, trading_fee_bps: p.feeBps, withdrawal_fee_usd: usd(p.withdrawalFee) },
    defaults: { ...defaults, user_max_bet_usd: usd(p.userMaxBet) },
  };
  return owner.query(`update platform_config set document = $1`, [document]);
}

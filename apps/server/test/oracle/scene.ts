/** A small, crowded world with tight limits, the same in the oracle and in the database, and what may change in it. */
import { DEFAULT_PLATFORM_CONFIG } from '@predictu/contract/shapes/platform-config';
import type { Random } from '../random.ts';
import { emptyOracle, type OracleMarket, type OracleOperator, type OraclePlatform, type OraclePlayer, type OracleWorld, sharesIn } from './oracle-world.ts';

/** Something to ask the database with: a pg client. */
export type Owner = { query(text: string, values?: unknown[]): Promise<unknown> };

const CATEGORIES = ['sports', 'crypto', 'politics', 'other'] as const;
const OPERATORS = [1, 2, 3];
/** The same numbers at every operator: an id alone names nobody. */
const PLAYERS = [101, 102, 103, 104];
const MARKETS = [1001, 1002, 1003, 1004, 1005, 1006, 1007, 1008];

const PLATFORM: OraclePlatform = {
  globalLimit: 400_000, perMarket: 80_000, perTrade: 9_000, userMaxBet: 8_000, categoryLimits: { sports: 150_000, crypto: 120_000, politics: 100_000 },
  feeBps: 50, withdrawalFee: 25,
  baseSpread: 200, leastSpread: 100, mostSpread: 800, multiplier: 15_000, discountFrom: 500_000, discount: 25,
};

export function makeScene(now: number): OracleWorld {
  const world = emptyOracle({ ...PLATFORM, categoryLimits: { ...PLATFORM.categoryLimits } }, now);
  for (const id of OPERATORS) {
    const operator: OracleOperator = {
      id, status: id === 3 ? 'testing' : 'live', minBet: 100, maxBet: 7_000 + id, exposureLimit: 150_000 + id * 1_000, categoryLimits: id === 1 ? { sports: 60_000 } : {},
      limitTiers: { new: 1_000, regular: 5_000, vip: 20_000 }, spreadOverride: id === 2 ? 300 : null, feeBps: id === 3 ? 0 : null,
      allowedCategories: [...CATEGORIES],
    };
    world.operators.set(id, operator);
    for (const player of PLAYERS) world.players.set(`${id}/${player}`, makePlayer(id, player, now));
  }
  for (const [index, id] of MARKETS.entries()) {
    const market: OracleMarket = {
      id, category: CATEGORIES[index % CATEGORIES.length] ?? 'other', status: 'active', mid: 1_500 + index * 1_000, pricedAt: now, endAt: null, liquidity: 300_000 * (index + 1),
    };
    world.markets.set(id, market);
  }
  return world;
}

const makePlayer = (operator: number, id: number, now: number): OraclePlayer => ({
  operator, id, createdAt: now - (id % 3) * 4 * 86_400_000, status: 'active', tier: 'normal', limitTier: id === 104 ? 'vip' : id === 103 ? 'regular' : 'new', score: 40 + (id % 5) * 12,
  maxBet: id === 102 ? 3_000 : null, allowedCategories: null, blockedCategories: [], blockedMarkets: [], cooldownUntil: null,
  balance: 0, openShares: 0, trades: 0, volume: 0, fees: 0, realized: 0, closed: 0, won: 0, deposited: 0, withdrawn: 0,
});

const at = (milliseconds: number | null): Date | null => (milliseconds === null ? null : new Date(milliseconds));

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
    await owner.query(`insert into players (operator_id, id, external_id, created_at) values ($1, $2, $3, $4)`, [p.operator, p.id, `player-${p.id}`, at(p.createdAt)]);
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

const saveOperator = (owner: Owner, o: OracleOperator): Promise<unknown> =>
  owner.query(
    `update operators set status = $2, min_bet_cents = $3, max_bet_cents = $4, exposure_limit_cents = $5, category_limits = $6, limit_tiers = $7,
       spread_override_bps = $8, fee_bps = $9, allowed_categories = $10 where id = $1`,
    [o.id, o.status, o.minBet, o.maxBet, o.exposureLimit, o.categoryLimits, o.limitTiers, o.spreadOverride, o.feeBps, o.allowedCategories],
  );

const savePlayer = (owner: Owner, p: OraclePlayer): Promise<unknown> =>
  owner.query(
    `update players set status = $3, tier = $4, limit_tier = $5, score = $6, max_bet_cents = $7, allowed_categories = $8, blocked_categories = $9,
       blocked_markets = $10, cooldown_until = $11 where operator_id = $1 and id = $2`,
    [p.operator, p.id, p.status, p.tier, p.limitTier, p.score, p.maxBet, p.allowedCategories, p.blockedCategories, p.blockedMarkets, at(p.cooldownUntil)],
  );

const saveMarket = (owner: Owner, m: OracleMarket): Promise<unknown> =>
  owner.query(`update markets set status = $2, mid = $3, priced_at = $4, end_at = $5, liquidity_cents = $6 where id = $1`, [
    m.id, m.status, m.mid, at(m.pricedAt), at(m.endAt), m.liquidity,
  ]);

function savePlatform(owner: Owner, p: OraclePlatform): Promise<unknown> {
  const usd = (cents: number): number => cents / 100;
  const { risk, spread, fees, defaults } = DEFAULT_PLATFORM_CONFIG;
  const document = {
    ...DEFAULT_PLATFORM_CONFIG,
    risk: {
      ...risk, global_exposure_limit_usd: usd(p.globalLimit), per_trade_max_usd: usd(p.perTrade), per_market_max_usd: usd(p.perMarket),
      category_limits: Object.fromEntries(Object.entries(p.categoryLimits).map(([name, limit]) => [name, usd(limit)])),
    },
    spread: {
      ...spread, base_spread_bps: p.baseSpread, min_spread_bps: p.leastSpread, max_spread_bps: p.mostSpread, risk_multiplier: p.multiplier / 10_000,
      volume_discount_enabled: p.discountFrom !== null, volume_discount_threshold_usd: usd(p.discountFrom ?? 0), volume_discount_bps: p.discount,
    },
    fees: { ...fees, trading_fee_bps: p.feeBps, withdrawal_fee_usd: usd(p.withdrawalFee) },
    defaults: { ...defaults, user_max_bet_usd: usd(p.userMaxBet) },
  };
  return owner.query(`update platform_config set document = $1`, [document]);
}

/** Does `change` as everybody must who changes what the engine keeps in memory: under the sequencer, with its version moved on. */
export async function underSequencer(owner: Owner, change: () => Promise<unknown>): Promise<void> {
  await owner.query('begin');
  await owner.query('update sequencer set version = version + 1');
  await change();
  await owner.query('commit');
}

type Change = (world: OracleWorld, owner: Owner, random: Random) => Promise<void>;

/** A limit a little around what is used now, so that trades meet it exactly, just under it and just above it. */
const around = (used: number, random: Random): number => Math.max(0, random.oneIn(3) ? used : used + random.between(-300, 9_000));

const changePlatform: Change = async (world, owner, random) => {
  const { platform } = world;
  const category = random.pick(CATEGORIES);
  const changes: (() => void)[] = [
    () => { platform.globalLimit = around(sharesIn(world, 'platform'), random); },
    () => { platform.globalLimit = 400_000; },
    () => { platform.perMarket = around(sharesIn(world, `platform/${random.pick(MARKETS)}`), random) + 500; },
    () => { platform.perMarket = 80_000; },
    () => { platform.categoryLimits[category] = around(sharesIn(world, `platform/${category}`), random); },
    () => { delete platform.categoryLimits[category]; },
    () => { platform.perTrade = random.between(500, 20_000); },
    () => { platform.feeBps = random.pick([0, 33, 50, 175]); },
    () => { platform.multiplier = random.pick([10_000, 12_345, 15_000, 30_000]); },
    () => { platform.discountFrom = random.pick([null, 10_000, 500_000]); },
    () => { platform.baseSpread = random.pick([0, 50, 200, 400]); },
  ];
  random.pick(changes)();
  await underSequencer(owner, () => savePlatform(owner, platform));
};

const changeOperator: Change = async (world, owner, random) => {
  const operator = world.operators.get(random.pick(OPERATORS)) as OracleOperator;
  const category = random.pick(CATEGORIES);
  const changes: (() => void)[] = [
    () => { operator.exposureLimit = around(sharesIn(world, `${operator.id}`), random); },
    () => { operator.exposureLimit = 160_000; },
    () => { operator.categoryLimits[category] = around(sharesIn(world, `${operator.id}/${category}`), random); },
    () => { operator.categoryLimits = {}; },
    () => { operator.status = operator.status === 'suspended' || random.between(1, 4) > 1 ? 'live' : 'suspended'; },
    () => { operator.allowedCategories = random.oneIn(2) ? [...CATEGORIES] : CATEGORIES.filter((name) => name !== category); },
    () => { operator.feeBps = random.pick([null, 0, 120]); },
    () => { operator.spreadOverride = random.pick([null, 0, 350]); },
    () => { operator.minBet = random.pick([1, 100, 250]); },
    () => { operator.maxBet = random.between(2_000, 12_000); },
  ];
  random.pick(changes)();
  await underSequencer(owner, () => saveOperator(owner, operator));
};

const changePlayer: Change = async (world, owner, random) => {
  const player = random.pick([...world.players.values()]);
  const changes: (() => void)[] = [
    () => { player.status = random.pick(['active', 'active', 'active', 'suspended', 'inactive']); },
    () => { player.tier = random.pick(['normal', 'normal', 'sharp', 'restricted', 'banned']); },
    () => { player.limitTier = random.pick(['new', 'regular', 'vip']); },
    () => { player.maxBet = random.pick([null, null, 0, 1_234]); },
    () => { player.score = random.between(0, 100); },
    () => { player.cooldownUntil = random.oneIn(2) ? null : world.now + random.between(-1_000, 5_000); },
    () => { player.blockedMarkets = random.oneIn(2) ? [] : [random.pick(MARKETS)]; },
    () => { player.blockedCategories = random.oneIn(2) ? [] : [random.pick(CATEGORIES)]; },
    () => { player.allowedCategories = random.oneIn(2) ? null : [random.pick(CATEGORIES), random.pick(CATEGORIES)]; },
  ];
  random.pick(changes)();
  await savePlayer(owner, player);
};

const changeMarket: Change = async (world, owner, random) => {
  const market = world.markets.get(random.pick(MARKETS)) as OracleMarket;
  const changes: (() => void)[] = [
    () => { market.mid = random.pick([null, 0, 1, 99, 100, 9_900, 9_901, 9_999, 10_000, random.between(1, 9_999)]); },
    () => { market.mid = random.between(300, 9_700); },
    () => { market.status = random.pick(['active', 'active', 'active', 'paused', 'resolved', 'cancelled']); },
    () => { market.status = 'active'; },
    () => { market.endAt = random.pick([null, null, null, world.now + random.between(-1, 1), world.now + 60_000]); },
    () => { market.liquidity = random.pick([9_999, 10_000, 500_000, 999_999, 5_000_000]); },
    () => { market.pricedAt = world.now - random.pick([0, 30_000, 30_001, 75_000, 120_000, 120_001]); },
  ];
  random.pick(changes)();
  await saveMarket(owner, market);
};

let breakerIds = 0;
const changeBreakers: Change = async (world, owner, random) => {
  await underSequencer(owner, async () => {
    if (world.breakers.length < 5) {
      const scope = random.pick(['global', 'operator', 'category', 'market'] as const);
      const of = { global: null, operator: random.pick(OPERATORS), category: random.pick(CATEGORIES), market: random.pick(MARKETS) }[scope];
      const threshold = random.oneIn(4) ? null : random.pick([2_000, 5_050, 9_000]);
      const breaker = { id: (breakerIds += 1), scope, of, threshold, status: 'armed' as const, cooldown: 60_000 * random.between(0, 1), autoReset: !random.oneIn(3), trippedAt: null };
      world.breakers.push(breaker);
      await owner.query(
        `insert into circuit_breakers (id, scope, operator_id, category, market_id, trigger_type, trigger_threshold, cooldown_minutes, auto_reset, created_by, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'test', now())`,
        [breaker.id, scope, scope === 'operator' ? of : null, scope === 'category' ? of : null, scope === 'market' ? of : null,
          threshold === null ? 'manual' : 'exposure_pct', threshold === null ? null : threshold / 100, breaker.cooldown / 60_000, breaker.autoReset],
      );
      return;
    }
    const breaker = random.pick(world.breakers);
    breaker.status = random.pick(['armed', 'armed', 'armed', 'disarmed', 'tripped']);
    breaker.trippedAt = breaker.status === 'tripped' ? world.now : null;
    await owner.query(`update circuit_breakers set status = $2, tripped_at = $3 where id = $1`, [breaker.id, breaker.status, at(breaker.trippedAt)]);
  });
};

/** Prices move everywhere: what an idle quarter of a minute does. */
export const movePrices: Change = async (world, owner, random) => {
  for (const market of world.markets.values()) {
    if (random.oneIn(12)) continue;
    market.mid = Math.min(9_800, Math.max(200, (market.mid ?? 5_000) + random.between(-250, 250)));
    market.pricedAt = world.now;
    await saveMarket(owner, market);
  }
};

/** Everything open again as it was at first, apart from what trading itself has moved: most operations should meet an ordinary day. */
export const reopen: Change = async (world, owner, random) => {
  const first = makeScene(world.now);
  Object.assign(world.platform, first.platform);
  for (const operator of world.operators.values()) Object.assign(operator, first.operators.get(operator.id));
  for (const player of world.players.values()) {
    const { status, tier, limitTier, maxBet, cooldownUntil, blockedMarkets, blockedCategories, allowedCategories } =
      first.players.get(`${player.operator}/${player.id}`) as OraclePlayer;
    Object.assign(player, { status, tier, limitTier, maxBet, cooldownUntil, blockedMarkets, blockedCategories, allowedCategories });
    await savePlayer(owner, player);
  }
  for (const market of world.markets.values()) Object.assign(market, { ...first.markets.get(market.id), mid: random.between(1_500, 8_500) });
  for (const market of world.markets.values()) await saveMarket(owner, market);
  await underSequencer(owner, async () => {
    await savePlatform(owner, world.platform);
    for (const operator of world.operators.values()) await saveOperator(owner, operator);
    for (const breaker of world.breakers) Object.assign(breaker, { status: 'disarmed', trippedAt: null });
    await owner.query(`update circuit_breakers set status = 'disarmed', tripped_at = null`);
  });
};

/** One random change, made in both worlds. */
export const changeSomething: Change = (world, owner, random) =>
  random.pick([changePlatform, changePlatform, changeOperator, changeOperator, changePlayer, changePlayer, changeMarket, changeBreakers])(world, owner, random);

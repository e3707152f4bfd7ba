/** What may change in the scene: every change is made in the oracle and in the database. */
import type { Random } from '../random.ts';
import { type OracleMarket, type OracleOperator, type OraclePlayer, type OracleWorld, sharesIn } from './oracle-world.ts';
import { at, CATEGORIES, MARKETS, makeScene, OPERATORS, type Owner, saveMarket, saveOperator, savePlatform, savePlayer } from './scene.ts';

/** Does `change` as everybody must who changes what the engine keeps in memory: under the sequencer, with its version moved on. */
async function underSequencer(owner: Owner, change: () => Promise<unknown>): Promise<void> {
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
    () => {
      platform.globalLimit = around(sharesIn(world, 'platform'), random);
    },
    () => {
      platform.globalLimit = 400_000;
    },
    () => {
      platform.perMarket = around(sharesIn(world, `platform/${random.pick(MARKETS)}`), random) + 500;
    },
    () => {
      platform.perMarket = 80_000;
    },
    () => {
      platform.categoryLimits[category] = around(sharesIn(world, `platform/${category}`), random);
    },
    () => {
      delete platform.categoryLimits[category];
    },
    () => {
      platform.perTrade = random.between(500, 20_000);
    },
    () => {
      platform.feeBps = random.pick([0, 33, 50, 175]);
    },
    () => {
      platform.multiplier = random.pick([10_000, 12_345, 15_000, 30_000]);
    },
    () => {
      platform.discountFrom = random.pick([null, 10_000, 500_000]);
    },
    () => {
      platform.baseSpread = random.pick([0, 50, 200, 400]);
    },
  ];
  random.pick(changes)();
  await underSequencer(owner, () => savePlatform(owner, platform));
};

const changeOperator: Change = async (world, owner, random) => {
  const operator = world.operators.get(random.pick(OPERATORS)) as OracleOperator;
  const category = random.pick(CATEGORIES);
  const changes: (() => void)[] = [
    () => {
      operator.exposureLimit = around(sharesIn(world, `${operator.id}`), random);
    },
    () => {
      operator.exposureLimit = 160_000;
    },
    () => {
      operator.categoryLimits[category] = around(sharesIn(world, `${operator.id}/${category}`), random);
    },
    () => {
      operator.categoryLimits = {};
    },
    () => {
      operator.status = operator.status === 'suspended' || random.between(1, 4) > 1 ? 'live' : 'suspended';
    },
    () => {
      operator.allowedCategories = random.oneIn(2) ? [...CATEGORIES] : CATEGORIES.filter((name) => name !== category);
    },
    () => {
      operator.feeBps = random.pick([null, 0, 120]);
    },
    () => {
      operator.spreadOverride = random.pick([null, 0, 350]);
    },
    () => {
      operator.minBet = random.pick([1, 100, 250]);
    },
    () => {
      operator.maxBet = random.between(2_000, 12_000);
    },
  ];
  random.pick(changes)();
  await underSequencer(owner, () => saveOperator(owner, operator));
};

const changePlayer: Change = async (world, owner, random) => {
  const player = random.pick([...world.players.values()]);
  const changes: (() => void)[] = [
    () => {
      player.status = random.pick(['active', 'active', 'active', 'suspended', 'inactive']);
    },
    () => {
      player.tier = random.pick(['normal', 'normal', 'sharp', 'restricted', 'banned']);
    },
    () => {
      player.limitTier = random.pick(['new', 'regular', 'vip']);
    },
    () => {
      player.maxBet = random.pick([null, null, 0, 1_234]);
    },
    () => {
      player.score = random.between(0, 100);
    },
    () => {
      player.cooldownUntil = random.oneIn(2) ? null : world.now + random.between(-1_000, 5_000);
    },
    () => {
      player.blockedMarkets = random.oneIn(2) ? [] : [random.pick(MARKETS)];
    },
    () => {
      player.blockedCategories = random.oneIn(2) ? [] : [random.pick(CATEGORIES)];
    },
    () => {
      player.allowedCategories = random.oneIn(2) ? null : [random.pick(CATEGORIES), random.pick(CATEGORIES)];
    },
  ];
  random.pick(changes)();
  await savePlayer(owner, player);
};

const changeMarket: Change = async (world, owner, random) => {
  const market = world.markets.get(random.pick(MARKETS)) as OracleMarket;
  const changes: (() => void)[] = [
    () => {
      market.mid = random.pick([null, 0, 1, 99, 100, 9_900, 9_901, 9_999, 10_000, random.between(1, 9_999)]);
    },
    () => {
      market.mid = random.between(300, 9_700);
    },
    () => {
      market.status = random.pick(['active', 'active', 'active', 'paused', 'resolved', 'cancelled']);
    },
    () => {
      market.status = 'active';
    },
    () => {
      market.endAt = random.pick([null, null, null, world.now + random.between(-1, 1), world.now + 60_000]);
    },
    () => {
      market.liquidity = random.pick([9_999, 10_000, 500_000, 999_999, 5_000_000]);
    },
    () => {
      market.pricedAt = world.now - random.pick([0, 30_000, 30_001, 75_000, 120_000, 120_001]);
    },
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
      const breaker = {
        id: (breakerIds += 1),
        scope,
        of,
        threshold,
        status: 'armed' as const,
        cooldown: 60_000 * random.between(0, 1),
        autoReset: !random.oneIn(3),
        trippedAt: null,
      };
      world.breakers.push(breaker);
      await owner.query(
        `insert into circuit_breakers (id, scope, operator_id, category, market_id, trigger_type, trigger_threshold, cooldown_minutes, auto_reset, created_by, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'test', now())`,
        [
          breaker.id,
          scope,
          scope === 'operator' ? of : null,
          scope === 'category' ? of : null,
          scope === 'market' ? of : null,
          threshold === null ? 'manual' : 'exposure_pct',
          threshold === null ? null : threshold / 100,
          breaker.cooldown / 60_000,
          breaker.autoReset,
        ],
      );
      return;
    }
    const breaker = random.pick(world.breakers);
    breaker.status = random.pick(['armed', 'armed', 'armed', 'disarmed', 'tripped']);
    breaker.trippedAt = breaker.status === 'tripped' ? world.now : null;
    await owner.query(`update circuit_breakers set status = $2, tripped_at = $3 where id = $1`, [
      breaker.id,
      breaker.status,
      at(breaker.trippedAt),
    ]);
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
    const { status, tier, limitTier, maxBet, cooldownUntil, blockedMarkets, blockedCategories, allowedCategories } = first.players.get(
      `${player.operator}/${player.id}`,
    ) as OraclePlayer;
    Object.assign(player, { status, tier, limitTier, maxBet, cooldownUntil, blockedMarkets, blockedCategories, allowedCategories });
    await savePlayer(owner, player);
  }
  for (const market of world.markets.values())
    Object.assign(market, { ...first.markets.get(market.id), mid: random.between(1_500, 8_500) });
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
  random.pick([changePlatform, changePlatform, changeOperator, changeOperator, changePlayer, changePlayer, changeMarket, changeBreakers])(
    world,
    owner,
    random,
  );

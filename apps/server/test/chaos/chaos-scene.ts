/** The world of a chaos run, and what people change in it while others trade. Every change is noted where it took effect. */
import { DEFAULT_PLATFORM_CONFIG } from '@predictu/contract/shapes/platform-config';
import pg from 'pg';
import type { Random } from '../random.ts';

const OPERATORS = [1, 2, 3] as const;
const CATEGORIES = ['sports', 'crypto', 'politics', 'other'] as const;
export const MARKETS = Array.from({ length: 30 }, (_, index) => 1_000 + index);
export const PLAYERS = Array.from({ length: 180 }, (_, index) => ({ operator: OPERATORS[index % 3] ?? 1, id: 10_000 + index }));
const BREAKERS = [
  { id: 1, scope: 'global', of: null },
  { id: 2, scope: 'operator', of: 2 },
  { id: 3, scope: 'category', of: 'crypto' },
  { id: 4, scope: 'market', of: 1_003 },
] as const;

/** A connection of the owner that comes back after the database was killed. */
export type Owner = {
  transaction(work: (client: pg.Client) => Promise<void>): Promise<boolean>;
  end(): Promise<void>;
};

/** `transaction` says whether its commit was seen; one that was not may have happened or not. */
export function openOwner(url: string): Owner {
  let client: pg.Client | undefined;
  const connected = async (): Promise<pg.Client> => {
    if (client) return client;
    const opened = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000, query_timeout: 20_000 });
    opened.on('error', () => {
      client = undefined;
    });
    await opened.connect();
    return (client = opened);
  };
  return {
    async transaction(work) {
      try {
        const connection = await connected();
        await connection.query('begin');
        await work(connection);
        await connection.query('commit');
        return true;
      } catch (error) {
        if (/syntax|violates|does not exist|type/i.test(String(error))) throw error;
        client?.end().catch(() => {});
        client = undefined;
        return false;
      }
    },
    async end() {
      await client?.end();
    },
  };
}

type Platform = { global: number; market: number; categories: Record<string, number> };
const platform: Platform = {
  global: 2_500_000,
  market: 150_000,
  categories: { sports: 800_000, crypto: 700_000, politics: 700_000, other: 800_000 },
};

/** Notes what holds from the next id on; in the transaction that makes it so, which holds the sequencer. */
async function note(client: pg.Client, facts: [subject: string, value: number][]): Promise<void> {
  for (const [subject, value] of facts) {
    await client.query('insert into chaos_history (last_id, subject, value) select last_id, $1, $2 from sequencer', [subject, value]);
  }
}
const lock = (client: pg.Client): Promise<unknown> => client.query('update sequencer set version = version + 1');

async function writePlatform(client: pg.Client): Promise<void> {
  const { risk, defaults } = DEFAULT_PLATFORM_CONFIG;
  const categories = Object.entries(platform.categories);
  const document = {
    ...DEFAULT_PLATFORM_CONFIG,
    risk: {
      ...risk,
      global_exposure_limit_usd: platform.global / 100,
      per_market_max_usd: platform.market / 100,
      category_limits: Object.fromEntries(categories.map(([name, cents]) => [name, cents / 100])),
    },
    defaults: { ...defaults, user_max_bet_usd: 200 },
  };
  await client.query(
    `insert into platform_config (document, updated_at, updated_by) values ($1, now(), 'chaos') on conflict (only_row) do update set document = excluded.document`,
    [document],
  );
  await note(client, [
    ['global', platform.global],
    ['every market', platform.market],
    ...categories.map(([name, cents]): [string, number] => [`category ${name}`, cents]),
  ]);
}

export function makeChaosScene(owner: Owner): Promise<boolean> {
  return owner.transaction(async (client) => {
    await client.query(
      'create table chaos_history (n bigserial primary key, last_id bigint not null, subject text not null, value bigint not null)',
    );
    await lock(client);
    await writePlatform(client);
    for (const id of OPERATORS) {
      await client.query(
        `insert into operators (id, slug, name, contact_email, status, exposure_limit_cents, created_at, updated_at) values ($1, $2, $2, 'someone@example.com', 'live', 1000000, now(), now())`,
        [id, `operator-${id}`],
      );
      await note(client, [[`operator ${id}`, 1_000_000]]);
    }
    for (const { operator, id } of PLAYERS) {
      await client.query(`insert into players (operator_id, id, external_id, limit_tier, created_at) values ($1, $2, $3, 'vip', now())`, [
        operator,
        id,
        `player-${id}`,
      ]);
    }
    for (const [index, id] of MARKETS.entries()) {
      await client.query(
        `insert into markets (id, source, source_id, title, category, mid, snapshot_id, priced_at, liquidity_cents, created_at, updated_at)
         values ($1, 'simulated', $2, 'A question', $3, $4, 1, now(), 5000000, now(), now())`,
        [id, `market-${id}`, CATEGORIES[index % CATEGORIES.length], 2_000 + index * 200],
      );
    }
    for (const { id, scope, of } of BREAKERS) {
      await client.query(
        `insert into circuit_breakers (id, scope, operator_id, category, market_id, trigger_type, cooldown_minutes, auto_reset, created_by, created_at)
         values ($1, $2, $3, $4, $5, 'manual', 0, false, 'chaos', now())`,
        [id, scope, scope === 'operator' ? of : null, scope === 'category' ? of : null, scope === 'market' ? of : null],
      );
    }
  });
}

type Change = (client: pg.Client, random: Random) => Promise<void>;

const changeLimit: Change = async (client, random) => {
  await lock(client);
  const [kind, factor] = [random.between(1, 4), random.between(40, 150) / 100];
  if (kind === 1) {
    const id = random.pick(OPERATORS);
    const limit = Math.round(1_000_000 * factor);
    await client.query('update operators set exposure_limit_cents = $2 where id = $1', [id, limit]);
    return note(client, [[`operator ${id}`, limit]]);
  }
  if (kind === 2) platform.global = Math.round(2_500_000 * factor);
  if (kind === 3) platform.market = Math.round(150_000 * factor);
  if (kind === 4) platform.categories[random.pick(CATEGORIES)] = Math.round(700_000 * factor);
  return writePlatform(client);
};

const tripBreaker: Change = async (client, random) => {
  await lock(client);
  const { id, scope, of } = random.pick(BREAKERS);
  const {
    rows: [row],
  } = await client.query('select status from circuit_breakers where id = $1', [id]);
  const trip = row.status !== 'tripped';
  await client.query("update circuit_breakers set status = $2, tripped_at = case when $2 = 'tripped' then now() end where id = $1", [
    id,
    trip ? 'tripped' : 'armed',
  ]);
  await note(client, [[`halted ${scope}${of === null ? '' : ` ${of}`}`, trip ? 1 : 0]]);
};

const pauseMarket: Change = async (client, random) => {
  await lock(client);
  const id = random.pick(MARKETS);
  const {
    rows: [row],
  } = await client.query(
    `update markets set status = case status when 'paused' then 'active' else 'paused' end where id = $1 returning status`,
    [id],
  );
  await note(client, [[`paused ${id}`, row.status === 'paused' ? 1 : 0]]);
};

/** Like the price feed: without the sequencer. */
const movePrices: Change = async (client, random) => {
  await client.query(
    'update markets set mid = least(9500, greatest(500, mid + $1 * (id % 3 - 1))), priced_at = now() where id in (select id from markets order by id for update)',
    [random.between(-80, 80)],
  );
};

/** One change; how often each comes up is how often it is listed. */
export const changeSomething = (owner: Owner, random: Random): Promise<boolean> =>
  owner.transaction((client) => random.pick([changeLimit, changeLimit, tripBreaker, pauseMarket, movePrices, movePrices])(client, random));

/** Nothing halted, nothing paused: so that a run does not spend itself on refusals. */
export const openEverything = (owner: Owner): Promise<boolean> =>
  owner.transaction(async (client) => {
    await lock(client);
    await client.query(`update circuit_breakers set status = 'armed', tripped_at = null`);
    await client.query(`update markets set status = 'active', priced_at = now()`);
    await note(client, [
      ...BREAKERS.map(({ scope, of }): [string, number] => [`halted ${scope}${of === null ? '' : ` ${of}`}`, 0]),
      ...MARKETS.map((id): [string, number] => [`paused ${id}`, 0]),
    ]);
  });

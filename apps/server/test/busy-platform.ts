/** Every table of the database as full as a busy platform has it: 20 operators, 10,000 players, ten days. */

import { addPlayerFigures } from '../src/insights/add-player-figures.ts';
import { rollUp } from '../src/insights/roll-up.ts';
import { START } from './factories.ts';
import { fillTable, type Overrides } from './fill-tables.ts';
import type { TestServer } from './server.ts';

/** A table of more rows than this is large: reading it from end to end is an accident. */
const LARGE = 4_000;
const USUAL_ROWS = 12_000;
const OPERATORS = 20;
const PLAYERS = 10_000;
const MARKETS = 2_000;
const TRADES = 48_000;

/** Tables that stay small, and why. */
const A_ROW_PER_OPERATOR = 'a row per operator, or a few';
const ONE_ROW = 'one row';
const SMALL: Record<string, string> = {
  admin_users: 'the staff of the platform',
  agent_looks: A_ROW_PER_OPERATOR,
  api_keys: A_ROW_PER_OPERATOR,
  billing_profiles: A_ROW_PER_OPERATOR,
  billing_seller: ONE_ROW,
  circuit_breakers: 'set by hand',
  credit_accounts: A_ROW_PER_OPERATOR,
  embed_origins: A_ROW_PER_OPERATOR,
  invoice_numbers: 'a row per kind of document',
  leases: 'a row per process that leads',
  market_feeds: 'a row per source',
  market_settlements: 'a result of a market, seldom two',
  markets: 'thousands on offer, many of them on a page or in a sum',
  operator_applications: 'companies that asked: thousands',
  operator_config: A_ROW_PER_OPERATOR,
  operator_members: A_ROW_PER_OPERATOR,
  operators: 'customers',
  own_markets: 'made by operators by hand',
  platform_config: ONE_ROW,
  player_results_state: ONE_ROW,
  price_tick_state: ONE_ROW,
  referral_terms: A_ROW_PER_OPERATOR,
  report_schedules: 'made by hand',
  rollup_active_days: 'an operator and day',
  rollup_active_hours: 'emptied by the day: an operator and hour of late',
  rollup_arrivals: 'emptied by the rollup',
  rollup_days: 'made here by the rollup: operators, markets, categories and tiers by day',
  rollup_holdings: A_ROW_PER_OPERATOR,
  rollup_player_state: ONE_ROW,
  rollup_sessions: 'made here by the rollup from few sessions',
  rollup_signup_days: 'an operator and day',
  rollup_signups: 'an operator and hour',
  rollup_player_counts: 'a row per operator and tier',
  rollup_player_moves: 'emptied by the rollup',
  rollup_state: ONE_ROW,
  rollup_tiers: 'made here by the rollup',
  rollup_totals: 'operators, categories and tiers',
  schema_migrations: 'the migrations',
  score_runs: ONE_ROW,
  sequencer: ONE_ROW,
  settlement_settings: A_ROW_PER_OPERATOR,
  trial_notices: A_ROW_PER_OPERATOR,
  wallet_settings: A_ROW_PER_OPERATOR,
  wallet_signing_keys: A_ROW_PER_OPERATOR,
  wallet_webhook_secrets: A_ROW_PER_OPERATOR,
};

type Filling = { rows?: number; of?: Overrides };
const PRICED: Overrides = { price: '5000', mid: '5000', quantity: '100 + n % 900', amount_cents: '50 + n % 5000', cost_cents: '50' };
/** One of the settlements there are, of the market with the number of its own. */
const SETTLEMENT = '3000000 + n / 20 % 2000';
const SETTLED_MARKET = '2000000 + n / 20 % 2000';
/** A player that is there. */
const SOMEBODY = '1000000 + n % 10000';
/** What the columns' types do not say, by table; the others are filled as they come. */
const FILLINGS: Record<string, Filling> = {
  trades: {
    rows: TRADES,
    of: {
      ...PRICED,
      side: `case when n % 5 = 0 then 'sell' else 'buy' end`,
      status: `case when n % 500 = 0 then 'cancelled' when n % 499 = 0 then 'pending' else 'filled' end`,
      fee_cents: '1',
      spread_cents: '1',
      wallet_mode: `'internal'`,
    },
  },
  positions: { rows: 30_000, of: { ...PRICED, quantity: 'n % 3', trade_count: '2', id: '5000000 + n' } },
  ledger_entries: { rows: 60_000, of: { amount_cents: '1', balance_before_cents: '0', balance_after_cents: '1' } },
  idempotency_keys: { rows: 40_000, of: { trade_id: 'activity_id(at, n)' } },
  trade_events: { rows: TRADES, of: { trade_id: 'activity_id(at, n)' } },
  wallet_calls: {
    rows: 20_000,
    of: {
      settlement_id: SETTLEMENT,
      trade_id: 'activity_id(at, n)',
      amount_cents: '1',
      status: `case when n % 400 = 0 then 'failed' else 'confirmed' end`,
    },
  },
  wallet_attempts: { rows: 20_000, of: { call_id: 'activity_id(at, n)' } },
  price_ticks: { rows: 40_000, of: { mid: '5000' } },
  risk_events: {
    rows: 20_000,
    of: {
      type: `case when n % 50 = 0 then 'anomaly' else 'wall_violation' end`,
      severity: `case when n % 40 = 0 then 'critical' else 'info' end`,
    },
  },
  platform_audit_log: {
    rows: 20_000,
    of: {
      actor_kind: `case when n % 4 = 0 then 'admin' else 'operator_member' end`,
      action: `case when n % 300 = 0 then 'config.updated' else 'operator.wallet' end`,
    },
  },
  activity_events: {
    rows: 20_000,
    of: {
      type: `(array['config_change', 'operator_event', 'risk_event', 'user_signup'])[1 + n % 4]`,
      source: `(array['audit', 'audit', 'risk_event', 'player'])[1 + n % 4]`,
      source_id: `case when n % 4 = 3 then ${SOMEBODY} else activity_id(at, n) end`,
    },
  },
  invoice_lines: { of: { invoice_id: 'activity_id(at, n)', kind: `'spread'` } },
  report_files: {
    of: {
      kind: `case when n % 3 = 0 then 'export' else 'report' end`,
      filters: `'{"from": "2026-05-01T00:00:00.000Z", "to": "2026-05-02T00:00:00.000Z"}'`,
    },
  },
  exposure: { of: { scope: '2', key: '2000000 + n / 20', trade_count: '12', volume_cents: 'n', cap_shares: '0' } },
  exposure_snapshots: { rows: 20_000, of: { scope: '2', key: '2000000 + n / 20', at: 'at', yes_shares: '1', no_shares: '1' } },
  player_sessions: { of: { expires_at: `at + interval '1 day'`, origin: `'https://' || n % 2 || '.test'` } },
  limit_orders: {
    rows: 20_000,
    of: {
      limit_price: '2000',
      status: `case when n % 100 = 0 then 'open' else 'cancelled' end`,
      quantity: '100',
      held_cents: '0',
      fee_bps: '0',
      ended_at: `case when n % 100 = 0 then null else at end`,
    },
  },
  player_notifications: { rows: 20_000, of: { kind: `'referral'`, data: `'{"amount_cents": 100, "friend": "A friend"}'` } },
  price_alerts: { of: { price: '9000' } },
  question_scores: { of: { market_id: 'null', probability: '5000' } },
  agent_suggestions: { of: { status: `'rejected'`, decided_at: 'at', evidence: `'[]'`, action: `'{"do": "pause"}'`, origin: `'rules'` } },
  settlement_records: {
    of: { settlement_id: SETTLEMENT, market_id: SETTLED_MARKET, decided_at: 'at', credited_at: 'case when n % 1000 > 0 then at end' },
  },
  settlement_payouts: { rows: 20_000, of: { settlement_id: SETTLEMENT, market_id: SETTLED_MARKET } },
  market_settlements: {
    rows: MARKETS,
    of: { id: `3000000 + n % ${MARKETS}`, market_id: `2000000 + n % ${MARKETS}`, status: `'decided'`, decided_at: 'at', decision_id: 'n' },
  },
  operator_applications: { rows: 500 },
  player_score_history: { of: { score: '50' } },
  player_scores: { rows: PLAYERS, of: { score: '50' } },
  mails: { rows: 20_000, of: { status: `case when n % 100 = 0 then 'failed' else 'sent' end` } },
};

const ROLLED_UP = /^rollup_/;

export type BusyPlatform = {
  /** How many rows the large tables have. */
  large: Map<string, number>;
  /** Those that are neither that nor known to stay small. */
  unknown: string[];
};

export async function fillPlatform({ db, marketId, tenants: [own] }: TestServer): Promise<BusyPlatform> {
  const { owner, database } = db;
  const [player] = own.players;
  const who = `(case when n % 400 = 0 then ${player.id} else 1000000 + n % ${PLAYERS} end)::bigint`;
  const shared: Overrides = {
    operator_id: `(case when n % ${OPERATORS} = 0 then ${own.operatorId} else 100 + n % ${OPERATORS} end)::bigint`,
    player_id: who,
    owner_id: who,
    referrer_id: who,
    market_id: `(case when n % 37 = 0 then ${marketId} else 2000000 + n % ${MARKETS} end)::bigint`,
    created_at: 'at',
  };
  const ours: Record<string, Overrides> = { report_files: { operator_id: `case when n % 2 = 0 then null else ${own.operatorId} end` } };
  const fill = (table: string, { rows = USUAL_ROWS, of = {} }: Filling): Promise<void> =>
    fillTable(owner, table, rows, START, { ...shared, ...of, ...ours[table] });

  await owner.query(
    `insert into operators (id, slug, name, contact_email, created_at, updated_at) select 100 + n, 'o-' || n, 'O', 'o@o.test', $1, $1 from generate_series(1, ${OPERATORS - 1}) n`,
    [START],
  );
  await fill('markets', {
    rows: MARKETS,
    of: {
      operator_id: 'null',
      id: `2000000 + n % ${MARKETS}`,
      source: `'simulated'`,
      title: `'Will number ' || n || ' win?'`,
      search_title: `'will number ' || n || ' win'`,
      mid: '5000',
    },
  });
  await fill('players', {
    rows: PLAYERS,
    of: {
      id: `1000000 + n % ${PLAYERS}`,
      external_id: `'ext-' || n`,
      username: `'player_' || n`,
      last_active_at: 'at',
      score: 'n % 100',
      tier: `case when n % 50 = 0 then 'sharp' else 'normal' end`,
    },
  });
  const { rows: tables } = await owner.query<{ name: string }>(
    `select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace order by relname`,
  );
  for (const { name } of tables) {
    const filling = FILLINGS[name] ?? (SMALL[name] || ROLLED_UP.test(name) ? undefined : {});
    if (filling && name !== 'players') await fill(name, filling);
  }
  await owner.query('update sequencer set last_id = (select max(id) from ledger_entries)');
  await rollUp(database);
  await addPlayerFigures(database);
  await owner.query('vacuum analyze');
  const { rows } = await owner.query<{ name: string; rows: number }>(
    `select relname as name, reltuples as rows from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace`,
  );
  const large = new Map(rows.filter((table) => table.rows > LARGE && !SMALL[table.name]).map((table) => [table.name, table.rows]));
  return { large, unknown: rows.map(({ name }) => name).filter((name) => !large.has(name) && !SMALL[name]) };
}

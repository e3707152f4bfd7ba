/** Reading what changes rarely: the platform configuration, operators, breakers. Their writers lock the sequencer and add one to its version. */
import { CATEGORIES } from '@predictu/contract/shapes/category';
import { DEFAULT_PLATFORM_CONFIG, platformConfig } from '@predictu/contract/shapes/platform-config';
import { type Cents, cents } from '@predictu/contract/units';
import type { Statement } from '../platform/arrays.ts';
import type { Row } from '../platform/db.ts';
import { spreadSettings } from '../pricing/spread.rules.ts';
import type { Breaker } from '../risk/breakers.rules.ts';
import type { CategoryLimits, Operator, Settings } from './world-rows.rules.ts';

const CONFIG = 'select document from platform_config';
const OPERATORS = `
select o.id, o.status, o.wallet_mode as "walletMode", o.min_bet_cents as "minBet", o.max_bet_cents as "maxBet",
  o.exposure_limit_cents as "exposureLimit", o.category_limits as "categoryLimits", o.limit_tiers as "limitTiers",
  o.spread_override_bps as "spreadOverrideBps", o.fee_bps as "feeBps",
  array(select name from unnest(o.allowed_categories) with ordinality as offered(name, place)
    where coalesce(c.document #> '{categories,enabled}', to_jsonb(o.allowed_categories)) ? name
      and not coalesce(c.document #> '{categories,hidden}', '[]') ? name order by place) as "allowedCategories",
  coalesce((c.document #>> '{features,batch_trading}')::boolean, true) as "batchTrading",
  coalesce((c.document #>> '{trading,allow_limit_orders}')::boolean, false) as "limitOrders",
  o.read_only_since is not null as "readOnly"
from operators o left join operator_config c on c.operator_id = o.id`;
const BREAKERS = `
select id, scope, operator_id as "operatorId", category, market_id as "marketId", trigger_type as "triggerType",
  trigger_threshold::float8 as "triggerThreshold", status, cooldown_minutes as "cooldownMinutes", auto_reset as "autoReset",
  tripped_at as "trippedAt", reset_at as "resetAt", trip_reason as "tripReason"
from circuit_breakers where status <> 'disarmed' order by id`;

const PAYING = `select exists (select from settlement_records where credited_at is null and wallet_mode = 'internal') as paying`;

export const READ_SETTINGS: readonly Statement[] = [
  { name: 'read_config', text: CONFIG, values: [] },
  { name: 'read_operators', text: OPERATORS, values: [] },
  { name: 'read_breakers', text: BREAKERS, values: [] },
  { name: 'read_paying', text: PAYING, values: [] },
];

type CentsByName = Record<string, number>;
type OperatorRow = Omit<Operator, 'categoryLimits' | 'limitTiers'> & { categoryLimits: CentsByName; limitTiers: CentsByName };

const limitsOf = (byName: CentsByName): CategoryLimits =>
  CATEGORIES.map((name) => (byName[name] === undefined ? null : cents(BigInt(byName[name]))));
const tierLimit = (byName: CentsByName, name: string): Cents => cents(BigInt(byName[name] ?? 0));

function operatorOf(row: OperatorRow): Operator {
  const { limitTiers } = row;
  return {
    ...row,
    categoryLimits: limitsOf(row.categoryLimits),
    limitTiers: { new: tierLimit(limitTiers, 'new'), regular: tierLimit(limitTiers, 'regular'), vip: tierLimit(limitTiers, 'vip') },
  };
}

/** The answers of `READ_SETTINGS`, at this version; an installation without a configuration has the documented one. */
export function settingsOf(version: bigint, [config = [], operators = [], breakers = [], paying = []]: readonly Row[][]): Settings {
  const { risk, defaults, fees, spread } = platformConfig.decode(
    (config[0]?.['document'] ?? DEFAULT_PLATFORM_CONFIG) as typeof DEFAULT_PLATFORM_CONFIG,
  );
  return {
    version,
    globalLimit: risk.global_exposure_limit_usd,
    categoryLimits: CATEGORIES.map((name) => risk.category_limits[name] ?? null),
    perTradeMax: risk.per_trade_max_usd,
    perMarketMax: risk.per_market_max_usd,
    userMaxBet: defaults.user_max_bet_usd,
    tradingFeeBps: fees.trading_fee_bps,
    withdrawalFee: fees.withdrawal_fee_usd,
    spread: spreadSettings({ spread }),
    paying: paying[0]?.['paying'] === true,
    operators: new Map((operators as OperatorRow[]).map((row) => [row.id, operatorOf(row)])),
    breakers: new Map((breakers as Breaker[]).map((row) => [row.id, row])),
  };
}

/** What the shown spread of markets depends on beside the market. The platform's exposure is read as the worker: operators may not. */
import type { PlatformConfig } from '@predictu/contract/shapes/platform-config';
import type { Cents } from '@predictu/contract/units';
import { readPlatformConfig } from '../config/config.ts';
import { tradingStatus } from '../markets/market-state.rules.ts';
import type { ShownMarket } from '../markets/markets.ts';
import type { Operator } from '../operators/operators.ts';
import type { Actor } from '../platform/actor.ts';
import type { Database, Db } from '../platform/db.ts';
import { type Surroundings, shownSpread } from './market-figures.rules.ts';
import { countTraders, type MarketFigures, type ScopeExposure, selectFiguresOfAll, selectScopeExposures } from './market-figures.sql.ts';

const PLATFORM = 0n;
const WORKER: Actor = { kind: 'worker', name: 'market-figures' };

const sharesOf = (rows: readonly ScopeExposure[], operatorId: bigint, scope: number, key: bigint): bigint =>
  rows.find((row) => row.operatorId === operatorId && row.scope === scope && row.key === key)?.shares ?? 0n;

const around = (config: PlatformConfig, scopes: readonly ScopeExposure[], now: Date, operator?: Operator): Surroundings => ({
  config,
  now,
  platform: (scope, key) => sharesOf(scopes, PLATFORM, scope, key),
  ...(operator && {
    operator: {
      exposure: sharesOf(scopes, operator.id, 0, 0n),
      limit: operator.exposureLimit,
      spreadOverrideBps: operator.spreadOverrideBps,
    },
  }),
});

/** For the platform's staff. */
export async function platformSurroundings(db: Db, now: Date): Promise<Surroundings> {
  const [{ config }, scopes] = await Promise.all([readPlatformConfig(db), selectScopeExposures(db, [PLATFORM])]);
  return around(config, scopes, now);
}

/** Platform-wide volume and trades of markets, which every operator may know, and what the spread an operator is shown depends on. */
export const platformFigures = (database: Database, operatorId: bigint, marketIds: readonly bigint[]) =>
  selectFiguresOfAll(database, WORKER, operatorId, marketIds);

/** How many have ever traded in a market, at all operators. */
export const platformTraders = (database: Database, marketId: bigint): Promise<number> =>
  database.as(WORKER, 'read', async (db) => countOf(await countTraders(db, PLATFORM, [marketId]), marketId));

/** For one operator's members. */
export const operatorSurroundings = (
  config: PlatformConfig,
  operator: Operator,
  scopes: readonly ScopeExposure[],
  now: Date,
): Surroundings => around(config, scopes, now, operator);

const NOTHING = { volume: 0n as Cents, tradeCount: 0n, yes: 0n, no: 0n, cost: 0n };
export const figuresOf = (rows: readonly MarketFigures[], marketId: bigint): Omit<MarketFigures, 'marketId'> =>
  rows.find((row) => row.marketId === marketId) ?? NOTHING;
export const countOf = (rows: readonly { marketId: bigint; count: bigint }[], marketId: bigint): number =>
  Number(rows.find((row) => row.marketId === marketId)?.count ?? 0n);

export const spreadAt = (market: ShownMarket, { yes, no }: { yes: bigint; no: bigint }, surroundings: Surroundings) =>
  shownSpread({ yes, no, ...market, status: tradingStatus(market) }, surroundings);

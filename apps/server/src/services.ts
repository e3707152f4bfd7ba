/** Everything a process needs, opened in order and closed in reverse. */

import { Failure } from '@predictu/contract/errors';
import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { type Access, openAccess, openTxtLookup } from './access/access.ts';
import { unsubscribeKeyOf } from './button-pages.ts';
import { hasPlatformFeature, initialisePlatformConfig } from './config/config.ts';
import { type Copilot, openCopilot } from './copilot/copilot.ts';
import { SIMULATOR } from './demo/simulator-settings.ts';
import { openRollups, type Rollups } from './insights/insights.ts';
import { type Intake, openIntake } from './intake/intake.ts';
import { mailParts } from './mails.ts';
import {
  type Feed,
  feedHealth,
  type MarketSource,
  marketFeed,
  polymarketSource,
  recordedSource,
  simulatedSource,
} from './markets/markets.ts';
import { type Clock, systemClock } from './platform/clock.ts';
import { type ColumnIndex, openColumnIndex } from './platform/column-index.ts';
import type { Config } from './platform/config.ts';
import { type Database, type Db, openDatabase } from './platform/db.ts';
import { type Files, openFiles } from './platform/files.ts';
import { NOT_CONFIGURED, type Probe, type Probes, roundTrip } from './platform/health.ts';
import { idMaker, type NewId } from './platform/ids.ts';
import { type Mail, openMail } from './platform/mail.ts';
import { type Metrics, openMetrics } from './platform/metrics.ts';
import { type RateLimits, rateLimits } from './platform/rate-limits.ts';
import { deriveKey } from './platform/secret.ts';
import { admitPlayer, type Balances, openBalances } from './players/players.ts';
import { openReports, type Reports } from './reports/reports.ts';
import { armPlatformBreaker } from './risk/risk.ts';
import { openSettlement, type Settlement } from './settlement/settlement.ts';
import {
  type OrderMatcher,
  openOrderMatcher,
  openTradePayments,
  openTrading,
  type TradePayments,
  type Trading,
} from './trading/trading.ts';
import { openWallet, type Wallet } from './wallet/wallet.ts';

export type Services = {
  config: Config;
  database: Database;
  access: Access;
  intake: Intake;
  trading: Trading;
  payments: TradePayments;
  /** Sweeps and listens only once started. */
  matcher: OrderMatcher;
  settlement: Settlement;
  wallet: Wallet;
  /** Wide lists chosen in memory. */
  lists: ColumnIndex;
  balances: Balances;
  mail: Mail;
  /** Signs the links that end a series of mails. */
  unsubscribeKey: Uint8Array;
  reports: Reports;
  /** Uploaded ones. */
  files: Files;
  copilot: Copilot;
  /** Of the market source and of the operators' own houses. */
  onPrices: Feed['onPrices'];
  /** Not started yet; a process that is not the worker leaves both so. */
  rollups: Rollups;
  feed: Feed;
  rateLimits: RateLimits;
  metrics: Metrics;
  probes: Probes;
  clock: Clock;
  newId: NewId;
  log: Logger;
  close(): Promise<void>;
};

export type ServiceOptions = { config: Config; secret: string; appUrl: string; log: Logger; clock?: Clock; loopback?: () => boolean } & {
  /** For a past that is being made: alone with the database, nothing happens between calls, and a crash begins it anew. */
  history?: boolean;
};

async function openRedis({ redisUrl }: Config, log: Logger): Promise<Redis | undefined> {
  if (!redisUrl) return undefined;
  const { Redis } = await import('ioredis');
  return new Redis(redisUrl, { lazyConnect: false, maxRetriesPerRequest: 1 }).on('error', (error: Error) =>
    log.warn({ err: error }, 'Redis cannot be reached'),
  );
}

/** The database, with a configuration even when it is new. */
async function openInstallation(
  { config, appUrl, log, history }: Pick<ServiceOptions, 'config' | 'appUrl' | 'log' | 'history'>,
  clock: Clock,
  newId: NewId,
): Promise<Database> {
  const database = openDatabase({
    connectionString: appUrl,
    poolSize: config.databasePoolSize,
    durable: !history,
    onError: (error) => log.warn({ err: error }, 'a database connection was lost'),
  });
  await database.as({ kind: 'admin', adminId: 0n, email: 'installation', permissions: [] }, 'write', async (db) => {
    await initialisePlatformConfig(db, clock.now());
    await armPlatformBreaker(db, clock.now(), newId);
  });
  return database;
}

type Entrance = Pick<Services, 'config' | 'database' | 'clock' | 'newId'> & {
  appUrl: string;
  redis: Redis | undefined;
  loopback: () => boolean;
  secret: string;
};

/** Who comes in, and with what. */
function openEntrance({ config, database, appUrl, clock, newId, redis, loopback, secret }: Entrance): Access {
  return openAccess({
    database,
    appUrl,
    clock,
    newId,
    admitPlayer,
    redis,
    adminTotpRequired: config.adminTotpRequired,
    lookupTxt: openTxtLookup(config.dnsServers),
    loopback,
    supabase: supabaseOf(config),
    keys: { session: deriveKey(secret, 'session'), secrets: deriveKey(secret, 'secrets') },
  });
}

export async function openServices({
  config,
  secret,
  appUrl,
  log,
  clock = systemClock,
  loopback = () => config.s2sAllowLoopback,
  history = false,
}: ServiceOptions): Promise<Services> {
  const newId = idMaker(clock);
  const metrics = openMetrics();
  const redis = await openRedis(config, log);
  const database = await openInstallation({ config, appUrl, log, history }, clock, newId);
  const access = openEntrance({ config, database, appUrl, clock, newId, redis, loopback, secret });
  const wallet = openWallet({ database, clock, newId, log, secretsKey: deriveKey(secret, 'secrets'), loopback, autonomous: !history });
  const { announce } = wallet;
  const engine = await openTrading({ database, appUrl, clock, log, quoteKey: secret, announce, sharing: !history, durable: !history });
  const trading = measured(engine, metrics);
  const payments = openTradePayments({ database, trading, wallet, log });
  const settlement = openSettlement({ database, clock, newId, wallet, log, automatic: settlesAutomatically });
  const matcher = openOrderMatcher({ database, clock, trading, payments, log });
  const readers = openReaders({ config, appUrl, log }, { database, clock, newId });
  const mail = openMail({
    ...config,
    ...mailParts({ secrets: deriveKey(secret, 'secrets'), unsubscribe: unsubscribeKeyOf(secret) }, config.dataFolder),
    from: config.mailFrom,
    database,
    clock,
    log,
  });
  const copilot = await openCopilot({ claude: config.anthropic, database, clock, log });
  const markets = openMarkets({ config, database, clock, newId, log }, copilot);
  return {
    config,
    database,
    access,
    intake: openIntake({ formKey: deriveKey(secret, 'forms'), access }),
    trading,
    payments,
    matcher,
    wallet,
    settlement,
    mail,
    unsubscribeKey: unsubscribeKeyOf(secret),
    ...readers,
    files: openFiles(config),
    copilot,
    metrics,
    clock,
    newId,
    log,
    ...markets,
    rateLimits: rateLimits(config.requestsPerMinute, clock, redis),
    probes: { ...probesOf(database, redis, config.marketSource), anthropic: copilot.probe },
    close: closing([...Object.values(readers), mail, matcher, settlement, wallet, trading, access, database], redis),
  };
}

const closing = (parts: readonly { close(): unknown }[], redis: Redis | undefined) => async (): Promise<void> => {
  for (const part of parts) await part.close();
  redis?.disconnect();
};

/** What reads beside the engine. */
const openReaders = (
  { config, appUrl, log }: Pick<ServiceOptions, 'config' | 'appUrl' | 'log'>,
  { database, clock, newId }: Pick<Services, 'database' | 'clock' | 'newId'>,
) => ({
  reports: openReports({ database, appUrl, dataFolder: config.dataFolder, clock, newId, log }),
  lists: openColumnIndex({ thread: new URL('list-columns.thread.ts', import.meta.url), appUrl, log }),
  balances: openBalances(appUrl),
  rollups: openRollups({ database, log }),
});
/** Counts and times what is submitted, wherever it is decided. */
function measured(trading: Trading, metrics: Metrics): Trading {
  return {
    ...trading,
    async submit(operation) {
      const begun = performance.now();
      let outcome = 'failed';
      try {
        const answer = await trading.submit(operation);
        outcome = 'refusal' in answer ? answer.refusal.refused : 'ok';
        return answer;
      } catch (error) {
        if (error instanceof Failure) outcome = error.code;
        throw error;
      } finally {
        metrics.operation(operation.kind, outcome, (performance.now() - begun) / 1_000);
      }
    },
  };
}

/** The keys are there when the address is: the configuration checks it. */
const supabaseOf = ({ supabaseUrl: url, supabaseAnonKey: anonKey = '', supabaseServiceRoleKey: serviceRoleKey = '', publicUrl }: Config) =>
  url === undefined ? undefined : { url, anonKey, serviceRoleKey, publicUrl };

const probesOf = (database: Database, redis: Redis | undefined, source: string): Omit<Probes, 'anthropic'> => ({
  supabase: roundTrip(() => database.ping()),
  redis: redis ? roundTrip(() => redis.ping()) : NOT_CONFIGURED,
  worker: NOT_CONFIGURED,
  market_feed: () => probeFeed(database, source),
});

/** The feed of the market source; prices are told by it and by the operators' own houses. */
function openMarkets(
  { config, ...context }: Pick<Services, 'config' | 'database' | 'clock' | 'newId' | 'log'>,
  { housePrices }: Copilot,
): Pick<Services, 'feed' | 'onPrices'> {
  const feed = marketFeed({ ...context, source: sourceOf(config, context.clock) });
  return {
    feed,
    onPrices(listener) {
      const stops = [feed.onPrices(listener), housePrices.onPrices(listener)];
      return () => {
        for (const stop of stops) stop();
      };
    },
  };
}

const settlesAutomatically = (db: Db): Promise<boolean> => hasPlatformFeature(db, 'auto_settlement');

function sourceOf(config: Config, clock: Clock): MarketSource {
  if (config.marketSource === 'polymarket') return polymarketSource({ ...config.polymarket, clock });
  if (config.marketSource === 'recorded') return recordedSource({ folder: config.recordingFolder ?? '', clock });
  return simulatedSource({ ...SIMULATOR, clock });
}

async function probeFeed(database: Database, name: string): ReturnType<Probe> {
  const start = performance.now();
  const feeds = await database.as({ kind: 'worker', name: 'health' }, 'read', feedHealth);
  const feed = feeds.find(({ source }) => source === name);
  const state = feed?.state === 'ok' ? 'ok' : feed?.state === 'silent' ? 'down' : 'degraded';
  return {
    state,
    latency_ms: Math.round((performance.now() - start) * 100) / 100,
    detail: feed?.lastEventAt ? `${name}, last event ${feed.lastEventAt.toISOString()}` : `${name}, nothing heard yet`,
  };
}

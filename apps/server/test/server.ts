/** The whole API behind real HTTP, on a database of its own, at an instant that only the test moves. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { contract } from '@predictu/contract';
import type { FastifyInstance, InjectOptions } from 'fastify';
import { SignJWT } from 'jose';
import { type Access, openAccess, openTxtLookup } from '../src/access/access.ts';
import { buttonPages, unsubscribeKeyOf } from '../src/button-pages.ts';
import { hasPlatformFeature, initialisePlatformConfig } from '../src/config/config.ts';
import type { Engine } from '../src/copilot/engine.ts';
import { rulesEngine } from '../src/copilot/rules-engine.ts';
import type { SupabaseSettings } from '../src/identity/identity.ts';
import { openIntake } from '../src/intake/intake.ts';
import type { Tick } from '../src/markets/changes.rules.ts';
import type { Actor } from '../src/platform/actor.ts';
import { serveButtonPages } from '../src/platform/button-page.ts';
import type { Clock } from '../src/platform/clock.ts';
import { type VirtualClock, virtualClock } from '../src/platform/clock.ts';
import { type ColumnIndex, openColumnIndex } from '../src/platform/column-index.ts';
import { type BucketSettings, openFiles } from '../src/platform/files.ts';
import { buildHttp, type Handler, route } from '../src/platform/http.ts';
import { idMaker, type NewId } from '../src/platform/ids.ts';
import { logTo } from '../src/platform/log.ts';
import { openMetrics } from '../src/platform/metrics.ts';
import { type Bucket, type RateLimits, rateLimits } from '../src/platform/rate-limits.ts';
import { deriveKey } from '../src/platform/secret.ts';
import { serveFiles } from '../src/platform/serve-files.ts';
import { admitPlayer, openBalances } from '../src/players/players.ts';
import { openReports, type Reports } from '../src/reports/reports.ts';
import { routes } from '../src/routes.ts';
import { openSettlement, type Settlement } from '../src/settlement/settlement.ts';
import { type OrderMatcher, openOrderMatcher, openTradePayments, openTrading, type Trading } from '../src/trading/trading.ts';
import { openWallet, type Wallet } from '../src/wallet/wallet.ts';
import { type TestDatabase, testDatabase } from './database.ts';
import { changeSlowly, makeMarket, makeOperator, START } from './factories.ts';

const SECRET = 'a-secret-that-is-at-least-32-characters';
export const PASSWORD = 'correct horse battery';
const ADMIN: Actor = { kind: 'admin', adminId: 1n, email: 'setup@predictu.local', permissions: [] };
const PLENTY = 1_000_000;

// biome-ignore lint/suspicious/noExplicitAny: answers are looked into by assertions, which fail on what is not there.
export type Answer = { status: number; headers: Record<string, unknown>; body: any };
export type Person = { operatorId: bigint; id: bigint; token: string };
/** One operator as seen from outside: a member's session and two players with $1,000 each. */
export type Tenant = { operatorId: bigint; token: string; players: [Person, Person] };
export type TestServer = {
  db: TestDatabase;
  clock: VirtualClock;
  newId: NewId;
  access: Access;
  trading: Trading;
  wallet: Wallet;
  settlement: Settlement;
  /** Not started: it sweeps when the test says so. */
  matcher: OrderMatcher;
  reports: Reports;
  dataFolder: string;
  http: FastifyInstance;
  admin: string;
  /** Two operators that know nothing of each other. */
  tenants: [Tenant, Tenant];
  marketId: bigint;
  /** Every line the server logged. */
  lines: string[];
  tellPrices(ticks: readonly Tick[]): void;
  send(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    url: string,
    token?: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer>;
  inject(options: InjectOptions): Promise<Answer>;
  close(): Promise<void>;
};

const health: Handler<typeof contract.health> = async () => {
  const ok = { state: 'ok', latency_ms: 1, detail: null } as const;
  const downstreams = { supabase: ok, redis: ok, anthropic: ok, worker: ok, market_feed: ok };
  return { data: { status: 'ok', version: '0', uptime_seconds: 0, time: START.toISOString(), downstreams } };
};

type Parts = Pick<TestServer, 'db' | 'clock' | 'newId' | 'access' | 'inject'>;

async function logIn({ inject }: Parts, audience: 'admin' | 'operator', email: string): Promise<string> {
  const { body } = await inject({ method: 'POST', url: `/api/auth/${audience}/login`, payload: { email, password: PASSWORD } });
  return body.data.token;
}

async function makeTenant(parts: Parts, name: string, hasSession = true): Promise<Tenant> {
  const { db, clock, access } = parts;
  let operatorId = 0n;
  await changeSlowly(db.owner, async () => {
    operatorId = await makeOperator(db.owner, { slug: name });
  });
  const email = `member@${name}.test`;
  const key = await db.database.as({ kind: 'access' }, 'write', async (tx) => {
    await access.createMember(tx, ADMIN, { email, name: null, password: PASSWORD, operatorId }, clock.now());
    return access.createKeyPair(tx, { operatorId, name: 'test' }, clock.now());
  });
  const player = async (externalId: string): Promise<Person> => {
    const seconds = Math.floor(clock.now().getTime() / 1_000);
    const launch = await new SignJWT({ sub: externalId, iat: seconds, exp: seconds + 60, jti: randomUUID() })
      .setProtectedHeader({ alg: 'HS256', kid: key.apiKey })
      .sign(Buffer.from(key.apiSecret));
    const { body } = await parts.inject({ method: 'POST', url: '/api/auth/embed-init', payload: { token: launch } });
    const { rows } = await db.owner.query('select id from players where operator_id = $1 and external_id = $2', [operatorId, externalId]);
    const id = BigInt(rows[0].id);
    await db.owner.query(`update players set limit_tier = 'vip' where id = $1`, [id]);
    return { operatorId, id, token: body.data.token };
  };
  return {
    operatorId,
    token: hasSession ? await logIn(parts, 'operator', email) : '',
    players: [await player('one'), await player('two')],
  };
}

async function deposit(trading: Trading, { operatorId, id: playerId }: Person): Promise<void> {
  const amount = 100_000n as never;
  const answer = await trading.submit({
    kind: 'adjustment',
    operatorId,
    playerId,
    key: `opening-${playerId}`,
    bodyHash: '0'.repeat(32),
    action: 'deposit',
    amount,
    reason: 'Opening balance',
    metadata: null,
    actor: 'test',
  });
  if (!('adjustment' in answer)) throw new Error(`The opening deposit was refused: ${JSON.stringify(answer)}`);
}

const pricedAt = (now: Date) => ({ priced_at: now, received_at: now, end_at: new Date(now.getTime() + 30 * 86_400_000) });

export type TestServerOptions = {
  /** The project that knows the members; those of the two operators then have no session. */
  supabase?: SupabaseSettings;
  /** Who is asked for TXT records; nobody when absent. */
  dnsServers?: readonly string[];
  /** Where uploaded files rest; a folder when absent. */
  bucket?: BucketSettings;
  clock?: VirtualClock;
  /** Limits a test may change while the server runs. */
  perMinute?: Record<Bucket, number>;
  /** What else it serves. */
  serveAlso?: (http: FastifyInstance, access: Access) => void;
  /** What answers for the copilot: the rules when absent. */
  engine?: Engine;
  /** What chooses wide lists: a thread that has nothing wide to choose from when absent. */
  lists?: ColumnIndex;
};
/** Limits that may change while the server runs: what has been counted stays counted. */
function changingLimits(perMinute: Record<Bucket, number>, clock: Clock): RateLimits {
  const plenty = rateLimits(unlimited(), clock);
  return {
    async count(bucket, key) {
      const counted = await plenty.count(bucket, key);
      const limit = perMinute[bucket];
      const used = counted.limit - counted.remaining;
      return { ...counted, allowed: used <= limit, limit, remaining: Math.max(0, limit - used) };
    },
  };
}
export const unlimited = (): Record<Bucket, number> => ({
  admin: PLENTY,
  operator: PLENTY,
  player: PLENTY,
  public: PLENTY,
  login: PLENTY,
  form: PLENTY,
});

export async function openTestServer({
  dnsServers,
  bucket,
  clock = virtualClock(START),
  perMinute = unlimited(),
  supabase,
  serveAlso,
  engine = rulesEngine,
  lists: given,
}: TestServerOptions = {}): Promise<TestServer> {
  const db = await testDatabase();
  const newId = idMaker(clock);
  const keys = { session: deriveKey(SECRET, 'session'), secrets: deriveKey(SECRET, 'secrets') };
  await db.database.as(ADMIN, 'write', (tx) => initialisePlatformConfig(tx, clock.now()));
  const lookupTxt = dnsServers ? openTxtLookup(dnsServers) : async () => ({ records: [] });
  const access = openAccess({ database: db.database, appUrl: db.appUrl, clock, newId, keys, admitPlayer, lookupTxt, supabase });
  const intake = openIntake({ formKey: deriveKey(SECRET, 'forms'), access });
  const lines: string[] = [];
  const log = logTo((line) => lines.push(line), 'info');
  const trading = await openTrading({ database: db.database, appUrl: db.appUrl, clock, log, quoteKey: SECRET, sharing: false });
  const wallet = openWallet({
    database: db.database,
    clock,
    newId,
    log,
    secretsKey: keys.secrets,
    loopback: () => true,
    autonomous: false,
  });
  const payments = openTradePayments({ database: db.database, trading, wallet, log });
  const matcher = openOrderMatcher({ database: db.database, clock, trading, payments, log });
  const settlement = openSettlement({
    database: db.database,
    clock,
    newId,
    wallet,
    log,
    automatic: (tx) => hasPlatformFeature(tx, 'auto_settlement'),
  });
  const listeners = new Set<(ticks: readonly Tick[]) => void>();
  const feed = {
    onPrices: (tell: (ticks: readonly Tick[]) => void) => {
      listeners.add(tell);
      return () => {
        listeners.delete(tell);
      };
    },
  };
  const dataFolder = mkdtempSync(join(tmpdir(), 'predictu-server-'));
  const files = openFiles({ dataFolder, bucket });
  const balances = openBalances(db.appUrl);
  const lists = given ?? openColumnIndex({ thread: new URL('../src/list-columns.thread.ts', import.meta.url), appUrl: db.appUrl, log });
  const reports = openReports({ database: db.database, appUrl: db.appUrl, dataFolder, clock, newId, log });
  const http = buildHttp({
    routes: [
      ...routes({
        copilot: { engine },
        database: db.database,
        access,
        intake,
        trading,
        payments,
        matcher,
        wallet,
        settlement,
        feed,
        lists,
        balances,
        reports,
        files,
        clock,
        log,
      }),
      route(contract.health, health),
    ],
    database: db.database,
    authenticate: access.authenticate,
    rateLimits: changingLimits(perMinute, clock),
    metrics: openMetrics({ process: false }),
    clock,
    newId,
    log,
  });
  serveAlso?.(http, access);
  serveFiles(http, files, log);
  serveButtonPages(http, buttonPages({ database: db.database, clock, unsubscribeKey: unsubscribeKeyOf(SECRET) }));
  const inject = async (options: InjectOptions): Promise<Answer> => {
    const { statusCode, headers, body } = await http.inject(options);
    const json = /json/.test(String(headers['content-type'] ?? 'json'));
    return { status: statusCode, headers, body: body === '' ? undefined : json ? JSON.parse(body) : body };
  };
  const parts: Parts = { db, clock, newId, access, inject };
  await db.database.as({ kind: 'access' }, 'write', (tx) =>
    access.createAdmin(tx, ADMIN, { email: 'admin@predictu.test', name: 'Ada', password: PASSWORD }, clock.now()),
  );
  const tenants: [Tenant, Tenant] = [
    await makeTenant(parts, 'first-casino', !supabase),
    await makeTenant(parts, 'second-casino', !supabase),
  ];
  for (const { players } of tenants) for (const player of players) await deposit(trading, player);
  return {
    ...parts,
    trading,
    wallet,
    settlement,
    matcher,
    reports,
    dataFolder,
    http,
    tenants,
    lines,
    admin: await logIn(parts, 'admin', 'admin@predictu.test'),
    marketId: await makeMarket(db.owner, { search_title: 'will it', ...pricedAt(clock.now()) }),
    tellPrices: (ticks) => {
      for (const tell of listeners) tell(ticks);
    },
    send: (method, url, token, body, headers = {}) =>
      inject({
        method,
        url,
        headers: { ...(token && { authorization: `Bearer ${token}` }), ...headers },
        ...(body !== undefined && { payload: body as object }),
      }),
    async close() {
      http.server.closeAllConnections();
      await http.close();
      await reports.close();
      rmSync(dataFolder, { recursive: true, force: true });
      await balances.close();
      await access.close();
      await matcher.close();
      await settlement.close();
      await trading.close();
      await db.drop();
    },
  };
}

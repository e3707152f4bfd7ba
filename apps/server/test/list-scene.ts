/** Some weeks of trading at three operators, one of them with a wallet outside; enough rows for pages, by the engine itself. */
import { encodeId, type Id, type IdKind } from '@predictu/contract/ids';
import { shares } from '@predictu/contract/units';
import { reservedKey } from '../src/trading/operation.rules.ts';
import { changeSlowly, makeMarket, makePlayer, START } from './factories.ts';
import { makeSeamlessOperator } from './outside-wallet.ts';
import { type Random, seeded } from './random.ts';
import { type Answer, openTestServer, PASSWORD, type TestServer } from './server.ts';
import { buyOf, depositOf, freshKey, hashOf, tradeOf } from './trading-scene.ts';

export type ListScene = {
  server: TestServer;
  /** Two that keep their balances here, then one with a wallet outside. */
  operators: bigint[];
  players: { operatorId: bigint; id: bigint }[];
  markets: bigint[];
  /** A page of a list; fails unless it answers 200. */
  page(url: string, token?: string): Promise<Answer['body']>;
  /** Every row of a list, page by page of `limit`, and the total each page named. */
  // biome-ignore lint/suspicious/noExplicitAny: rows are looked into by assertions.
  all(url: string, token?: string, limit?: number): Promise<{ rows: any[]; total: number }>;
  close(): Promise<void>;
};

export const shown = (kind: IdKind, id: unknown): string => encodeId(kind, BigInt(id as bigint));
const STEP_MS = 6 * 3_600_000;
const ROUNDS = 60;
const TIERS = ['normal', 'normal', 'sharp', 'restricted'];
const CATEGORIES = ['sports', 'crypto', 'politics'];

async function makePlayers({ server, operators }: Pick<ListScene, 'server' | 'operators'>, random: Random): Promise<ListScene['players']> {
  const players: ListScene['players'] = server.tenants.flatMap(({ players: own }) => own);
  for (let n = 0; n < 15; n += 1) {
    const operatorId = operators[n % 3] as bigint;
    const id = await makePlayer(server.db.owner, operatorId, {
      balance_cents: n % 3 === 2 ? 0n : BigInt(random.between(20_000, 200_000)),
      external_id: `ext%${n}_${n % 3}`,
      username: n % 4 === 0 ? null : `Player ${String.fromCharCode(65 + n)}`,
      email: n % 5 === 0 ? null : `p${n}@example.com`,
      tier: TIERS[n % 4],
      status: n === 7 ? 'suspended' : 'active',
      score: random.between(10, 90),
      created_at: new Date(START.getTime() - random.between(0, 3) * 86_400_000),
    });
    players.push({ operatorId, id });
  }
  return players;
}

async function tradeOnce(
  { server, operators, players, markets }: Omit<ListScene, 'page' | 'all' | 'close'>,
  random: Random,
): Promise<void> {
  const { trading } = server;
  const player = random.pick(players);
  const market = random.pick(markets);
  const outcome = random.pick(['yes', 'no'] as const);
  const outside = player.operatorId === operators[2];
  if (!outside && random.oneIn(8)) {
    await trading.submit(depositOf(player.operatorId, player.id, BigInt(random.between(100, 9_000))));
    const body = { action: 'withdraw', amount: 100n as never, reason: 'Cashier' } as const;
    const key = freshKey();
    await trading.submit({
      ...player,
      kind: 'adjustment',
      playerId: player.id,
      key,
      bodyHash: hashOf(key),
      ...body,
      metadata: { note: key },
      actor: 'opu_1',
    });
  }
  const buy = buyOf(market, BigInt(random.between(100, 3_000)), { outcome });
  if (random.oneIn(9)) {
    const orders = [buy, buyOf(market, 500n)];
    const key = freshKey();
    await trading.submit({ kind: 'trades', operatorId: player.operatorId, playerId: player.id, key, bodyHash: hashOf(key), orders });
    return;
  }
  const answer = await trading.submit(tradeOf(player.operatorId, player.id, buy));
  if (!('trade' in answer)) return;
  const { trade } = answer;
  if (trade.status === 'pending' && !random.oneIn(12)) {
    const base = { operatorId: player.operatorId, playerId: player.id, marketId: market, outcome, tradeId: trade.id };
    const common = { ...base, key: reservedKey(trade.id), bodyHash: '0'.repeat(32) };
    const refusal = { refused: 'WALLET_UNAVAILABLE', message: 'no', details: null } as const;
    await trading.submit(random.oneIn(5) ? { ...common, kind: 'release', refusal } : { ...common, kind: 'fill' });
  }
  if (trade.status === 'filled' && random.oneIn(3)) {
    const quantity = shares(random.oneIn(2) ? trade.quantity : trade.quantity / 2n);
    const sale = { marketId: market, outcome, side: 'sell' as const, quantity, limitPrice: 1n as never };
    await trading.submit(tradeOf(player.operatorId, player.id, sale));
  }
}

export async function listScene(): Promise<ListScene> {
  const server = await openTestServer();
  const { owner } = server.db;
  const random = seeded(4);
  const operators = [...server.tenants.map(({ operatorId }) => operatorId), await makeSeamlessOperator(owner, 'http://127.0.0.1:9/wallet')];
  const markets: bigint[] = [];
  for (let n = 0; n < 6; n += 1) markets.push(await makeMarket(owner, { category: CATEGORIES[n % 3], title: `Will number ${n} win?` }));
  const players = await makePlayers({ server, operators }, random);
  await changeSlowly(owner, async () => {});
  for (let round = 0; round < ROUNDS; round += 1) {
    server.clock.advance(STEP_MS);
    const mid = random.between(2_000, 8_000);
    await owner.query(`update markets set priced_at = $1, received_at = $1, end_at = $2, mid = $3 + id % 7`, [
      server.clock.now(),
      new Date(server.clock.now().getTime() + 90 * 86_400_000),
      mid,
    ]);
    for (let n = 0; n < 5; n += 1) await tradeOnce({ server, operators, players, markets }, random);
    if (round === 25) await resolve(server, markets[0] as bigint, 'yes');
    if (round === 35) await resolve(server, markets[1] as bigint, 'void');
    if (round === 45) await resolve(server, markets[2] as bigint, 'no');
  }
  await logInAgain(server);
  const page: ListScene['page'] = async (url, token = server.admin) => {
    const answer = await server.send('GET', url, token);
    if (answer.status !== 200) throw new Error(`${url}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  const all: ListScene['all'] = async (url, token, limit = 40) => {
    // biome-ignore lint/suspicious/noExplicitAny: as above.
    const rows: any[] = [];
    for (let number = 1; ; number += 1) {
      const body = await page(`${url}${url.includes('?') ? '&' : '?'}limit=${limit}&page=${number}`, token);
      rows.push(...body.data);
      if (number >= body.pagination.total_pages) return { rows, total: body.pagination.total };
    }
  };
  return { server, operators, players, markets, page, all, close: server.close };
}

/** Sessions end within hours; the scene lasts weeks. */
async function logInAgain(server: TestServer): Promise<void> {
  const logIn = async (audience: string, email: string): Promise<string> =>
    (await server.send('POST', `/api/auth/${audience}/login`, undefined, { email, password: PASSWORD })).body.data.token;
  server.admin = await logIn('admin', 'admin@predictu.test');
  for (const [n, tenant] of server.tenants.entries())
    tenant.token = await logIn('operator', `member@${n === 0 ? 'first' : 'second'}-casino.test`);
}

/** Over HTTP, as an admin does; every credit is paid before it returns. */
async function resolve(server: TestServer, market: bigint, resolution: string): Promise<void> {
  await logInAgain(server);
  const url = `/api/internal/markets/${encodeId('market', market as Id<'market'>)}/resolve`;
  const answer = await server.send('POST', url, server.admin, { resolution, evidence: 'Final score' });
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
  await server.settlement.run();
}

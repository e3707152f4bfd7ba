/**
 * Builds the demo on an empty installation: staff, three operators, a few hundred players, and two days of markets and
 * trades, decided by the real engine under a virtual clock that ends now.
 */
import { createHash } from 'node:crypto';
import { encodeId } from '@predictu/contract/ids';
import type { Cents } from '@predictu/contract/units';
import type { Logger } from 'pino';
import type { Access } from '../access/access.ts';
import { applySourceEvents, simulator } from '../markets/markets.ts';
import { createOperator } from '../operators/operators.ts';
import type { Actor } from '../platform/actor.ts';
import { type Clock, virtualClock } from '../platform/clock.ts';
import type { Database } from '../platform/db.ts';
import { idMaker, type NewId } from '../platform/ids.ts';
import { admitPlayer } from '../players/players.ts';
import { openTrading } from '../trading/trading.ts';
import type { Wallet } from '../wallet/wallet.ts';
import type { DemoFile } from './demo-file.ts';
import { demoTemperament, drawPlayer, loadMarkets, loadPlayers, makeMove } from './demo-players.ts';
import {
  DEMO_ADMIN,
  DEMO_OPERATORS,
  DEMO_PASSWORD,
  DEMO_SEED,
  type DemoOperator,
  draws,
  externalIdOf,
  VISITOR,
} from './demo-seed.rules.ts';
import type { Progress } from './progress.ts';
import { SIMULATOR } from './simulator-settings.ts';
import { amountBetween, usernameOf } from './temperament.rules.ts';

const BUILDER: Actor = { kind: 'admin', adminId: 0n, email: 'demo', permissions: [] };
const HISTORY_MS = 48 * 3_600_000;
const STEP_MS = 15 * 60_000;
const MOVES_PER_STEP = 16;
const EARLIER_MS = 6 * 3_600_000;
/** Accounts are older than the trading shown, so that limits have had time to grow. */
const ACCOUNT_AGE_MS = 20 * 86_400_000;

export type BuildOptions = {
  database: Database;
  access: Access;
  wallet: Pick<Wallet, 'prepare'>;
  appUrl: string;
  secret: string;
  clock: Clock;
  log: Logger;
  progress: Progress;
};

/** Only an installation without operators gets a demo; anything else keeps its own. */
export const isEmpty = (database: Database): Promise<boolean> =>
  database.as(BUILDER, 'read', async (db) => (await db.query('select 1 from operators limit 1')).length === 0);

export async function buildDemo({
  database,
  access,
  wallet,
  appUrl,
  secret,
  clock,
  log,
  progress,
}: BuildOptions): Promise<DemoFile['operators']> {
  const end = clock.now();
  const past = virtualClock(new Date(end.getTime() - HISTORY_MS));
  const newId = idMaker(past);
  progress.step('operators and staff', 0);
  const operators = await createPeople(database, access, past, newId);
  const trading = await openTrading({ database, appUrl, clock: past, log, quoteKey: secret, sharing: false });
  try {
    progress.step('players', 0.03);
    await createPlayers(database, trading, operators, past);
    await playHistory({ database, trading, past, newId, end, progress });
  } finally {
    await trading.close();
  }
  return Promise.all(
    operators.map(async ({ operator, id, member, key }) => ({
      slug: operator.slug,
      operator_id: encodeId('operator', id),
      email: member,
      password: DEMO_PASSWORD,
      api_key: key.apiKey,
      api_secret: key.apiSecret,
      ...(operator.ownWallet && (await webhookSecretOf(wallet, id))),
    })),
  );
}

async function webhookSecretOf(wallet: Pick<Wallet, 'prepare'>, operatorId: bigint): Promise<{ webhook_secret?: string }> {
  const { webhookSecret } = await wallet.prepare(operatorId);
  return webhookSecret === null ? {} : { webhook_secret: webhookSecret };
}

async function createPeople(database: Database, access: Access, past: Clock, newId: NewId) {
  const now = past.now();
  await database.as({ kind: 'access' }, 'write', (db) =>
    access.createAdmin(db, BUILDER, { email: DEMO_ADMIN, name: 'Demo Administrator', password: DEMO_PASSWORD }, now),
  );
  const made: { operator: DemoOperator; member: string; id: bigint; key: Awaited<ReturnType<Access['createKeyPair']>> }[] = [];
  for (const operator of DEMO_OPERATORS) {
    const { id } = await database.as(BUILDER, 'write', (db) =>
      createOperator(
        db,
        BUILDER,
        {
          slug: operator.slug,
          name: operator.name,
          contactEmail: operator.contact,
          contactName: `${operator.name} team`,
          websiteUrl: operator.website,
          status: operator.status,
          walletMode: operator.ownWallet ? 'seamless' : 'internal',
          maxBet: operator.maxBet,
          exposureLimit: operator.exposureLimit,
          allowedCategories: [...operator.categories],
          ...(operator.status === 'live' && { onboardedAt: now }),
        },
        now,
        newId,
      ),
    );
    const { member } = operator;
    if (member === null) continue;
    await database.as({ kind: 'access' }, 'write', (db) =>
      access.createMember(db, BUILDER, { operatorId: id, email: member, name: `${operator.name} operator`, password: DEMO_PASSWORD }, now),
    );
    const key = await database.as(BUILDER, 'write', (db) => access.createKeyPair(db, { operatorId: id, name: 'Demo key' }, now));
    made.push({ operator, member, id, key });
  }
  return made;
}

type Trading = Awaited<ReturnType<typeof openTrading>>;

async function createPlayers(
  database: Database,
  trading: Trading,
  operators: readonly { operator: DemoOperator; id: bigint }[],
  past: Clock,
): Promise<void> {
  const accountsSince = new Date(past.now().getTime() - ACCOUNT_AGE_MS);
  const accountIds = idMaker(virtualClock(accountsSince));
  for (const [operatorIndex, { operator, id: operatorId }] of operators.entries()) {
    const draw = draws(DEMO_SEED + operatorIndex);
    const people = Array.from({ length: operator.players }, (_, index) => ({ index, temperament: demoTemperament(operatorIndex, index) }));
    const ids = await database.as({ kind: 'access' }, 'write', (db) =>
      Promise.all(
        people.map(async ({ index, temperament }) => {
          const externalId = externalIdOf(operator, index);
          const { id } = await admitPlayer(
            db,
            { operatorId, externalId, username: usernameOf(index, draw()), email: `${externalId}@players.example` },
            accountsSince,
            accountIds,
          );
          await db.query('update players set limit_tier = $3 where operator_id = $1 and id = $2', [operatorId, id, temperament.limitTier]);
          return id;
        }),
      ),
    );
    // Elsewhere their money waits in the operator's own cashier.
    if (operator.ownWallet) continue;
    await Promise.all(
      people.map(({ temperament }, position) =>
        deposit(trading, operatorId, ids[position] as bigint, amountBetween(temperament.deposit, draw())),
      ),
    );
  }
  const first = operators[0];
  if (!first) return;
  const visitor = await database.as({ kind: 'access' }, 'write', async (db) => {
    const { id } = await admitPlayer(
      db,
      { operatorId: first.id, externalId: VISITOR.externalId, username: VISITOR.username, email: null },
      accountsSince,
      accountIds,
    );
    await db.query('update players set limit_tier = $3 where operator_id = $1 and id = $2', [first.id, id, 'regular']);
    return id;
  });
  await deposit(trading, first.id, visitor, VISITOR.deposit);
}

async function deposit(trading: Trading, operatorId: bigint, playerId: bigint, amount: Cents): Promise<void> {
  const key = `demo-deposit-${playerId}`;
  const bodyHash = createHash('sha256').update(key).digest('hex').slice(0, 32);
  const answer = await trading.submit({
    kind: 'adjustment',
    operatorId,
    playerId,
    key,
    bodyHash,
    action: 'deposit',
    amount,
    reason: 'First deposit',
    metadata: null,
    actor: 'worker:demo',
  });
  if ('refusal' in answer) throw new Error(`A demo player could not deposit: ${answer.refusal.message}`);
}

type History = { database: Database; trading: Trading; past: ReturnType<typeof virtualClock>; newId: NewId; end: Date; progress: Progress };

async function playHistory({ database, trading, past, newId, end, progress }: History): Promise<void> {
  const world = simulator(SIMULATOR);
  world.skipTo(past.now());
  const draw = draws(DEMO_SEED + 77);
  // Only where the platform keeps the money: an outside wallet knows no yesterday.
  const players = (await database.as({ kind: 'worker', name: 'demo' }, 'read', loadPlayers)).filter(({ ownWallet }) => !ownWallet);
  const start = past.now().getTime();
  let round = 0;
  for (const events of world.advanceTo(end, STEP_MS)) {
    past.set(new Date(Math.min(start + round * STEP_MS, end.getTime())));
    await applySourceEvents({ database, source: 'simulated', clock: past, newId }, events);
    const markets = await database.as({ kind: 'worker', name: 'demo' }, 'read', (db) =>
      loadMarkets(db, new Date(past.now().getTime() - EARLIER_MS)),
    );
    const moves = Array.from({ length: MOVES_PER_STEP }, () => drawPlayer(players, draw)).flatMap((player) => player ?? []);
    await Promise.all(moves.map((player, index) => makeMove({ trading }, player, markets, `demo-${round}-${index}`, draw)));
    round += 1;
    progress.step('two days of trading', 0.1 + 0.9 * ((past.now().getTime() - start) / (end.getTime() - start)));
  }
}

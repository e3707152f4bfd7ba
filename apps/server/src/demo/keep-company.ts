/** What players of the history do beside trading: names, watchlists, alerts, limits, breaks, friends; and what operators switch on for it. */
import { encodeId, type Id } from '@predictu/contract/ids';
import { changeReferralTerms } from '@predictu/contract/operator/referrals';
import { updateOperatorConfig } from '@predictu/contract/operator/settings';
import { createPriceAlert, getReferral, redeemReferral, updateProfile, watchMarket } from '@predictu/contract/player/engagement';
import { excludeSelf, setLimit } from '@predictu/contract/player/limits';
import { showNames } from '../engagement/engagement.ts';
import type { Actor } from '../platform/actor.ts';
import type { Staff, StaffedOperator } from './create-staff.ts';
import { DEMO_SEED, draws, indexOfExternalId, VISITOR } from './demo-seed.rules.ts';
import { act, DEMO, type Past } from './past.ts';

type Player = Extract<Actor, { kind: 'player' }>;
type Open = { id: Id<'market'>; mid: number };

/** Of the busiest: so many take part, every third shows its name, every fifth has limits. */
const COMPANY = 60;
/** Of all others, the part that shows its name. */
const SHOWN = 0.4;
const TERMS = { referrer_bonus_usd: 10, referred_bonus_usd: 5, qualifying_trade_usd: 20, most_per_player: 20 };
const LIMITS = [
  { kind: 'stake_day', amount_usd: 250 },
  { kind: 'loss_week', amount_usd: 400 },
  { kind: 'stake_month', amount_usd: 2_500 },
  { kind: 'session', minutes: 90 },
] as const;
const EXCLUSIONS = ['7d', '30d', 'permanent'] as const;

const actorOf = (operatorId: bigint, playerId: bigint): Player => ({ kind: 'player', operatorId, playerId, sessionId: 0n });

async function playersOf(
  { database }: Past,
  operatorId: bigint,
  newcomers: boolean,
  most: number,
): Promise<{ player: Player; name: string }[]> {
  const order = newcomers ? 'p.trade_count = 0' : 'p.trade_count > 0';
  const rows = await database.as(DEMO, 'read', (db) =>
    db.query<{ id: bigint; name: string }>(
      `select p.id, p.username as name from players p where p.operator_id = $1 and p.status = 'active' and p.username is not null and ${order}
         and p.external_id ~ '^[a-z]{3}-[0-9]{4}$' order by p.trade_count desc, p.id limit $2`,
      [operatorId, most],
    ),
  );
  return rows.map(({ id, name }) => ({ player: actorOf(operatorId, id), name }));
}

/** The liveliest markets an operator offers. */
const openMarkets = ({ database }: Past, { operator }: StaffedOperator): Promise<Open[]> =>
  database.as(DEMO, 'read', (db) =>
    db.query<Open>(
      `select id, mid from markets where status = 'active' and closed_at is null and mid between 1500 and 8500 and category = any($1::text[])
       order by source_volume_cents desc, id limit 40`,
      [operator.categories],
    ),
  );

async function watch(past: Past, player: Player, markets: readonly Open[], draw: () => number, count: number): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    const market = markets[Math.floor(draw() * markets.length)];
    if (!market) return;
    await act(past, player, watchMarket, { params: { market_id: encodeId('market', market.id) } });
  }
}

/** Some near enough to go off within the day. */
async function alert(past: Past, player: Player, markets: readonly Open[], draw: () => number, distance: number): Promise<void> {
  const market = markets[Math.floor(draw() * markets.length)];
  if (!market) return;
  const direction = draw() < 0.5 ? 'above' : 'below';
  const price = (market.mid + (direction === 'above' ? distance : -distance)) / 10_000;
  await act(past, player, createPriceAlert, { body: { market_id: encodeId('market', market.id), direction, price } });
}

/** A username as a name for others: letters and digits, not too long. */
const shown = (username: string): string =>
  username
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .slice(0, 24)
    .trim();

async function play(
  past: Past,
  { player, name }: { player: Player; name: string },
  index: number,
  markets: readonly Open[],
): Promise<void> {
  const draw = draws(DEMO_SEED + index * 7_919);
  await watch(past, player, markets, draw, 1 + Math.floor(draw() * 5));
  if (index % 2 === 0) await alert(past, player, markets, draw, 100 + Math.floor(draw() * 9) * 100);
  if (index % 3 === 0 && shown(name).length >= 3) {
    const body = { display_name: shown(name), show_name: true, digest: index % 6 === 0 ? ('weekly' as const) : ('off' as const) };
    await act(past, player, updateProfile, { body });
  }
  const limit = LIMITS[(index / 5) % LIMITS.length];
  if (index % 5 === 0 && limit) await act(past, player, setLimit, { body: limit });
}

/** Players who have come and not traded yet came with the code of a busy one. */
async function refer(past: Past, operatorId: bigint, referrer: Player): Promise<void> {
  const { data } = await act(past, referrer, getReferral);
  if (data.code === null) return;
  for (const { player } of await playersOf(past, operatorId, true, 4))
    await act(past, player, redeemReferral, { body: { code: data.code } });
}

/** Of everybody who has come by now, those who like to be seen: a leaderboard has names whoever leads it. */
async function nameThemselves({ database, clock }: Past, operatorId: bigint): Promise<void> {
  const players = await database.as(DEMO, 'read', (db) =>
    db.query<{ id: bigint; external_id: string; username: string }>(
      `select id, external_id, username from players where operator_id = $1 and username is not null and external_id ~ '^[a-z]{3}-[0-9]{4}$'`,
      [operatorId],
    ),
  );
  const named = players
    .filter(({ external_id: externalId }) => draws(DEMO_SEED + indexOfExternalId(externalId))() < SHOWN)
    .map(({ id, username }) => ({ playerId: id, name: shown(username) }));
  await database.as(DEMO, 'write', (db) => showNames(db, operatorId, named, clock.now()));
}

async function visitorOf({ database }: Past, operatorId: bigint): Promise<Player | undefined> {
  const [row] = await database.as(DEMO, 'read', (db) =>
    db.query<{ id: bigint }>('select id from players where operator_id = $1 and external_id = $2', [operatorId, VISITOR.externalId]),
  );
  return row && actorOf(operatorId, row.id);
}

/** The visitor finds every screen in use; what its alerts waited for has partly come when the history ends. */
async function furnishVisitor(past: Past, operatorId: bigint, markets: readonly Open[]): Promise<void> {
  const visitor = await visitorOf(past, operatorId);
  if (!visitor) return;
  const draw = draws(DEMO_SEED);
  await watch(past, visitor, markets, draw, 4);
  for (const distance of [50, 50, 100, 100, 200, 400, 900]) await alert(past, visitor, markets, draw, distance);
}

/** When the history ends: a limit of the visitor is lower than it wants, and the raise waits. */
export async function limitVisitor(past: Past, { operators }: Staff): Promise<void> {
  const [first] = operators;
  const visitor = first && (await visitorOf(past, first.id));
  if (!visitor) return;
  await act(past, visitor, setLimit, { body: { kind: 'stake_week', amount_usd: 500 } });
  await act(past, visitor, setLimit, { body: { kind: 'stake_month', amount_usd: 1_000 } });
  await act(past, visitor, setLimit, { body: { kind: 'stake_month', amount_usd: 1_500 } });
}

async function switchOn(past: Past, { operator, member }: StaffedOperator): Promise<void> {
  const features = { social_feed: true, referral_program: !operator.ownWallet };
  await act(past, member, updateOperatorConfig, { body: { features, notifications: { daily_digest: true } } });
  if (!operator.ownWallet) await act(past, member, changeReferralTerms, { body: TERMS });
}

/** In the last days of the history, at every operator that is live. */
export async function keepCompany(past: Past, { operators }: Staff): Promise<void> {
  for (const staffed of operators) {
    const { operator, id: operatorId } = staffed;
    if (operator.status !== 'live') continue;
    await switchOn(past, staffed);
    const markets = await openMarkets(past, staffed);
    const company = await playersOf(past, operatorId, false, COMPANY);
    for (const [index, one] of company.entries()) await play(past, one, index, markets);
    await nameThemselves(past, operatorId);
    for (const [index, period] of EXCLUSIONS.entries()) {
      const one = company[company.length - 1 - index];
      if (one) await act(past, one.player, excludeSelf, { body: { period } });
    }
    const [first] = company;
    if (first && !operator.ownWallet) await refer(past, operatorId, first.player);
    await furnishVisitor(past, operatorId, markets);
  }
}

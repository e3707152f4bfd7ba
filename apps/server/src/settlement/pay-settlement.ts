/** Pays what was decided, some hundred payouts at a time: balances, ledger and watermark in one short transaction, so a crash loses and doubles nothing. */
import { firstIdAt } from '@predictu/contract/ids';
import type { Cents } from '@predictu/contract/units';
import { postEntries } from '../ledger/ledger.ts';
import type { Actor } from '../platform/actor.ts';
import type { Statement } from '../platform/arrays.ts';
import type { Clock } from '../platform/clock.ts';
import { type Database, type Db, type Row, sqlStateOf } from '../platform/db.ts';
import { creditPayout, type Payout, payoutMetadata } from '../trading/payout.rules.ts';
import { insertAbsorptions, type WalletMode } from '../trading/trading.ts';
import { insertCalls, type NewCall } from '../wallet/wallet.ts';
import { LEAST } from './pace.rules.ts';
import {
  endTurn,
  type LockedPlayer,
  lockPlayers,
  lockSequencer,
  markPaid,
  noteChanges,
  preparePaying,
  type Span,
  selectDue,
  selectProgress,
  selectReferences,
  type Unpaid,
  updatePlayers,
} from './pay.sql.ts';
import { type Paid, paySet, readPiece, type Share } from './pay-set.sql.ts';

const WORKER: Actor = { kind: 'worker', name: 'settlement' };

const run = (db: Db, { text, values, name }: Statement): Promise<unknown> => db.query(text, values, name);

/** What an outside wallet is told: money it received, or that a bet is lost. Undefined when nothing follows for it. */
function callOf(payout: Payout, net: Cents, id: bigint, referenceId: bigint | null, now: Date): NewCall | undefined {
  const { operatorId, settlementId, playerId, marketId, positionId } = payout;
  if (net === 0n && payout.correction) return undefined;
  const method = net === 0n ? 'BET_LOSE' : payout.refund ? 'BET_REFUND' : 'BET_WIN';
  const amount = net === 0n ? payout.cost : net;
  return {
    id,
    operatorId,
    method,
    playerId,
    marketId,
    tradeId: null,
    positionId,
    settlementId,
    referenceId,
    amount,
    createdAt: now,
    claimedUntil: null,
  };
}

type Credited = { posted: Posted[]; calls: NewCall[]; absorptions: { payout: Payout; absorbed: Cents }[] };
type Posted = Parameters<typeof postEntries>[0][number];

/** Credits these payouts in memory and says what follows; `betOf` names the bet a position began with. */
function credit(
  due: readonly Payout[],
  players: ReadonlyMap<bigint, LockedPlayer>,
  { walletMode, now, nextId, betOf }: { walletMode: WalletMode; now: Date; nextId(): bigint; betOf(payout: Payout): bigint | null },
): Credited {
  const piece: Credited = { posted: [], calls: [], absorptions: [] };
  for (const payout of due) {
    const player = players.get(payout.playerId);
    if (!player) throw new Error(`Player ${payout.playerId} of a payout is not there`);
    const { operatorId, playerId } = payout;
    const { entries, absorbed, net } = creditPayout(player, payout, walletMode);
    for (const entry of entries) {
      piece.posted.push({ operatorId, id: nextId(), playerId, tradeId: null, metadata: payoutMetadata(payout), ...entry });
    }
    if (absorbed > 0n) piece.absorptions.push({ payout, absorbed });
    const call = walletMode === 'seamless' && callOf(payout, net, nextId(), betOf(payout), now);
    if (call) piece.calls.push(call);
  }
  return piece;
}

type Turn = { db: Db; unpaid: Unpaid; now: Date; lastId: bigint; span: Span };
/** What a piece came to: the last id it used, and calls it has written. */
type Piece = { lastId: bigint; calls: number };

/** One payout after the other by the rules: corrections and outside wallets. */
async function payOneByOne({ db, unpaid, now, lastId: last, span }: Turn): Promise<Piece> {
  const { operatorId, walletMode } = unpaid;
  const due = await selectDue(db, unpaid, span);
  let lastId = last;
  const nextId = (): bigint => {
    lastId += 1n;
    return lastId;
  };
  const playerIds = [...new Set(due.map(({ playerId }) => playerId))];
  const [market] = due;
  const [players, references] = await Promise.all([
    lockPlayers(db, operatorId, playerIds),
    walletMode === 'seamless' && market ? selectReferences(db, operatorId, market.marketId, playerIds) : [],
  ]);
  const bets = new Map(references.map(({ playerId, outcome, tradeId }) => [`${playerId}.${outcome}`, tradeId]));
  const betOf = ({ playerId, outcome }: Payout): bigint | null => bets.get(`${playerId}.${outcome}`) ?? null;
  const byId = new Map(players.map((player) => [player.id, player]));
  const { posted, calls, absorptions } = credit(due, byId, { walletMode, now, nextId, betOf });
  await Promise.all([
    posted.length > 0 && run(db, postEntries(posted, now)),
    players.length > 0 && run(db, updatePlayers(operatorId, players)),
    players.length > 0 && noteChanges(db, playerIds),
    absorptions.length > 0 && run(db, insertAbsorptions(absorptions)),
    calls.length > 0 && run(db, insertCalls(calls)),
  ]);
  return { lastId, calls: calls.length };
}

async function payByRules(database: Database, clock: Clock, unpaid: Unpaid, { most, seen }: Share): Promise<Paid | undefined> {
  let lockedAt = 0;
  const paid = await database.as(WORKER, 'write', async (db) => {
    const [, last, progress] = await Promise.all([preparePaying(db), lockSequencer(db), selectProgress(db, unpaid)]);
    if (!progress) return undefined;
    const now = clock.now();
    lockedAt = now.getTime();
    const first = firstIdAt(now) - 1n;
    const { paidThrough, positions } = progress;
    const next = paidThrough + BigInt(most);
    const through = next < positions ? next : positions;
    const turn = { db, unpaid, now, lastId: last > first ? last : first, span: { after: paidThrough, through } };
    const { lastId, calls } = await payOneByOne(turn);
    const finished = through === positions;
    await Promise.all([markPaid(db, unpaid, through, finished ? now : null), endTurn(db, lastId, finished ? 1 : 0)]);
    return { finished, calls, count: Number(through - paidThrough), lastId, others: last !== seen };
  });
  // Until the commit has been seen: the lock ends with it.
  const heldMs = clock.now().getTime() - lockedAt;
  return paid && { ...paid, heldMs, tookMs: heldMs };
}

const HELD = '55P03';
const CHECK_BROKEN = '23514';

async function payAsSet(database: Database, clock: Clock, unpaid: Unpaid, share: Share): Promise<Paid | 'held' | undefined> {
  const now = clock.now();
  const statements = paySet(unpaid, { ...share, moves: unpaid.walletMode === 'internal', now, firstId: firstIdAt(now) - 1n });
  let replies: Row[][];
  try {
    replies = await database.exchange(WORKER, 'write', statements);
  } catch (error) {
    const state = sqlStateOf(error);
    // What a batch has paid meanwhile may break a check before it is seen; with the players locked first nothing can.
    if (state === HELD || (state === CHECK_BROKEN && share.sequencerLast && !share.playersFirst)) return 'held';
    throw error;
  }
  return readPiece(statements, replies, share);
}

/** The next payouts of one record. Undefined when it is paid; 'held', and nothing paid, when somebody has held a player or the sequencer for long, or paid one early. */
export function payChunk(database: Database, clock: Clock, unpaid: Unpaid, given: Partial<Share> = {}): Promise<Paid | 'held' | undefined> {
  const share = { most: LEAST, seen: 0n, sequencerLast: false, playersFirst: false, ...given };
  const byRules = unpaid.walletMode === 'seamless' || unpaid.correction;
  return byRules ? payByRules(database, clock, unpaid, share) : payAsSet(database, clock, unpaid, share);
}

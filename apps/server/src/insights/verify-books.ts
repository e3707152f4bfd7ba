/** Proves the books: every claim of books.sql.ts, and the trades replayed, all on one snapshot of the database. */
import { encodeId, type IdKind, PREFIXES } from '@predictu/contract/ids';
import type { Database, Db } from '../platform/db.ts';
import {
  BOOK_CHECKS,
  closingsInOrder,
  type Difference,
  payoutsInOrder,
  positionsInOrder,
  prepareForWholeTables,
  runCheck,
  tradesInOrder,
} from './books.sql.ts';
import {
  emptyReplay,
  positionKey,
  type Replay,
  type ReplayCheckName,
  type ReplayedPosition,
  replayPayout,
  replayTrade,
} from './trade-replay.rules.ts';

export type BookResult = {
  name: string;
  /** What was to be shown, as a sentence. */
  claim: string;
  ok: boolean;
  /** How many things were looked at. */
  compared: number;
  /** How many of them differ. */
  found: number;
  /** The first of them. */
  differences: Difference[];
};
export type BooksReport = { ok: boolean; checks: BookResult[] };

/** Differences kept as examples of one check. */
const EXAMPLES = 10;

const REPLAY_CLAIMS: Record<ReplayCheckName | 'positions' | 'player_closings', string> = {
  prices: 'the price and mid of every trade recompute from its receipt, to the last unit',
  amounts: 'cost or proceeds, spread revenue and realised profit of every trade recompute, and nobody sold more than they held',
  walls: 'every wall a buy passed names the exposure the trades until then add up to, and none was above its limit',
  positions: 'every position holds what its trades leave, with their cost basis and realised profit',
  player_closings: "every player's count of closed and won positions equals what the trades say",
};

class Tally {
  readonly #results = new Map<string, BookResult>();
  constructor() {
    for (const [name, claim] of Object.entries(REPLAY_CLAIMS))
      this.#results.set(name, { name, claim, ok: true, compared: 0, found: 0, differences: [] });
  }
  compared(name: keyof typeof REPLAY_CLAIMS, count: number): void {
    this.#of(name).compared += count;
  }
  differs(name: keyof typeof REPLAY_CLAIMS, difference: Difference): void {
    const result = this.#of(name);
    result.ok = false;
    result.found += 1;
    if (result.differences.length < EXAMPLES) result.differences.push(difference);
  }
  results(): BookResult[] {
    return [...this.#results.values()];
  }
  #of(name: string): BookResult {
    const result = this.#results.get(name);
    if (!result) throw new Error(`No check ${name}`);
    return result;
  }
}

async function* oneByOne<T>(pages: AsyncGenerator<T[]>): AsyncGenerator<T, undefined> {
  for await (const page of pages) yield* page;
  return undefined;
}

async function replayTrades(db: Db, tally: Tally): Promise<Replay> {
  const replay = emptyReplay();
  const payouts = oneByOne(payoutsInOrder(db));
  let payout = await payouts.next();
  for await (const page of tradesInOrder(db)) {
    for (const trade of page) {
      while (!payout.done && payout.value.decision_id < trade.sequence) {
        replayPayout(replay, payout.value);
        payout = await payouts.next();
      }
      for (const { check, ...difference } of replayTrade(replay, trade)) tally.differs(check, difference);
    }
    for (const check of ['prices', 'amounts', 'walls'] as const) tally.compared(check, page.length);
  }
  for (; !payout.done; payout = await payouts.next()) replayPayout(replay, payout.value);
  return replay;
}

const figures = (p: Pick<ReplayedPosition, 'quantity' | 'cost' | 'realized' | 'trades'>, closed: boolean): string =>
  `quantity ${p.quantity}, cost ${p.cost}, realised ${p.realized}, trades ${p.trades}, ${closed ? 'closed' : 'open'}`;

/** Takes each stored position out of the replay; what is left has no row. */
async function comparePositions(db: Db, { positions }: Replay, tally: Tally): Promise<void> {
  for await (const page of positionsInOrder(db)) {
    tally.compared('positions', page.length);
    for (const stored of page) {
      const key = positionKey(stored.operator_id, stored.market_id, stored.player_id, stored.outcome);
      const replayed = positions.get(key);
      positions.delete(key);
      const expected = replayed ? figures(replayed, replayed.quantity === 0n) : 'no trades';
      const found = figures(
        { quantity: stored.quantity, cost: stored.cost_cents, realized: stored.realized_pnl_cents, trades: stored.trade_count },
        stored.closed,
      );
      if (found !== expected) tally.differs('positions', { subject: `position:${stored.id}`, expected, found });
    }
  }
  for (const left of positions.values()) {
    tally.differs('positions', {
      subject: `position of player:${left.playerId} in market:${left.marketId}, ${left.outcome}`,
      expected: figures(left, left.quantity === 0n),
      found: 'no row',
    });
  }
}

async function compareClosings(db: Db, { closings }: Replay, tally: Tally): Promise<void> {
  for await (const page of closingsInOrder(db)) {
    tally.compared('player_closings', page.length);
    for (const { operator_id: operatorId, id, closed_count: closed, won_count: won } of page) {
      const replayed = closings.get(`${operatorId}/${id}`) ?? { closed: 0, won: 0 };
      if (closed === replayed.closed && won === replayed.won) continue;
      tally.differs('player_closings', {
        subject: `player:${id}`,
        expected: `${replayed.closed} closed, ${replayed.won} won`,
        found: `${closed} closed, ${won} won`,
      });
    }
  }
}

const isKind = (text: string): text is IdKind => Object.hasOwn(PREFIXES, text);

/** `trade:123` as the id people know, with the number the database has. */
const withWireIds = (text: string): string =>
  text.replace(/\b([a-z]+):(\d+)\b/g, (whole, kind: string, id: string) => {
    const named = kind === 'player' ? 'user' : kind;
    return isKind(named) ? `${kind} ${encodeId(named, BigInt(id))} (${id})` : whole;
  });

const readable = (result: BookResult): BookResult => ({
  ...result,
  differences: result.differences.map(({ subject, expected, found }) => ({
    subject: withWireIds(subject),
    expected: withWireIds(expected),
    found: withWireIds(found),
  })),
});

/**
 * Looks at everything and changes nothing; a running server keeps running. Every difference is a defect: there is no
 * state, not even for a moment, in which a claim does not hold. `onResult` hears of each check as it is done.
 */
export function verifyBooks(database: Database, onResult: (result: BookResult) => void = () => {}): Promise<BooksReport> {
  return database.as({ kind: 'worker', name: 'verify' }, 'snapshot', async (db) => {
    await prepareForWholeTables(db);
    const checks: BookResult[] = [];
    const add = (result: BookResult): void => {
      checks.push(readable(result));
      onResult(readable(result));
    };
    for (const check of BOOK_CHECKS) {
      const { compared, found, examples } = await runCheck(db, check, EXAMPLES);
      add({
        name: check.name,
        claim: check.claim,
        ok: found === 0n,
        compared: Number(compared),
        found: Number(found),
        differences: examples,
      });
    }
    const tally = new Tally();
    const replay = await replayTrades(db, tally);
    await comparePositions(db, replay, tally);
    await compareClosings(db, replay, tally);
    for (const result of tally.results()) add(result);
    return { ok: checks.every(({ ok }) => ok), checks };
  });
}

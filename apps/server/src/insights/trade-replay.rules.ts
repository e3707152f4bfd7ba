/**
 * The books of trading, kept again from the trades alone: each trade is applied in id order to positions and exposures of
 * its own, and what the trade recorded must be what those say. Money is cents, prices hundredths of a cent, shares hundredths.
 */
import { type Cents, cents, type Price, type Shares } from '@predictu/contract/units';
import { costBasisOf, costOf, proceedsOf, spreadRevenue } from '../pricing/fees.rules.ts';
import { type Receipt, recomputeFromReceipt } from '../pricing/receipt.rules.ts';
import { midOf } from '../pricing/spread.rules.ts';

export type BookTrade = {
  /** Decided; decided but only held so far; or what became of that. Absent: decided. */
  moment?: 'trade' | 'reserve' | 'fill' | 'release';
  operator_id: bigint;
  id: bigint;
  player_id: bigint;
  market_id: bigint;
  /** Null when the market is missing. */
  category: string | null;
  outcome: 'yes' | 'no';
  side: 'buy' | 'sell';
  price: number;
  mid: number;
  quantity: Shares;
  amount_cents: Cents;
  fee_cents: Cents;
  spread_cents: Cents;
  realized_pnl_cents: Cents | null;
  receipt: Receipt;
};

/** What one position got by a decision; of a correction the difference. */
export type BookPayout = {
  decision_id: bigint;
  operator_id: bigint;
  settlement_id: bigint;
  n: bigint;
  player_id: bigint;
  market_id: bigint;
  category: string | null;
  outcome: 'yes' | 'no';
  quantity: bigint;
  cost_cents: bigint;
  payout_cents: bigint;
  correction: boolean;
  /** Only then its player's totals have moved. */
  paid: boolean;
};

/** A position as its row has it. */
export type BookPosition = {
  operator_id: bigint;
  market_id: bigint;
  player_id: bigint;
  outcome: string;
  id: bigint;
  quantity: bigint;
  cost_cents: bigint;
  realized_pnl_cents: bigint;
  trade_count: number;
  closed: boolean;
};

export type ReplayedPosition = {
  operatorId: bigint;
  marketId: bigint;
  playerId: bigint;
  outcome: string;
  quantity: bigint;
  cost: bigint;
  realized: bigint;
  trades: number;
  /** Realised before the position was last opened: a life of a position is won by what it adds. */
  realizedAtOpen: bigint;
};
export type ReplayedClosings = { operatorId: bigint; playerId: bigint; closed: number; won: number };

/** What the trades so far add up to. */
export type Replay = {
  positions: Map<string, ReplayedPosition>;
  /** Open shares by scope: `''`, `operator`, `/category`, `operator/category`, `//market`. */
  exposure: Map<string, bigint>;
  /** Positions sold out, by player. */
  closings: Map<string, ReplayedClosings>;
};
export const emptyReplay = (): Replay => ({ positions: new Map(), exposure: new Map(), closings: new Map() });

export type ReplayCheckName = 'prices' | 'amounts' | 'walls';
export type ReplayFault = { check: ReplayCheckName; subject: string; expected: string; found: string };

export const positionKey = (operatorId: bigint, marketId: bigint, playerId: bigint, outcome: string): string =>
  `${operatorId}/${marketId}/${playerId}/${outcome}`;

const asPrice = (value: number): Price => BigInt(value) as Price;

/** The price follows from the receipt, and the receipt is of this trade. */
function priceFault({ price, mid, outcome, side, receipt }: BookTrade): [expected: string, found: string] | undefined {
  if (receipt.outcome !== outcome || receipt.side !== side)
    return [`a receipt of ${side} ${outcome}`, `${receipt.side} ${receipt.outcome}`];
  const recomputed = Number(recomputeFromReceipt(receipt));
  if (recomputed !== price || receipt.price !== price)
    return [`price ${recomputed} from its receipt`, `price ${price}, receipt ${receipt.price}`];
  const expectedMid = Number(midOf(asPrice(receipt.mid), outcome));
  return expectedMid === mid ? undefined : [`mid ${expectedMid} from its receipt`, `mid ${mid}`];
}

/** Cost, proceeds, spread revenue and realised profit follow from price, mid, quantity and the position before. */
function amountFault(trade: BookTrade, before: ReplayedPosition): [expected: string, found: string] | undefined {
  const { side, quantity, amount_cents: amount, spread_cents: spread, realized_pnl_cents: realized } = trade;
  if (side === 'sell' && quantity > before.quantity) return [`at most ${before.quantity} sold`, `${quantity}`];
  const expectedAmount = side === 'buy' ? costOf(asPrice(trade.price), quantity) : proceedsOf(asPrice(trade.price), quantity);
  if (amount !== expectedAmount) return [`amount ${expectedAmount}`, `amount ${amount}`];
  const expectedSpread = spreadRevenue(asPrice(trade.price), asPrice(trade.mid), quantity);
  if (spread !== expectedSpread) return [`spread ${expectedSpread}`, `spread ${spread}`];
  const expectedRealized = side === 'buy' ? null : amount - leavingCost(trade, before);
  return realized === expectedRealized ? undefined : [`realised ${expectedRealized}`, `realised ${realized}`];
}

const leavingCost = ({ quantity }: BookTrade, before: ReplayedPosition): Cents =>
  before.quantity > 0n ? costBasisOf(cents(before.cost), quantity, before.quantity as Shares) : cents(0n);

type Placed = Pick<BookTrade, 'operator_id' | 'market_id' | 'category'>;

const scopesOf = ({ operator_id: operator, market_id: market, category }: Placed) => ({
  market: `//${market}`,
  category: `/${category}`,
  operatorCategory: `${operator}/${category}`,
  operator: `${operator}`,
  global: '',
});

/** Every wall a buy passed names the exposure that the trades until then add up to, and none is above its limit. */
function wallsFault(trade: BookTrade, exposure: Replay['exposure']): [expected: string, found: string] | undefined {
  const { walls } = trade.receipt;
  if (trade.side === 'sell') return walls.length === 0 ? undefined : ['no walls for a sale', `${walls.length}`];
  const scopes = scopesOf(trade);
  const after = (scope: string): number => Number((exposure.get(scope) ?? 0n) + trade.quantity);
  const possible: Record<number, number[]> = {
    1: [Number(trade.amount_cents)],
    2: [after(scopes.market)],
    3: [after(scopes.category), after(scopes.operatorCategory)],
    4: [after(scopes.operator)],
    5: [after(scopes.global)],
  };
  for (const required of [1, 2, 4, 5])
    if (!walls.some(({ wall }) => wall === required)) return [`wall ${required} passed`, 'no reading of it'];
  for (const { wall, value_cents: value, limit_cents: limit } of walls) {
    if (value > limit) return [`wall ${wall} at most ${limit}`, `${value}`];
    if (!possible[wall]?.includes(value)) return [`wall ${wall} at ${possible[wall]?.join(' or ')}`, `${value}`];
  }
  return undefined;
}

type Holder = Pick<BookTrade, 'operator_id' | 'player_id'>;

function moveExposure({ exposure }: Replay, placed: Placed, quantity: bigint): void {
  for (const scope of Object.values(scopesOf(placed))) exposure.set(scope, (exposure.get(scope) ?? 0n) + quantity);
}

function countClosing({ closings }: Replay, { operator_id: operatorId, player_id: playerId }: Holder, closed: number, won: number): void {
  const key = `${operatorId}/${playerId}`;
  const counted = closings.get(key) ?? { operatorId, playerId, closed: 0, won: 0 };
  closings.set(key, counted);
  counted.closed += closed;
  counted.won += won;
}

const isWon = ({ realized, realizedAtOpen }: ReplayedPosition): boolean => realized > realizedAtOpen;

const emptyPosition = (trade: Holder & Pick<BookTrade, 'market_id' | 'outcome'>): ReplayedPosition => ({
  operatorId: trade.operator_id,
  marketId: trade.market_id,
  playerId: trade.player_id,
  outcome: trade.outcome,
  quantity: 0n,
  cost: 0n,
  realized: 0n,
  trades: 0,
  realizedAtOpen: 0n,
});

function positionOf(replay: Replay, trade: Holder & Pick<BookTrade, 'market_id' | 'outcome'>): ReplayedPosition {
  const key = positionKey(trade.operator_id, trade.market_id, trade.player_id, trade.outcome);
  const position = replay.positions.get(key) ?? emptyPosition(trade);
  replay.positions.set(key, position);
  return position;
}

function movePosition(replay: Replay, trade: BookTrade, position: ReplayedPosition): void {
  const leaving = trade.side === 'sell' ? leavingCost(trade, position) : 0n;
  if (position.quantity === 0n) position.realizedAtOpen = position.realized;
  position.quantity += trade.side === 'buy' ? trade.quantity : -trade.quantity;
  position.cost += trade.side === 'buy' ? trade.amount_cents : -leaving;
  position.realized += trade.side === 'sell' ? trade.amount_cents - leaving : 0n;
  position.trades += 1;
  if (position.quantity === 0n) countClosing(replay, trade, 1, Number(isWon(position)));
}

/** Applies the next payout: the position is closed with the decision, its player's totals move when it is paid. */
export function replayPayout(replay: Replay, payout: BookPayout): void {
  const position = positionOf(replay, payout);
  const wonBefore = payout.correction && isWon(position);
  position.quantity -= payout.quantity;
  position.cost -= payout.cost_cents;
  position.realized += payout.payout_cents - payout.cost_cents;
  moveExposure(replay, payout, -payout.quantity);
  if (payout.paid) countClosing(replay, payout, payout.correction ? 0 : 1, Number(isWon(position)) - Number(wonBefore));
}

/** Applies the next trade, or what became of one, and says what about it does not follow from those before it. */
export function replayTrade(replay: Replay, trade: BookTrade): ReplayFault[] {
  const { moment = 'trade' } = trade;
  if (moment === 'release') {
    moveExposure(replay, trade, -trade.quantity);
    return [];
  }
  // A buy that is only held has no position yet.
  const position = moment === 'reserve' ? emptyPosition(trade) : positionOf(replay, trade);
  if (moment === 'fill') {
    movePosition(replay, trade, position);
    return [];
  }
  const faults: [ReplayCheckName, [string, string] | undefined][] = [
    ['prices', priceFault(trade)],
    ['amounts', amountFault(trade, position)],
    ['walls', wallsFault(trade, replay.exposure)],
  ];
  moveExposure(replay, trade, trade.side === 'buy' ? trade.quantity : -trade.quantity);
  if (moment === 'trade') movePosition(replay, trade, position);
  return faults.flatMap(([check, fault]) => (fault ? [{ check, subject: `trade:${trade.id}`, expected: fault[0], found: fault[1] }] : []));
}

/** Random operations that aim at the edges: balances, holdings and limits met exactly, one above, one below; wrong tenants; used keys. */
import type { Random } from '../random.ts';
import type { OracleOperation, OracleOrder, OraclePlayer, OraclePosition, OracleQuote, OracleWorld } from './oracle-world.ts';

const UNKNOWN_MARKET = 4_040;

/** What is left for the generator to choose from between two chunks. */
export type Choices = {
  world: OracleWorld;
  quotes: { quote: OracleQuote; order: OracleOrder }[];
  /** Operations already submitted, to be repeated. */
  history: OracleOperation[];
  /** A number for the next key. */
  nextKey: () => number;
};

function buyOrder({ world }: Choices, player: OraclePlayer, random: Random): OracleOrder {
  const market = random.pick([...world.markets.values()]);
  const near = (value: number): number => Math.max(1, value + random.between(-2, 2));
  const amount = random.pick([
    () => random.between(100, 1_000),
    () => random.between(100, 1_000),
    () => random.between(100, 5_000),
    () => random.between(100, 3_000),
    () => random.between(50, 150),
    () => random.between(100, 1_000),
    () => near(1_000),
    () => near(1_000),
    () => near(random.oneIn(2) ? Math.floor(player.balance / 1.005) : player.balance),
    () => near(random.oneIn(2) ? world.platform.perTrade : 5_000),
  ])();
  return { market: random.oneIn(200) ? UNKNOWN_MARKET : market.id, outcome: random.pick(['yes', 'no']), side: 'buy', amount };
}

function sellOrder(choices: Choices, player: OraclePlayer, random: Random): OracleOrder {
  const held: OraclePosition[] = [];
  for (const position of choices.world.positions.values()) {
    if (position.operator === player.operator && position.player === player.id && position.quantity > 0) held.push(position);
  }
  if (held.length === 0) return buyOrder(choices, player, random);
  const { market, outcome, quantity } = random.pick(held);
  const sold = random.pick([
    quantity,
    quantity,
    random.oneIn(3) ? quantity + 1 : quantity,
    Math.max(1, quantity - 1),
    random.between(1, quantity),
    random.between(1, quantity),
    random.between(1, quantity),
    random.oneIn(3) ? random.between(1, 3) : quantity,
  ]);
  return { market, outcome: outcome as 'yes' | 'no', side: 'sell', quantity: sold };
}

function freeOrder(choices: Choices, player: OraclePlayer, random: Random): OracleOrder {
  const order = random.between(1, 100) <= 55 ? buyOrder(choices, player, random) : sellOrder(choices, player, random);
  const mid = choices.world.markets.get(order.market)?.mid ?? 5_000;
  if (random.oneIn(10))
    order.limitPrice = Math.min(9_999, Math.max(1, (order.outcome === 'yes' ? mid : 10_000 - mid) + random.between(-400, 400)));
  return order;
}

/** A quote used as it was given, or by somebody else, for something else, altered or under a worse limit. */
function quotedOrder({ quotes }: Choices, random: Random): OracleOrder | undefined {
  if (quotes.length === 0) return undefined;
  const { quote, order } = random.pick(quotes);
  const fault = random.between(1, 12);
  if (fault === 1) return { ...order, quote: 'forged' };
  if (fault === 2) return { ...order, quote, outcome: order.outcome === 'yes' ? 'no' : 'yes' };
  if (fault === 3 && order.amount !== undefined) return { ...order, quote, amount: order.amount + 1 };
  if (fault === 4) return { ...order, quote, limitPrice: quote.price + random.pick([-1, 0, 1]) };
  return { ...order, quote };
}

/** The player a quote was given to, mostly. */
function playerFor({ world }: Choices, order: OracleOrder, random: Random): OraclePlayer {
  const { quote } = order;
  const owner = quote && quote !== 'forged' ? world.players.get(`${quote.operator}/${quote.player}`) : undefined;
  return owner && !random.oneIn(15) ? owner : random.pick([...world.players.values()]);
}

function adjustment(player: OraclePlayer, random: Random): { kind: 'adjustment'; action: 'deposit' | 'withdraw'; amount: number } {
  const action = player.balance > 20_000 || random.oneIn(3) ? 'withdraw' : 'deposit';
  const amount =
    action === 'deposit'
      ? random.between(1, 15_000)
      : Math.max(1, random.pick([player.balance, player.balance - 25, player.balance - 24, random.between(1, 5_000)]));
  return { kind: 'adjustment', action, amount };
}

const hash = (number: number): string => number.toString(16).padStart(32, '0');

/** The next operation. The order in which the engine takes them within one chunk is the order they are handed over. */
export function randomOperation(choices: Choices, random: Random): OracleOperation {
  const { world, history } = choices;
  if (history.length > 0 && random.oneIn(16)) {
    // Often the latest, which may be in the very same batch.
    const again = history[
      Math.max(0, history.length - 1 - (random.oneIn(2) ? random.between(0, 5) : random.between(0, 2_000)))
    ] as OracleOperation;
    return random.oneIn(3) ? { ...again, hash: hash(0) } : again;
  }
  const number = choices.nextKey();
  const quoted = random.oneIn(12) ? quotedOrder(choices, random) : undefined;
  const player = quoted ? playerFor(choices, quoted, random) : random.pick([...world.players.values()]);
  // Now and then a player of another operator is named, under their number there or not at all.
  const operator = random.oneIn(150) ? random.between(1, 4) : player.operator;
  const id = random.oneIn(300) ? 999 : player.id;
  const who = { operator, player: id, key: `k-${number}`, hash: hash(number) };
  if (quoted) return { ...who, kind: 'trade', order: quoted };
  const kind = random.between(1, 100);
  if (kind <= 8) return { ...who, ...adjustment(player, random) };
  if (kind <= 16)
    return { ...who, kind: 'trades', orders: Array.from({ length: random.between(1, 6) }, () => freeOrder(choices, player, random)) };
  return { ...who, kind: 'trade', order: freeOrder(choices, player, random) };
}

/** What to ask a quote for. */
export function quoteRequest(choices: Choices, random: Random): { player: OraclePlayer; order: OracleOrder } {
  const player = random.pick([...choices.world.players.values()]);
  return { player, order: random.oneIn(3) ? sellOrder(choices, player, random) : buyOrder(choices, player, random) };
}

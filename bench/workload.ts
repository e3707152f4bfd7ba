/**
 * What callers ask for: 30% sales of held shares, 5% that must be refused (2% above wall 1, 2% more shares than are held,
 * 1% at a price nobody gets), 1% repeated keys; players zipf 0.8, markets zipf 1.0. The answers feed the list of what is held.
 */
import { MARKETS, marketName, PLAYERS } from './scene.ts';

export type Mix = 'spread' | 'one-market' | 'quotes';
export type Kind = 'buy' | 'sell' | 'above_wall' | 'too_many_shares' | 'bad_price' | 'quote';
export type Wanted = { kind: Kind; player: number; market: number; path: string; body: string };

type Held = { player: number; market: number; outcome: 'yes' | 'no'; quantity: string };

const MOST_HELD = 50_000;

/** What an answer must be for each kind; a repeated request must get the same again. */
export const EXPECTED: Record<Kind, { status: number; code?: string }> = {
  buy: { status: 201 },
  sell: { status: 201 },
  quote: { status: 200 },
  above_wall: { status: 422, code: 'RISK_LIMIT' },
  too_many_shares: { status: 422, code: 'INSUFFICIENT_SHARES' },
  bad_price: { status: 422, code: 'PRICE_CHANGED' },
};

/** Cumulative weights of ranks 1 to `count`, by 1 / rank ** exponent. */
export function zipf(count: number, exponent: number): (random: number) => number {
  const sums = new Float64Array(count);
  let sum = 0;
  for (let rank = 0; rank < count; rank += 1) {
    sum += 1 / (rank + 1) ** exponent;
    sums[rank] = sum;
  }
  return (random) => {
    const wanted = random * sum;
    let low = 0;
    let high = count - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sums[middle] ?? 0) < wanted) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}

export type Workload = {
  next(mix: Mix): Wanted;
  /** A buy was filled: its shares may be sold. */
  bought(wanted: Wanted, quantity: string): void;
};

/** The choices of one database; holdings of a mix are its own, so that a sale stays on its market. */
export function openWorkload(base: bigint, random: () => number): Workload {
  const drawPlayer = zipf(PLAYERS, 0.8);
  const drawMarket = zipf(MARKETS, 1);
  const names = Array.from({ length: MARKETS }, (_, market) => marketName(base, market));
  const held: Record<Mix, Held[]> = { spread: [], 'one-market': [], quotes: [] };
  const mixOf = new WeakMap<Wanted, Mix>();

  const order = (kind: Kind, player: number, market: number, outcome: string, rest: string): Wanted => ({
    kind,
    player,
    market,
    path: kind === 'quote' ? '/api/casino/quotes' : '/api/casino/trades',
    body: `{"market_id":"${names[market]}","outcome":"${outcome}",${rest}}`,
  });

  function sale(from: Held[]): Wanted | undefined {
    if (from.length === 0) return undefined;
    const index = Math.floor(random() * from.length);
    const { player, market, outcome, quantity } = from[index] as Held;
    from[index] = from.at(-1) as Held;
    from.pop();
    return order('sell', player, market, outcome, `"side":"sell","quantity":${quantity},"limit_price":0.0001`);
  }

  function choose(mix: Mix): Wanted {
    const player = drawPlayer(random());
    const market = mix === 'one-market' ? 0 : drawMarket(random());
    const outcome = random() < 0.5 ? 'yes' : 'no';
    const dollars = `${1 + Math.floor(random() * 40)}.${10 + Math.floor(random() * 90)}`;
    if (mix === 'quotes') return order('quote', player, market, outcome, `"side":"buy","amount_usd":${dollars}`);
    const kind = random();
    if (kind < 0.02) return order('above_wall', player, market, outcome, '"side":"buy","amount_usd":5000,"limit_price":0.9999');
    if (kind < 0.04) return order('too_many_shares', player, market, outcome, '"side":"sell","quantity":90000000,"limit_price":0.0001');
    if (kind < 0.05) return order('bad_price', player, market, outcome, `"side":"buy","amount_usd":${dollars},"limit_price":0.0002`);
    const sold = kind < 0.35 ? sale(held[mix]) : undefined;
    return sold ?? order('buy', player, market, outcome, `"side":"buy","amount_usd":${dollars},"limit_price":0.9999`);
  }

  return {
    next(mix) {
      const wanted = choose(mix);
      mixOf.set(wanted, mix);
      return wanted;
    },
    bought(wanted, quantity) {
      const list = held[mixOf.get(wanted) ?? 'spread'];
      const bought: Held = {
        player: wanted.player,
        market: wanted.market,
        outcome: wanted.body.includes('"outcome":"yes"') ? 'yes' : 'no',
        quantity,
      };
      if (list.length < MOST_HELD) list.push(bought);
    },
  };
}

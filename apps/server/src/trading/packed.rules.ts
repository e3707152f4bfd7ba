/**
 * Operations and answers as lists of plain values, for the way from one process to another: writing and reading objects costs several times as much.
 * What nearly all of them are is packed, a trade and its answer; anything else travels as it is.
 */
import type { Receipt } from '../pricing/receipt.rules.ts';
import type { Answer, Operation, TradeOperation, TradeResult } from './operation.rules.ts';

/** Every name of an object, and of the objects in it. `true` is a value that travels as it is, `[shape]` a list of objects. */
type Shape<T> = true | (T extends readonly (infer E)[] ? readonly [Shape<E>] : { readonly [K in keyof T]-?: Shape<T[K]> });
type Packer<T> = { pack(value: T): unknown[]; unpack(packed: readonly unknown[]): T };

type Parts = { packs: string[]; unpack: string };

/** What is written for a value, and how it is made of `packed` again, from its place `from` on. */
function partsOf(shape: Shape<unknown>, value: string, from: number): Parts {
  if (shape === true) return { packs: [value], unpack: `packed[${from}]` };
  if (Array.isArray(shape)) {
    const each = partsOf(shape[0] as Shape<unknown>, 'one', 0);
    const width = each.packs.length;
    const list = `packed[${from}]`;
    return {
      packs: [`((list) => { const packed = []; for (const one of list) packed.push(${each.packs.join(', ')}); return packed; })(${value})`],
      unpack: `((list) => { const all = []; for (let n = 0; n < list.length; n += ${width}) { const packed = list.slice(n, n + ${width}); all.push(${each.unpack}); } return all; })(${list})`,
    };
  }
  const packs: string[] = [];
  const unpacks: string[] = [];
  for (const [name, inner] of Object.entries(shape)) {
    const parts = partsOf(inner as Shape<unknown>, `${value}.${name}`, from + packs.length);
    packs.push(...parts.packs);
    unpacks.push(`${name}: ${parts.unpack}`);
  }
  return { packs, unpack: `{ ${unpacks.join(', ')} }` };
}

/** Written out name by name: a loop that serves every shape would cost more than it saves. */
function packerOf<T>(shape: Shape<T>): Packer<T> {
  const { packs, unpack } = partsOf(shape, 'value', 0);
  return {
    pack: new Function('value', `return [${packs.join(', ')}];`) as Packer<T>['pack'],
    unpack: new Function('packed', `return ${unpack};`) as Packer<T>['unpack'],
  };
}

const RECEIPT: Shape<Receipt> = {
  formula: true,
  snapshot_id: true,
  age_ms: true,
  mid: true,
  outcome: true,
  side: true,
  price: true,
  spread: true,
  skew: true,
  components: { base: true, edge: true, liquidity: true, score: true, age: true, utilisation: true, discount: true, bounds: true },
  inputs: {
    base_bps: true,
    min_bps: true,
    max_bps: true,
    risk_multiplier: true,
    discount: true,
    override_bps: true,
    liquidity_cents: true,
    utilisation_bps: true,
    yes_shares: true,
    no_shares: true,
    score: true,
    volume_cents: true,
  },
  walls: [{ wall: true, value_cents: true, limit_cents: true }],
};
const TRADE: Shape<TradeResult> = {
  id: true,
  operatorId: true,
  playerId: true,
  marketId: true,
  outcome: true,
  side: true,
  status: true,
  walletMode: true,
  price: true,
  mid: true,
  quantity: true,
  amount: true,
  fee: true,
  spread: true,
  realizedPnl: true,
  balanceAfter: true,
  receipt: RECEIPT,
  createdAt: true,
};

const operations = packerOf<TradeOperation>({
  kind: true,
  operatorId: true,
  playerId: true,
  key: true,
  bodyHash: true,
  order: { marketId: true, outcome: true, side: true, amount: true, quantity: true, quote: true, limitPrice: true },
});
const answers = packerOf<Extract<Answer, { trade: TradeResult }>>({ replayed: true, trade: TRADE });

/** A list of one is what travels as it is. */
export type Packed = readonly unknown[];
export const packOperation = (operation: Operation): Packed => (operation.kind === 'trade' ? operations.pack(operation) : [operation]);
export const unpackOperation = (packed: Packed): Operation => (packed.length === 1 ? (packed[0] as Operation) : operations.unpack(packed));
export const packAnswer = (answer: Answer): Packed => ('trade' in answer ? answers.pack(answer) : [answer]);
export const unpackAnswer = (packed: Packed): Answer => (packed.length === 1 ? (packed[0] as Answer) : answers.unpack(packed));

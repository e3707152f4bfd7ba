/** One move of one simulated player through the real engine: money brought or taken home, then what its temperament says. */
import { createHash } from 'node:crypto';
import { isRefusal } from '@predictu/contract/errors';
import { type Cents, cents, type Shares, shares, ZERO_SHARES } from '@predictu/contract/units';
import type { Operation, TradePayments, TradeResult, Trading } from '../trading/trading.ts';
import type { Wallet } from '../wallet/wallet.ts';
import { type DemoMarket, type DemoPlayer, holdingKey, worstPrice } from './demo-players.ts';
import { amountBetween, type Intent, nextIntent } from './temperament.rules.ts';

/** Where orders go; without a wallet every operator's money is kept by the platform. */
export type Market = { trading: Pick<Trading, 'submit'>; payments?: TradePayments; wallet?: Pick<Wallet, 'deliver'> };
/** Whose balance it is now. */
type Money = { ownWallet: boolean };

const bodyHash = (key: string): string => createHash('sha256').update(key).digest('hex').slice(0, 32);

/** Moves money between a player and the cashier. True when it was done. */
export async function moveCash(
  { trading }: Market,
  player: Pick<DemoPlayer, 'operatorId' | 'id' | 'balance'>,
  action: 'deposit' | 'withdraw',
  amount: Cents,
  key: string,
): Promise<boolean> {
  const reason = action === 'deposit' ? 'Cashier deposit' : 'Cashier withdrawal';
  const { operatorId, id: playerId } = player;
  // Known at once, so that the next order counts on it.
  player.balance = cents(player.balance + (action === 'deposit' ? amount : -amount));
  const operation = { kind: 'adjustment', operatorId, playerId, key, bodyHash: bodyHash(key), action, amount, reason } as const;
  const answer = await trading.submit({ ...operation, metadata: null, actor: 'worker:demo' });
  if ('adjustment' in answer) player.balance = answer.adjustment.balanceAfter;
  return 'adjustment' in answer;
}

/** What goes with a purchase: a deposit when there is too little, now and then a withdrawal when there is plenty. */
function cashier(market: Market, player: DemoPlayer, intent: Intent, key: string, draw: () => number): Promise<boolean> | undefined {
  const { deposit } = player.person.temperament;
  const [chance, howMuch] = [draw(), draw()];
  if (intent.side === 'buy' && player.balance < (intent.amount * 102n) / 100n) {
    return chance < 0.9 ? moveCash(market, player, 'deposit', amountBetween(deposit, howMuch), `${key}-in`) : undefined;
  }
  const plenty = BigInt(deposit[1]) * 150n;
  if (intent.side === 'sell' && player.balance > plenty && chance < 0.35)
    return moveCash(market, player, 'withdraw', cents(((player.balance - plenty / 3n) / 100n) * 100n), `${key}-out`);
  return undefined;
}

function remember(player: DemoPlayer, { marketId, outcome, side, quantity, balanceAfter, walletMode }: TradeResult): void {
  if (walletMode === 'internal') player.balance = balanceAfter;
  const key = holdingKey({ marketId, outcome });
  const before = player.holdings.get(key)?.quantity ?? ZERO_SHARES;
  const after = side === 'buy' ? before + quantity : before - quantity;
  if (after > 0n) player.holdings.set(key, { marketId, outcome, quantity: shares(after) });
  else player.holdings.delete(key);
}

/** How a trade decided just now ends at the operator's own wallet. */
async function pay({ payments, wallet }: Market, trade: TradeResult): Promise<TradeResult | string> {
  if (trade.side === 'sell' && wallet) {
    await wallet.deliver(trade.operatorId, trade.id);
    return trade;
  }
  const [paid] = payments ? await payments.pay([trade]) : [trade];
  return !paid ? 'UNPAID' : isRefusal(paid) ? paid.refused : paid;
}

async function carryOut(market: Market, player: DemoPlayer, operation: Operation): Promise<string | undefined> {
  const answer = await market.trading.submit(operation);
  if ('refusal' in answer) return answer.refusal.refused;
  if (!('trade' in answer)) return undefined;
  const paid = answer.trade.walletMode === 'seamless' ? await pay(market, answer.trade) : answer.trade;
  if (typeof paid === 'string') return paid;
  if (paid.status === 'filled') remember(player, paid);
  return undefined;
}

/** Sells what is held of one outcome. Answers the code of a refusal, or nothing. */
export function sellHolding(
  market: Market,
  player: DemoPlayer,
  { marketId, outcome, quantity }: { marketId: bigint; outcome: 'yes' | 'no'; quantity: Shares },
  key: string,
): Promise<string | undefined> {
  const { operatorId, id: playerId } = player;
  const order = { marketId, outcome, side: 'sell', quantity } as const;
  return carryOut(market, player, { kind: 'trade', operatorId, playerId, key, bodyHash: bodyHash(key), order });
}

/** `offered` are the markets of the player's operator. Answers the code of a refusal, or nothing. */
export async function makeMove(
  market: Market,
  player: DemoPlayer,
  offered: readonly DemoMarket[],
  { key, draw, ownWallet }: { key: string; draw: () => number } & Money,
): Promise<string | undefined> {
  const byId = new Map(offered.map((one) => [one.marketId, one]));
  const holdings = [...player.holdings.values()].filter(({ marketId }) => byId.has(marketId));
  const intent = nextIntent(player.person.temperament, offered, holdings, draw);
  const chosen = intent && byId.get(intent.marketId);
  if (!intent || !chosen) return undefined;
  const order = { ...intent, limitPrice: worstPrice(intent, chosen) };
  const { operatorId, id: playerId } = player;
  // Submitted in this order, decided in this order.
  const cash = ownWallet ? undefined : cashier(market, player, intent, key, draw);
  const [, refused] = await Promise.all([
    cash,
    carryOut(market, player, { kind: 'trade', operatorId, playerId, key, bodyHash: bodyHash(key), order }),
  ]);
  return refused;
}

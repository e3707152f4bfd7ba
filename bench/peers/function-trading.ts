/** The peer that decides in the database: one call of bench/peers/function.sql a trade. */
import type { Refusal } from '@predictu/contract/errors';
import { cents, type Price, price } from '@predictu/contract/units';
import type { Answer, Operation, Order, TradeResult } from '../../apps/server/src/trading/trading.ts';
import { openPools } from './pools.ts';
import type { Peer, PeerOptions } from './statement-trading.ts';

const CALL = `
select r.replayed, r.refused, (r.trade).id, (r.trade).status, (r.trade).price, (r.trade).mid, (r.trade).quantity, (r.trade).amount_cents as amount,
  (r.trade).fee_cents as fee, (r.trade).spread_cents as spread, (r.trade).realized_pnl_cents as "realizedPnl",
  (r.trade).balance_after_cents as "balanceAfter", (r.trade).receipt, (r.trade).created_at as "createdAt"
from bench_trade($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) as r`;

type Row = Pick<
  TradeResult,
  'id' | 'status' | 'quantity' | 'amount' | 'fee' | 'spread' | 'realizedPnl' | 'balanceAfter' | 'receipt' | 'createdAt'
> & {
  replayed: boolean;
  refused: Refusal | null;
  price: number;
  mid: number;
};

const priceOf = (value: number): Price => price(BigInt(value));

function answerOf({ replayed, refused, ...row }: Row, operatorId: bigint, playerId: bigint, { marketId, outcome, side }: Order): Answer {
  if (refused) return { replayed, refusal: refused };
  return {
    replayed,
    trade: {
      ...row,
      operatorId,
      playerId,
      marketId,
      outcome,
      side,
      walletMode: 'internal',
      price: priceOf(row.price),
      mid: priceOf(row.mid),
    },
  };
}

export function functionTrading({ appUrl, clock }: PeerOptions): Peer {
  const pools = openPools(appUrl);
  return {
    use: pools.use,
    close: pools.close,
    async submit(operation: Operation) {
      if (operation.kind !== 'trade') throw new Error('The benchmark only trades');
      const { operatorId, playerId, key, bodyHash, order } = operation;
      const values = [
        operatorId,
        playerId,
        key,
        bodyHash,
        order.marketId,
        order.outcome,
        order.side,
        order.amount ?? null,
        order.quantity ?? null,
        order.limitPrice ?? cents(0n),
        clock.now(),
      ];
      const { rows } = await pools.current().query<Row>({ name: 'bench_trade', text: CALL, values });
      const [row] = rows;
      if (!row) throw new Error('The function always answers');
      return answerOf(row, operatorId, playerId, order);
    },
  };
}

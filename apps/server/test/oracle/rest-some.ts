/** Limit orders beside what was played: a purchase and a sale that rest, and a sale that was filled. */
import { virtualClock } from '../../src/platform/clock.ts';
import { openTrading, type Trading } from '../../src/trading/trading.ts';
import type { TestDatabase } from '../database.ts';
import { changeSlowly } from '../factories.ts';
import { buyAt, orderOf, placing, sellAt } from '../order-scene.ts';
import { codeOf } from '../trading-scene.ts';

type Holder = { operator_id: string; player_id: string; market_id: string };

/** Whoever holds shares of one outcome in a market that is open, where the platform keeps the balances. */
const HOLDERS = `
  select p.operator_id, p.player_id, p.market_id from positions p join markets m on m.id = p.market_id
  join operators o on o.id = p.operator_id join players y on y.operator_id = p.operator_id and y.id = p.player_id
  where p.outcome = 'yes' and p.quantity >= 1000 and m.status = 'active' and m.closed_at is null and o.wallet_mode = 'internal' and o.status = 'live'
    and y.status = 'active' and y.tier = 'normal' and y.balance_cents >= 1000 order by p.id`;

/** Places the three for the first holder the rules let. @throws Error when there is none */
async function restFor(trading: Trading, holders: readonly Holder[]): Promise<void> {
  for (const holder of holders) {
    const [operatorId, playerId, marketId] = [BigInt(holder.operator_id), BigInt(holder.player_id), BigInt(holder.market_id)];
    const bought = await trading.submit(placing(operatorId, playerId, buyAt(marketId, 200n, 200n)));
    if (codeOf(bought) !== 'done') continue;
    await trading.submit(placing(operatorId, playerId, sellAt(marketId, 300n, 9_900n)));
    const sale = orderOf(await trading.submit(placing(operatorId, playerId, sellAt(marketId, 200n, 100n))));
    const match = { kind: 'match', operatorId, playerId, orderId: sale.id, marketId, outcome: 'yes' } as const;
    const filled = orderOf(await trading.submit({ ...match, key: `order/${sale.id}`, bodyHash: '0'.repeat(32) }));
    if (filled.status === 'filled') return;
  }
  throw new Error('Nobody could rest an order and fill another');
}

export async function restSome({ database, owner, appUrl }: TestDatabase, at: Date): Promise<void> {
  await changeSlowly(owner, async () => {
    await owner.query(
      `insert into operator_config (operator_id, document, updated_at, updated_by)
       select id, '{"trading": {"allow_limit_orders": true}}', $1, 'test' from operators
       on conflict (operator_id) do update set document = jsonb_set(operator_config.document::jsonb, '{trading}',
         coalesce(operator_config.document::jsonb -> 'trading', '{}') || '{"allow_limit_orders": true}')`,
      [at],
    );
  });
  await owner.query(`update markets set mid = 5000, priced_at = $1, received_at = $1 where status = 'active' and closed_at is null`, [at]);
  const log = { info() {}, warn() {}, error() {} };
  const trading = await openTrading({ database, appUrl, clock: virtualClock(at), log, quoteKey: 'a secret of this test', sharing: false });
  try {
    await restFor(trading, (await owner.query<Holder>(HOLDERS)).rows);
  } finally {
    await trading.close();
  }
}

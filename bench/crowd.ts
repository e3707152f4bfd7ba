/** A crowd that holds a market: players beside those of the scene, and one real trade of each in each market, so that the books are right. */
import { createHash } from 'node:crypto';
import { cents, price } from '@predictu/contract/units';
import { systemClock as clock } from '../apps/server/src/platform/clock.ts';
import { openDatabase } from '../apps/server/src/platform/db.ts';
import { openTrading } from '../apps/server/src/trading/trading.ts';
import type { BenchDatabase } from './installation.ts';
import { runStatements } from './owner.ts';
import { operatorId } from './scene.ts';

/** Places of ids above the base; those of the scene end at 500,000. */
const PLAYER = 10_000_000n;
const LEDGER = 20_000_000n;
const MARKET = 300_000n;
const AT_ONCE = 512;

export const crowdMarket = (base: bigint, number: number): bigint => base + MARKET + BigInt(number);

/** The places of ids that the crowd takes are below the sequencer's, which stays behind all of them. */
const crowdText = (base: bigint, players: number, markets: number): string => `
insert into players (operator_id, id, external_id, limit_tier, balance_cents, deposited_cents, created_at)
select ${base}::bigint + 1 + n % 3, ${base}::bigint + ${PLAYER} + n, 'crowd-' || n, 'vip', 1000000, 1000000, now() from generate_series(0, ${players - 1}) as n;
insert into ledger_entries (operator_id, id, player_id, type, from_account, to_account, amount_cents, balance_before_cents, balance_after_cents, description, created_at)
select operator_id, id + ${LEDGER - PLAYER}, id, 'deposit', 'bank', 'player', balance_cents, 0, balance_cents, 'Opening balance', created_at
from players where external_id like 'crowd-%';
insert into idempotency_keys (operator_id, owner_id, key, body_hash, answer, created_at)
select operator_id, 0, 'crowd-' || id, md5(id::text)::uuid, jsonb_build_object('adjustment', (id + ${LEDGER - PLAYER})::text, 'action', 'deposit',
  'amount', balance_cents::text, 'fee', '0', 'before', '0', 'after', balance_cents::text, 'at', created_at), created_at
from players where external_id like 'crowd-%';
insert into markets select (jsonb_populate_record(m, jsonb_build_object('id', ${base}::bigint + ${MARKET} + n, 'source_id', 'crowd-' || n))).*
from markets m, generate_series(0, ${markets - 1}) as n where m.id = ${base}::bigint + 200000;
insert into exposure (operator_id, scope, key, cap_shares)
select o.operator_id, 2, ${base}::bigint + ${MARKET} + n, 100000000000
from (select 0::bigint as operator_id union all select id from operators) o, generate_series(0, ${markets - 1}) as n;
update sequencer set last_id = greatest(last_id, ${base}::bigint + 30000000), version = version + 1`;

/** Everybody buys once in every market, half of them each outcome. */
export async function gatherCrowd(
  database: BenchDatabase,
  base: bigint,
  { players, markets }: { players: number; markets: number },
): Promise<void> {
  await runStatements(database.ownerUrl, crowdText(base, players, markets), 'analyze');
  const opened = openDatabase({ connectionString: database.appUrl });
  const log = { info() {}, warn() {}, error: (fields: object, message: string) => console.error(message, fields) };
  const trading = await openTrading({ database: opened, appUrl: database.appUrl, clock, log, quoteKey: 'a secret of this run' });
  let next = 0;
  const buyer = async (): Promise<void> => {
    while (next < players * markets) {
      const number = next;
      next += 1;
      const player = number % players;
      const order = {
        marketId: crowdMarket(base, Math.floor(number / players)),
        outcome: player % 2 === 0 ? ('yes' as const) : ('no' as const),
        side: 'buy' as const,
        amount: cents(BigInt(150 + (player % 700))),
        limitPrice: price(9_999n),
      };
      const answer = await trading.submit({
        kind: 'trade',
        operatorId: operatorId(base, player),
        playerId: base + PLAYER + BigInt(player),
        key: `crowd-${number}`,
        bodyHash: createHash('sha256').update(`crowd-${number}`).digest('hex').slice(0, 32),
        order,
      });
      if (!('trade' in answer))
        throw new Error(`A trade of the crowd was answered ${JSON.stringify('refusal' in answer ? answer.refusal : answer)}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, buyer));
  await trading.close();
  await opened.close();
  await runStatements(database.ownerUrl, 'vacuum analyze', 'checkpoint');
}

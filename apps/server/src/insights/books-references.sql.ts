/** Proofs that stand in for the foreign keys the hot tables do without: everything named exists, under the same operator. */
import type { BookCheck } from './book-check.rules.ts';

/** Rows of `table` whose (operator, player) or market is not there. */
const orphans = (table: string, name: string, kind: 'player' | 'market', column = `${kind}_id`): string => `
  select ${name} as subject, 'an existing ${kind}${kind === 'player' ? ' of the same operator' : ''}' as expected, '${kind}:' || child.${column} as found
  from ${table} child
  where child.${column} is not null and not exists (
    select from ${kind}s parent where parent.id = child.${column}${kind === 'player' ? ' and parent.operator_id = child.operator_id' : ''})`;

const withoutOperator = (table: string, name: string): string => `
  select ${name} as subject, 'an existing operator' as expected, 'operator:' || child.operator_id as found
  from ${table} child
  where child.operator_id <> 0 and not exists (select from operators parent where parent.id = child.operator_id)`;

const TRADE = `'trade:' || child.id`;
const ORDER = `'order:' || child.id`;
const POSITION = `'position:' || child.id`;
const LEDGER = `'ledger:' || child.id`;
const KEY = `format('key %s of operator:%s', child.key, child.operator_id)`;
const EXPOSURE = `format('exposure (%s, %s, %s)', child.operator_id, child.scope, child.key)`;
const EVENT = `'event:' || child.id`;
const END = `'end of trade:' || child.trade_id`;
const CALL = `format('call %s of operator:%s', child.id, child.operator_id)`;
const PAYOUT = `format('payout %s of settlement:%s, operator:%s', child.n, child.settlement_id, child.operator_id)`;

/** Rows of `table` that stand for a payout which is not there, or of somebody else. */
const withoutPayout = (table: string, ofPlayer: string): string => `
  select ${PAYOUT} as subject, 'a payout' as expected, 'a row of ${table}' as found
  from ${table} child
  where not exists (
    select from settlement_payouts p where p.operator_id = child.operator_id and p.settlement_id = child.settlement_id and p.n = child.n${ofPlayer})`;

export const REFERENCE_CHECKS: readonly BookCheck[] = [
  {
    name: 'references',
    claim:
      'every operator, player and market named by a trade, its end, limit order, position, ledger row, key, exposure row, risk event, payout or call exists, and tenants agree',
    compared: `select (select count(*) from trades) + (select count(*) from positions) + (select count(*) from ledger_entries)
      + (select count(*) from idempotency_keys) + (select count(*) from exposure) + (select count(*) from risk_events)
      + (select count(*) from limit_orders) + (select count(*) from trade_events) + (select count(*) from settlement_payouts) + (select count(*) from wallet_calls)`,
    differences: [
      orphans('trades', TRADE, 'player'),
      orphans('trades', TRADE, 'market'),
      orphans('limit_orders', ORDER, 'player'),
      orphans('limit_orders', ORDER, 'market'),
      orphans('positions', POSITION, 'player'),
      orphans('positions', POSITION, 'market'),
      // Rows of an operator's credits belong to no player.
      orphans('(select * from ledger_entries where player_id <> 0)', LEDGER, 'player'),
      // A key may have asked for a player who is not there: that is its answer.
      orphans(
        `(select operator_id, key, owner_id from idempotency_keys where owner_id <> 0 and answer ->> 'refused' is distinct from 'NOT_FOUND')`,
        KEY,
        'player',
        'owner_id',
      ),
      withoutOperator(`(select operator_id, key from idempotency_keys where answer ->> 'refused' is distinct from 'NOT_FOUND')`, KEY),
      withoutOperator('players', `'player:' || child.id`),
      withoutOperator('exposure', EXPOSURE),
      orphans('(select operator_id, scope, key, key as market_id from exposure where scope = 2)', EXPOSURE, 'market'),
      orphans('risk_events', EVENT, 'player'),
      orphans('risk_events', EVENT, 'market'),
      `select ${END} as subject, 'a trade of the same operator and player' as expected, 'player:' || child.player_id as found
      from trade_events child where not exists (
        select from trades t where t.operator_id = child.operator_id and t.id = child.trade_id and t.player_id = child.player_id and t.id < child.id)`,
      orphans('settlement_payouts', PAYOUT, 'player'),
      orphans('settlement_payouts', PAYOUT, 'market'),
      withoutPayout('settlement_early_payouts', ''),
      withoutPayout('settlement_absorptions', ' and p.player_id = child.player_id'),
      orphans('wallet_calls', CALL, 'player'),
      orphans('wallet_calls', CALL, 'market'),
    ].join('\nunion all\n'),
  },
];

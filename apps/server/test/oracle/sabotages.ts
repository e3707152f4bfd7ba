/** Ways to falsify the books, each with the check of `verifyBooks` that must see it. Run as the owner, without triggers and checks. */
import { ORDER_SABOTAGES, type Sabotage } from './order-sabotages.ts';
import { PLAYER_SABOTAGES } from './player-sabotages.ts';

const buy = `(select id from trades where side = 'buy' and fee_cents > 0 order by id limit 1)`;
const sale = `(select id from trades where side = 'sell' order by id limit 1)`;
const feeRow = `(select min(id) from ledger_entries where type = 'trade_fee')`;
const aPosition = `(select min(id) from positions where quantity > 100)`;
const aPlayer = `(operator_id, id) = (select operator_id, player_id from trades order by id limit 1)`;
const nobody = 999_999;

const ledger: Sabotage[] = [
  ['ledger_rows', 'a row that moves nothing', `update ledger_entries set amount_cents = 0 where id = ${feeRow}`],
  ['ledger_rows', 'a row from an account to itself', `update ledger_entries set from_account = 'fees' where id = ${feeRow}`],
  [
    'ledger_rows',
    'a row whose balances do not fit its amount',
    `update ledger_entries set balance_after_cents = balance_after_cents + 1 where id = ${feeRow}`,
  ],
  ['credit_balances', 'a credit too many', 'update credit_accounts set balance_cents = balance_cents + 1'],
  ['credit_balances', 'an account gone', 'delete from credit_accounts'],
  [
    'answer_entries',
    'an answer that was never paid',
    `delete from ledger_entries where type = 'copilot_answer' and metadata ->> 'answer' = '11'`,
  ],
  ['answer_entries', 'a failed answer that was not paid back', `delete from ledger_entries where type = 'copilot_refund'`],
  ['answer_entries', 'a payment without its answer', 'delete from copilot_answers where id = 11'],
  ['trial_balance', 'a cent from nowhere', `update players set balance_cents = balance_cents + 1 where ${aPlayer}`],
  [
    'trial_balance',
    'a cent of one operator at another',
    `update ledger_entries set operator_id = operator_id % 3 + 1 where id = ${feeRow}`,
  ],
  [
    'player_balances',
    'a cent moved from one player to another',
    `update players set balance_cents = balance_cents + case id when 101 then 1 else -1 end where operator_id = 1 and id in (101, 102)`,
  ],
  ['player_balances', 'a row of a player who is not there', `update ledger_entries set player_id = ${nobody} where id = ${feeRow}`],
  [
    'balance_chain',
    'a row shifted by a cent, before and after',
    `update ledger_entries set balance_before_cents = balance_before_cents + 1, balance_after_cents = balance_after_cents + 1 where id = ${feeRow}`,
  ],
  [
    'balance_chain',
    'a first row that does not start at zero',
    `update ledger_entries set balance_before_cents = balance_before_cents + 1, balance_after_cents = balance_after_cents + 1 where id = (select min(id) from ledger_entries)`,
  ],
  ['trade_entries', 'a fee row gone', `delete from ledger_entries where id = ${feeRow}`],
  [
    'trade_entries',
    'a row twice',
    `insert into ledger_entries select (jsonb_populate_record(l, '{"id": 9000000000000000000}')).* from ledger_entries l where id = ${feeRow}`,
  ],
  [
    'trade_entries',
    'a cent less in a row',
    `update ledger_entries set amount_cents = amount_cents - 1 where type = 'trade_debit' and trade_id = ${buy}`,
  ],
  [
    'trade_entries',
    'a debit called a credit',
    `update ledger_entries set type = 'trade_credit' where type = 'trade_debit' and trade_id = ${buy}`,
  ],
  ['trade_entries', 'a fee to the house', `update ledger_entries set to_account = 'house' where id = ${feeRow}`],
  ['trade_entries', 'a row without its trade', `update ledger_entries set trade_id = ${nobody} where id = ${feeRow}`],
  ['trade_entries', 'a row of another player', `update ledger_entries set player_id = player_id + 1 where id = ${feeRow}`],
  ['trade_entries', 'a row before its trade', `update ledger_entries set id = 1 where id = ${feeRow}`],
  [
    'trade_entries',
    'a trade that remembers another balance',
    `update trades set balance_after_cents = balance_after_cents + 1 where id = ${buy}`,
  ],
  ['trade_entries', 'a trade gone', `delete from trades where id = ${buy}`],
];

const totals: Sabotage[] = [
  ...['open_shares', 'trade_count', 'volume_cents', 'fees_cents', 'realized_pnl_cents', 'deposited_cents', 'withdrawn_cents'].map(
    (column): Sabotage => ['player_totals', `${column} one too many`, `update players set ${column} = ${column} + 1 where ${aPlayer}`],
  ),
  ...['closed_count', 'won_count'].map(
    (column): Sabotage => ['player_closings', `${column} one too many`, `update players set ${column} = ${column} + 1 where ${aPlayer}`],
  ),
  ['no_negatives', 'a negative balance', `update players set balance_cents = -1 where ${aPlayer}`],
  ['no_negatives', 'a negative holding', `update positions set quantity = -1 where id = ${aPosition}`],
  ['no_negatives', 'a negative exposure', `update exposure set no_shares = -1 where operator_id = 0 and scope = 0`],
  ['no_negatives', 'a trade of nothing', `update trades set quantity = 0 where id = ${buy}`],
];

const scopes: [string, string][] = [
  ['the platform', 'operator_id = 0 and scope = 0'],
  ['a category', 'operator_id = 0 and scope = 1'],
  ['a market', 'operator_id = 0 and scope = 2'],
  ['an operator', 'operator_id = 1 and scope = 0'],
  ['a category of an operator', 'operator_id = 1 and scope = 1'],
  ['a market of an operator', 'operator_id = 1 and scope = 2'],
];
const risk: Sabotage[] = [
  ...scopes.map(
    ([name, where]): Sabotage => [
      'exposure',
      `a hundredth of a share too much in ${name}`,
      `update exposure set yes_shares = yes_shares + 1 where ctid = (select ctid from exposure where ${where} and trade_count > 0 limit 1)`,
    ],
  ),
  ...['no_shares', 'cost_cents', 'volume_cents', 'trade_count'].map(
    (column): Sabotage => [
      'exposure',
      `${column} one too many`,
      `update exposure set ${column} = ${column} + 1 where operator_id = 0 and scope = 0`,
    ],
  ),
  ['exposure', 'a scope gone', `delete from exposure where operator_id = 1 and scope = 0`],
  [
    'exposure',
    'a position under another operator',
    `update positions set operator_id = operator_id % 3 + 1, player_id = ${nobody} where id = ${aPosition}`,
  ],
  [
    'exposure_caps',
    'a scope above its cap',
    `update exposure set cap_shares = yes_shares + no_shares - 1 where operator_id = 0 and scope = 0`,
  ],
  [
    'refusal_events',
    'a refusal without its event',
    `delete from risk_events where id = (select min(id) from risk_events where type = 'wall_violation' and scope ->> 'kind' = 'refused')`,
  ],
  [
    'refusal_events',
    'a halt without its event',
    `delete from risk_events where id = (select min(id) from risk_events where type = 'circuit_breaker' and scope ->> 'kind' = 'refused')`,
  ],
  [
    'refusal_events',
    'an event of a refusal that never was',
    `delete from idempotency_keys where ctid = (select ctid from idempotency_keys where answer ->> 'refused' = 'RISK_LIMIT' limit 1)`,
  ],
];

const keys: Sabotage[] = [
  ['trade_keys', 'a trade nobody asked for', `delete from idempotency_keys where trade_id = ${buy} and key not like 'quote/%'`],
  [
    'trade_keys',
    'a key of another player',
    `update idempotency_keys set owner_id = ${nobody} where trade_id = ${buy} and key not like 'quote/%'`,
  ],
  [
    'trade_keys',
    'a trade under two keys',
    `insert into idempotency_keys select (jsonb_populate_record(k, '{"key": "again"}')).* from idempotency_keys k where trade_id = ${buy} and key not like 'quote/%'`,
  ],
  [
    'trade_keys',
    'a key without its trade',
    `update idempotency_keys set trade_id = ${nobody} where trade_id = ${buy} and key not like 'quote/%'`,
  ],
  [
    'trade_keys',
    'a key that forgot one of its trades',
    `update idempotency_keys set answer = jsonb_set(answer, '{trades}', (answer -> 'trades') - 0) where answer ? 'trades'`,
  ],
  [
    'used_quotes',
    'a quote of another player',
    `update idempotency_keys set owner_id = ${nobody} where key = (select min(key) from idempotency_keys where key like 'quote/%')`,
  ],
  [
    'used_quotes',
    'a trade by two quotes',
    `insert into idempotency_keys select (jsonb_populate_record(k, '{"key": "quote/1"}')).* from idempotency_keys k where key = (select min(key) from idempotency_keys where key like 'quote/%')`,
  ],
  [
    'answers',
    'a key without an answer',
    `update idempotency_keys set answer = '{}' where ctid = (select ctid from idempotency_keys where answer ? 'refused' limit 1)`,
  ],
  ['answers', 'a refusal with a trade', `update idempotency_keys set answer = '{"refused": "RISK_LIMIT"}' where trade_id = ${buy}`],
  [
    'adjustments',
    'a deposit nobody asked for',
    `delete from idempotency_keys where ctid = (select ctid from idempotency_keys where answer ? 'adjustment' limit 1)`,
  ],
  [
    'adjustments',
    'a deposit answered with another amount',
    `update idempotency_keys set answer = jsonb_set(answer, '{amount}', '"1"') where answer ->> 'action' = 'deposit'`,
  ],
  [
    'adjustments',
    'an answer without its entry',
    `update idempotency_keys set answer = jsonb_set(answer, '{adjustment}', '"1"') where ctid = (select ctid from idempotency_keys where answer ? 'adjustment' limit 1)`,
  ],
  [
    'adjustment_audits',
    'an audited change that never was',
    `insert into platform_audit_log (id, operator_id, actor_kind, actor_id, action, subject, before, after, at)
     values (1, 1, 'operator_member', '1', 'balance.deposit', 'someone', '{"balance_cents": "0"}', '{"balance_cents": "1"}', now())`,
  ],
  [
    'adjustment_audits',
    'a deposit by a person that nobody audited',
    `update ledger_entries set metadata = '{"actor": "opu_0000000000001"}' where ctid = (select ctid from ledger_entries where type = 'deposit' limit 1)`,
  ],
  ['sequence', 'ids that will be handed out again', `update sequencer set last_id = last_id - 1000000000`],
];

const references: Sabotage[] = [
  ['references', 'a trade of another operator', `update trades set operator_id = 77 where id = ${buy}`],
  ['references', 'a trade of nobody', `update trades set player_id = ${nobody} where id = ${buy}`],
  ['references', 'a trade in no market', `update trades set market_id = ${nobody} where id = ${buy}`],
  ['references', 'a position of nobody', `update positions set player_id = ${nobody} where id = ${aPosition}`],
  ['references', 'a position in no market', `update positions set market_id = ${nobody} where id = ${aPosition}`],
  ['references', 'a ledger row of nobody', `update ledger_entries set player_id = ${nobody} where id = ${feeRow}`],
  ['references', 'a key of no operator', `update idempotency_keys set operator_id = 77 where trade_id = ${buy}`],
  ['references', 'a player of no operator', `update players set operator_id = 77 where ${aPlayer}`],
  ['references', 'exposure of no operator', `update exposure set operator_id = 77 where operator_id = 1`],
  ['references', 'exposure of no market', `delete from markets where id = (select min(market_id) from trades)`],
  [
    'references',
    'an end of a trade that was not decided',
    `insert into trade_events (operator_id, id, trade_id, player_id, status, created_at) values (1, 2, 1, 101, 'filled', now())`,
  ],
  [
    'references',
    'a payout of nobody',
    `insert into settlement_payouts (operator_id, settlement_id, n, market_id, player_id, position_id, outcome, quantity, cost_cents, payout_cents,
    fee_cents, refund, won) select 1, 1, 1, min(id), ${nobody}, 1, 'yes', 0, 0, 0, 0, false, false from markets`,
  ],
  ['references', 'an early payout of what nobody decided', 'insert into settlement_early_payouts values (1, 1, 1)'],
  ['references', 'an absorption of what nobody decided', 'insert into settlement_absorptions values (1, 1, 1, 101, 1)'],
  ['references', 'a risk event about nobody', `update risk_events set player_id = ${nobody} where player_id is not null`],
];

const trading: Sabotage[] = [
  ['prices', 'a price a hundredth of a cent too high', `update trades set price = price + 1 where id = ${buy}`],
  ['prices', 'another mid', `update trades set mid = mid + 1 where id = ${buy}`],
  [
    'prices',
    'a receipt with a narrower bound',
    `update trades set receipt = jsonb_set(receipt::jsonb, '{inputs,max_bps}', '1') where id = ${buy}`,
  ],
  ['prices', 'the receipt of a sale', `update trades set receipt = jsonb_set(receipt::jsonb, '{side}', '"sell"') where id = ${buy}`],
  ['amounts', 'a cost a cent too low', `update trades set amount_cents = amount_cents - 1 where id = ${buy}`],
  ['amounts', 'another spread revenue', `update trades set spread_cents = spread_cents + 1 where id = ${buy}`],
  ['amounts', 'another realised profit', `update trades set realized_pnl_cents = realized_pnl_cents + 1 where id = ${sale}`],
  ['amounts', 'more sold than held', `update trades set quantity = quantity + 100000000 where id = ${sale}`],
  [
    'walls',
    'a wall reading of another exposure',
    `update trades set receipt = jsonb_set(receipt::jsonb, '{walls,1,value_cents}', '1') where id = ${buy}`,
  ],
  [
    'walls',
    'a limit exceeded by a cent',
    `update trades set receipt = jsonb_set(receipt::jsonb, '{walls,0,limit_cents}', to_jsonb((receipt::jsonb #>> '{walls,0,value_cents}')::bigint - 1)) where id = ${buy}`,
  ],
  ['walls', 'a wall not asked', `update trades set receipt = receipt::jsonb #- '{walls,0}' where id = ${buy}`],
  ['walls', 'a buy that was never booked against the limits', `delete from trades where id = ${buy}`],
  ['positions', 'a hundredth of a share too much', `update positions set quantity = quantity + 1 where id = ${aPosition}`],
  ['positions', 'a cent more of cost', `update positions set cost_cents = cost_cents + 1 where id = ${aPosition}`],
  [
    'positions',
    'a cent more of realised profit',
    `update positions set realized_pnl_cents = realized_pnl_cents + 1 where id = ${aPosition}`,
  ],
  ['positions', 'a trade too many', `update positions set trade_count = trade_count + 1 where id = ${aPosition}`],
  ['positions', 'an open one called closed', `update positions set closed_at = now() where id = ${aPosition}`],
  ['positions', 'one gone', `delete from positions where id = ${aPosition}`],
  [
    'positions',
    'one without trades',
    `update positions set outcome = case outcome when 'yes' then 'no' else 'yes' end, player_id = ${nobody} where id = ${aPosition}`,
  ],
];

const decided = (
  columns = '',
): string => `insert into market_settlements (id, market_id, outcome, status, fee_bps, evidence, proposed_by, proposed_at, needs_approval,
  decided_at, decision_id) select 1, market_id, 'yes', 'decided', 0, 'none', 'test', now(), false, now(), 9000000000000000000 from ${columns || `trades where id = ${buy}`}`;
const payout = (
  cents: number,
): string => `insert into settlement_payouts (operator_id, settlement_id, n, market_id, player_id, position_id, outcome, quantity,
  cost_cents, payout_cents, fee_cents, refund, won) select operator_id, 1, 1, market_id, player_id, id, outcome, 0, 0, ${cents}, 0, false, false from positions where id = ${aPosition}`;
const record = (
  through: number,
): string => `insert into settlement_records (operator_id, settlement_id, market_id, wallet_mode, claw_back, positions, winners, losers,
  payout_cents, fee_cents, loss_cents, cost_cents, paid_through, decided_at) select operator_id, 1, market_id, 'internal', 'to_zero', 1, 0, 0, 100, 0, 0, 0, ${through}, now()
  from positions where id = ${aPosition}`;
const call = (
  method: string,
  settlementId: string,
): string => `insert into wallet_calls (operator_id, id, method, player_id, market_id, trade_id, position_id, settlement_id,
  amount_cents, started_at, created_at) select operator_id, id, '${method}', player_id, market_id, id, 1, ${settlementId}, 1, now(), now() from trades where id = ${sale}`;

const ended = (status: string, id = 't.id + 1'): string =>
  `insert into trade_events (operator_id, id, trade_id, player_id, status, created_at) select operator_id, ${id}, t.id, player_id, '${status}', now() from trades t where id = ${buy}`;
/** A decision after everything, that closed the whole of a position and is paid; but nobody has done it. */
const closed = [
  decided(`positions where id = ${aPosition}`),
  payout(0).replace(`outcome, 0, 0, 0, 0`, 'outcome, quantity, cost_cents, 0, 0'),
  record(1),
];

const settlement: Sabotage[] = [
  ['player_totals', 'a payout that its player knows nothing of', ...closed],
  ['positions', 'a position that is open after its payout', ...closed],
  ['player_closings', 'a payout that was not counted', ...closed],
  ['exposure', 'a settled position that is still exposure', `update positions set quantity = 0, cost_cents = 0 where id = ${aPosition}`],
  ['sequence', 'a decision after everything', decided()],
  [
    'walls',
    'a decision before the buys that counted what it closed',
    ...closed,
    'update market_settlements set decision_id = (select t.id + 1 from trades t where t.market_id = market_settlements.market_id order by id limit 1)',
  ],
  [
    'settlement_payouts',
    'a payout that does not follow from the position',
    decided(`positions where id = ${aPosition}`),
    payout(100),
    record(0),
  ],
  ['settlement_records', 'a settled market with open positions', decided()],
  ['settlement_records', 'a payout without a record', decided(`positions where id = ${aPosition}`), payout(0)],
  ['settlement_credits', 'a payout called paid that nobody got', decided(`positions where id = ${aPosition}`), payout(100), record(1)],
  ['settlement_credits', 'a credit of no settlement', `update ledger_entries set type = 'settlement_credit' where id = ${feeRow}`],
  [
    'settled_exposure',
    'a market over without its exposure gone',
    `update markets set status = 'resolved' where id = (select market_id from trades where id = ${buy})`,
  ],
];

const wallet: Sabotage[] = [
  ['wallet_trades', 'a call for a trade of ours', call('BET_SELL', 'null')],
  ['wallet_trades', 'a trade of an outside wallet without a call', `update trades set wallet_mode = 'seamless' where id = ${sale}`],
  ['wallet_trade_states', 'a filled buy its wallet never paid for', `update trades set wallet_mode = 'seamless' where id = ${buy}`],
  ['wallet_trade_states', 'a buy that waits for nobody', `update trades set status = 'pending' where id = ${buy}`],
  ['trade_entries', 'a buy that still waits, but is on the ledger', `update trades set status = 'pending' where id = ${buy}`],
  ['trade_entries', 'a buy of no money on the ledger', `update trades set wallet_mode = 'shadow' where id = ${buy}`],
  ['walls', 'a buy that was given back, but held all the time', ended('cancelled')],
  ['positions', 'a buy that was void, but is held', `update trades set wallet_mode = 'seamless', status = 'cancelled' where id = ${buy}`],
  [
    'wallet_trade_states',
    'a buy that ended, but still waits',
    `update trades set wallet_mode = 'seamless', status = 'pending' where id = ${buy}`,
    ended('filled'),
  ],
  ['sequence', 'an end after everything', ended('filled', '9000000000000000000')],
  ['wallet_payouts', 'a call of no settlement', call('BET_WIN', '1')],
];

const rollups: Sabotage[] = [
  ['rollup_facts', 'a cent more of fees in an hour', `update rollup_hours set fee_cents = fee_cents + 1 where kind = 'whole'`],
  ['rollup_facts', 'a trade of another hour', `update trades set created_at = created_at + interval '1 hour' where id = ${buy}`],
  ['rollup_facts', 'a tier that nobody had', `update rollup_hours set key = 3 where kind = 'tier' and key = 0`],
  ['rollup_facts', 'a day of a market gone', `delete from rollup_days where kind = 'market'`],
  ['rollup_facts', 'a market that is said to be further', 'update rollup_state set markets_last_id = 0'],
  ['rollup_sums', 'a day too much', `update rollup_days set starts_at = starts_at - interval '1 day'`],
  ['rollup_sums', 'a total twice', `update rollup_totals set buys = buys * 2`],
  ['rollup_players', 'a player too many in an hour', `update rollup_active_hours set players = set_bit(players, 4000, 1)`],
  ['rollup_players', 'a player too few in a day', `update rollup_active_days set players = B'0'::bit(4096)`],
  ['rollup_players', 'a player nobody counted', `delete from rollup_signups`],
  ['rollup_holdings', 'an open position nobody has', `update rollup_holdings set open_positions = open_positions + 1`],
  ['rollup_players', 'a tier with a player too many', `update rollup_player_counts set players = players + 1 where tier = 'normal'`],
  ['rollup_players', 'a tier that changed unnoted', `update players set tier = 'banned' where id = (select min(id) from players)`],
  ['rollup_players', 'a day too many came', `update rollup_signup_days set players = players + 1`],
];

const billing: Sabotage[] = [
  ['invoice_trades', 'a cent more of spread', `update trades set spread_cents = spread_cents + 1 where id = ${buy}`],
  ['invoice_trades', 'a trade of another month', `update trades set created_at = created_at - interval '1 month' where id = ${buy}`],
  ['invoice_trades', 'a month billed late', `update invoices set period_from = period_from + interval '25 days' where trade_count > 0`],
  ['invoice_ledger', 'a fee that the ledger has not', `delete from ledger_entries where id = ${feeRow}`],
  ['invoice_amounts', 'a line changed', `update invoice_lines set amount_cents = amount_cents + 1 where kind = 'fee'`],
  ['invoice_amounts', 'another share', 'update invoices set share_bps = share_bps + 100'],
  ['invoice_amounts', 'a payment gone', 'delete from invoice_payments'],
  ['invoice_numbers', 'a number left out', `update invoices set number = number + 1 where number = (select max(number) from invoices)`],
  ['invoice_numbers', 'an invoice gone', `delete from invoices where number = 1`],
  ['invoice_numbers', 'a void invoice that nothing took back', 'delete from credit_notes'],
];

export const SABOTAGES: readonly Sabotage[] = [
  ...ledger,
  ...totals,
  ...risk,
  ...keys,
  ...references,
  ...trading,
  ...settlement,
  ...wallet,
  ...rollups,
  ...billing,
  ...ORDER_SABOTAGES,
  ...PLAYER_SABOTAGES,
];

/** Proofs about money: the ledger against itself, against the players' balances and against the trades. */
import type { BookCheck } from './book-check.rules.ts';

/** Closing balance of every account of every operator; the players' account is what the players table says. */
const ACCOUNT_BALANCES = `
  moved as (
    select operator_id, from_account, to_account, sum(amount_cents) as cents from ledger_entries group by 1, 2, 3
  ), account_balances as (
    select operator_id, from_account as account, -cents as cents from moved where from_account <> 'player'
    union all select operator_id, to_account, cents from moved where to_account <> 'player'
    union all select operator_id, 'player', sum(balance_cents) from players group by 1
  )`;

/** What the ledger says each player has. */
const LEDGER_BALANCES = `
  entered as (
    select operator_id, player_id, count(*) as entries,
      sum(case when to_account = 'player' then amount_cents else 0 end - case when from_account = 'player' then amount_cents else 0 end) as cents
    from ledger_entries where player_id <> 0 group by 1, 2
  )`;

/** One row a trade, with its ledger rows folded into it: a fee row is always the later one. */
const ENTRIES_OF_TRADES = `
  entered as (
    select operator_id, trade_id, count(*) as entries, min(player_id) as first_player, max(player_id) as last_player, min(id) as first_id,
      coalesce(sum(amount_cents) filter (where type = 'trade_debit' and from_account in ('player', 'wallet') and to_account = 'house'), 0) as debit,
      coalesce(sum(amount_cents) filter (where type = 'trade_credit' and from_account = 'house' and to_account in ('player', 'wallet')), 0) as credit,
      coalesce(sum(amount_cents) filter (where type = 'trade_fee' and from_account in ('player', 'wallet') and to_account = 'fees'), 0) as fee,
      coalesce(max(balance_after_cents) filter (where type = 'trade_fee'), max(balance_after_cents)) as balance_after
    from ledger_entries where trade_id is not null or type in ('trade_debit', 'trade_credit', 'trade_fee') group by 1, 2
  ), filled as (
    select operator_id, id as trade_id, player_id, balance_after_cents,
      case when side = 'buy' then amount_cents else 0 end as debit, case when side = 'sell' then amount_cents else 0 end as credit,
      fee_cents as fee, (amount_cents > 0)::integer + (fee_cents > 0)::integer as entries
    from trades where status = 'filled' and wallet_mode <> 'shadow'
  )`;

export const LEDGER_CHECKS: readonly BookCheck[] = [
  {
    name: 'ledger_rows',
    claim: 'every ledger row moves a positive amount between two accounts, and the balances around it say so',
    compared: 'select count(*) from ledger_entries',
    differences: `
      select 'ledger:' || id as subject, 'a positive amount, balance ' || balance_before_cents || ' moved by it' as expected,
        amount_cents || ' from ' || from_account || ' to ' || to_account || ', balance ' || balance_after_cents as found
      from ledger_entries
      where amount_cents <= 0 or from_account = to_account
        or balance_after_cents <> balance_before_cents
          - case when from_account in ('player', 'credits') then amount_cents else 0 end
          + case when to_account in ('player', 'credits') then amount_cents else 0 end`,
  },
  {
    name: 'trial_balance',
    claim: "the accounts of every operator, players' balances included, add up to zero, and so does the platform",
    compared: 'select count(*) + 1 from operators',
    differences: `
      with ${ACCOUNT_BALANCES}
      select coalesce('operator:' || operator_id, 'the platform') as subject, '0 cents' as expected,
        sum(cents) || ' cents (' || string_agg(account || ' ' || cents, ', ' order by account) || ')' as found
      from account_balances group by grouping sets ((operator_id), ()) having sum(cents) <> 0`,
  },
  {
    name: 'player_balances',
    claim: "every player's balance equals its ledger entries",
    compared: 'select count(*) from players',
    differences: `
      with ${LEDGER_BALANCES}
      select 'player:' || coalesce(p.id, e.player_id) as subject, coalesce(e.cents, 0) || ' cents from ' || coalesce(e.entries, 0) || ' entries' as expected,
        coalesce(p.balance_cents || ' cents', 'no such player') as found
      from players p full join entered e on e.operator_id = p.operator_id and e.player_id = p.id
      where p.id is null or p.balance_cents <> coalesce(e.cents, 0)`,
  },
  {
    name: 'balance_chain',
    claim: 'in the order of their ids, every ledger row of a player starts at the balance the one before left, the first at zero',
    compared: 'select count(*) from ledger_entries',
    differences: `
      select 'ledger:' || id as subject, 'before: ' || previous || ' cents' as expected, 'before: ' || balance_before_cents || ' cents' as found
      from (
        select id, balance_before_cents, lag(balance_after_cents, 1, 0::bigint) over (partition by operator_id, player_id order by id) as previous
        from ledger_entries
      ) as chain where balance_before_cents <> previous`,
  },
  {
    name: 'trade_entries',
    claim:
      'every filled trade has exactly its ledger rows (cost or proceeds, and the fee when there is one), later than it, and none has no trade',
    compared: "select count(*) from trades where status = 'filled'",
    differences: `
      with ${ENTRIES_OF_TRADES}
      select case when f.trade_id is null then 'ledger:' || e.first_id else 'trade:' || f.trade_id end as subject,
        coalesce(format('%s rows: debit %s, credit %s, fee %s, balance after %s', f.entries, f.debit, f.credit, f.fee, f.balance_after_cents), 'a filled trade') as expected,
        coalesce(format('%s rows: debit %s, credit %s, fee %s, balance after %s', e.entries, e.debit, e.credit, e.fee, e.balance_after), 'no rows')
          || case when e.first_player <> f.player_id or e.last_player <> f.player_id then ', of another player' else '' end
          || case when e.first_id <= f.trade_id then ', earlier than the trade' else '' end as found
      from filled f full join entered e on e.operator_id = f.operator_id and e.trade_id = f.trade_id
      where f.trade_id is null
        or f.entries <> coalesce(e.entries, 0)
        or (e.debit, e.credit, e.fee, e.balance_after, e.first_player, e.last_player)
          is distinct from (f.debit, f.credit, f.fee, f.balance_after_cents, f.player_id, f.player_id) and f.entries > 0
        or e.first_id <= f.trade_id`,
  },
];

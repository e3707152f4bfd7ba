/** Proofs about invoices: what was billed is what the trades and the ledger of the month say, once, and nothing of it was changed. */
import type { BookCheck } from './book-check.rules.ts';

/** Each invoice with the trades of its month. */
const BILLED = `
  billed as (
    select i.id, count(t.id) as trades, count(distinct t.player_id) as traders, coalesce(sum(t.amount_cents), 0) as volume,
      coalesce(sum(t.spread_cents), 0) as spread, coalesce(sum(t.fee_cents), 0) as fee
    from invoices i left join trades t on t.operator_id = i.operator_id and t.status = 'filled' and t.wallet_mode <> 'shadow'
      and t.created_at >= i.period_from and t.created_at < i.period_to
    group by i.id
  )`;
const line = (kind: string): string =>
  `(select l.gross_cents from invoice_lines l where l.operator_id = i.operator_id and l.invoice_id = i.id and l.kind = '${kind}')`;
const half = (amount: string, bps: string): string => `div(2 * ${amount}::numeric * ${bps} + 10000, 20000)`;

export const BILLING_CHECKS: readonly BookCheck[] = [
  {
    name: 'invoice_trades',
    claim: 'every invoice names the trades, players, volume, spread and fees of its operator and month, to the cent',
    compared: 'select count(*) from invoices',
    differences: `
      with ${BILLED}, compared as (
        select i.id, concat_ws('/', b.trades, b.traders, b.volume, b.spread, b.fee) as expected,
          concat_ws('/', i.trade_count, i.unique_traders, i.volume_cents, ${line('spread')}, ${line('fee')}) as found
        from invoices i join billed b on b.id = i.id
      )
      select 'invoice:' || id as subject, expected, found from compared where expected <> found`,
  },
  {
    name: 'invoice_ledger',
    claim: 'the fees of every invoice are what the ledger moved to the fees account for the trades of its month',
    compared: `select count(*) from ledger_entries where type = 'trade_fee'`,
    differences: `
      with moved as (
        select i.id, coalesce(sum(e.amount_cents), 0) as fees
        from invoices i left join trades t on t.operator_id = i.operator_id and t.created_at >= i.period_from and t.created_at < i.period_to
        left join ledger_entries e on e.operator_id = t.operator_id and e.trade_id = t.id and e.type = 'trade_fee' and e.to_account = 'fees'
        group by i.id
      )
      select 'invoice:' || i.id as subject, m.fees || ' cents in the ledger' as expected, ${line('fee')} || ' cents' as found
      from invoices i join moved m on m.id = i.id where m.fees is distinct from ${line('fee')}`,
  },
  {
    name: 'invoice_amounts',
    claim: 'the lines of every invoice add up to its amount, which is the share of its revenue, and its payments to what is paid',
    compared: 'select count(*) from invoices',
    differences: `
      with compared as (
        select i.id,
          concat_ws('/', i.gross_cents, i.amount_cents, ${half('i.gross_cents', 'i.share_bps')}, ${half('i.amount_cents', 'i.tax_bps')},
            case when i.status = 'paid' then i.total_cents else least(coalesce(p.cents, 0), i.total_cents) end) as expected,
          concat_ws('/', l.gross, l.amount, i.amount_cents, i.tax_cents, coalesce(p.cents, 0)) as found
        from invoices i
        left join (select operator_id, invoice_id, sum(gross_cents) as gross, sum(amount_cents) as amount from invoice_lines group by 1, 2) l
          on l.operator_id = i.operator_id and l.invoice_id = i.id
        left join (select operator_id, invoice_id, sum(amount_cents) as cents from invoice_payments group by 1, 2) p
          on p.operator_id = i.operator_id and p.invoice_id = i.id
      )
      select 'invoice:' || id as subject, expected, found from compared where expected <> found`,
  },
  {
    name: 'invoice_numbers',
    claim: 'invoices and credit notes are numbered without a gap, and an invoice is void exactly when a credit note takes it back',
    compared: 'select (select count(*) from invoices) + (select count(*) from credit_notes)',
    differences: `
      select n.kind as subject, 'numbers 1 to ' || n.last as expected, coalesce(d.documents, 0) || ' up to ' || coalesce(d.highest, 0) as found
      from invoice_numbers n left join (
        select 'invoice' as kind, count(*) as documents, max(number) as highest from invoices
        union all select 'credit_note', count(*), max(number) from credit_notes
      ) d on d.kind = n.kind where coalesce(d.documents, 0) <> n.last or coalesce(d.highest, 0) <> n.last
      union all
      select 'invoice:' || i.id, case when c.invoice_id is null then 'not void' else 'void' end, i.status
      from invoices i left join credit_notes c on c.operator_id = i.operator_id and c.invoice_id = i.id
      where (i.status = 'void') <> (c.invoice_id is not null)`,
  },
];

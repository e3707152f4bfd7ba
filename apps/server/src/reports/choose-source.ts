/** Where the rows of each type come from: the one query behind the lists of the same thing. */
import type { FileType } from '@predictu/contract/shapes/report-columns';
import type { ReportFilters } from '@predictu/contract/shapes/report-filter';
import { findInvoices, showInvoice } from '../billing/billing.ts';
import { measurePeriod, operatorsInScope } from '../insights/insights.ts';
import { operatorEntries, shownEntry } from '../ledger/ledger.ts';
import { operatorIdOf } from '../operators/operators.ts';
import type { Db } from '../platform/db.ts';
import type { Slice } from '../platform/page.ts';
import { choosePlayers, readPlayers } from '../players/players.ts';
import { seenSince, shownPlayer } from '../players/shown-player.rules.ts';
import { findRiskEvents, showRiskEvent } from '../risk/risk.ts';
import { findOwnSettlements, findSettlements, showOwnSettlement, showSettlement } from '../settlement/settlement.ts';
import { choosePositions, selectConsolePositions, showConsolePosition } from '../trading/trading.ts';
import { inColumns, type NamedRows, PAGE_ROWS, type Place, pageOfRows, type RowPage, type RowSource } from './row-source.ts';
import { type TradeFilter, tradeSource } from './trade-source.ts';

/** Which rows: `operatorId` is the operator's own, undefined for all. */
export type Scope = {
  side: 'platform' | 'operator';
  operatorId: bigint | undefined;
  filters: ReportFilters;
  from: Date;
  to: Date;
  now: Date;
};

/** To count, one row is asked for; to read on, nothing is counted. */
const COUNT: Slice = { limit: 1, offset: 0, after: undefined };
const onwards = (after: Place): Slice => ({ limit: PAGE_ROWS, offset: 0, after, total: 0n });
const next = (ids: readonly bigint[]): Place => (ids.length === PAGE_ROWS ? ids.slice(-1) : undefined);
const ASCENDING = { order: 'asc' } as const;

const tradeFilter = ({ operatorId, filters, from, to }: Scope): TradeFilter => ({
  operatorId,
  playerId: filters.user_id ?? undefined,
  marketId: filters.market_id ?? undefined,
  side: filters.side ?? undefined,
  outcome: filters.outcome ?? undefined,
  status: (filters.status ?? undefined) as TradeFilter['status'],
  minAmount: filters.min_amount ?? undefined,
  maxAmount: filters.max_amount ?? undefined,
  from,
  to,
});

function positions({ operatorId, filters, from, to }: Scope): NamedRows {
  const filter = {
    operatorId,
    playerId: filters.user_id ?? undefined,
    marketId: filters.market_id ?? undefined,
    outcome: filters.outcome ?? undefined,
    status: (filters.status ?? undefined) as Parameters<typeof choosePositions>[1]['status'],
    from,
    to,
  };
  const sort = { sort: 'id', ...ASCENDING } as const;
  return {
    count: async (db) => (await choosePositions(db, filter, sort, COUNT)).total,
    async page(db, after) {
      const { ids } = await choosePositions(db, filter, sort, onwards(after));
      return { rows: (await selectConsolePositions(db, ids)).map(showConsolePosition), next: next(ids) };
    },
  };
}

function users({ operatorId, filters, from, to, now }: Scope): NamedRows {
  const filter = {
    operatorId,
    tier: filters.tier ?? undefined,
    status: (filters.status ?? undefined) as Parameters<typeof choosePlayers>[1]['status'],
    seenSince: seenSince(now),
    from,
    to,
  };
  const sort = { sort: 'id', ...ASCENDING } as const;
  return {
    count: async (db) => (await choosePlayers(db, filter, sort, COUNT)).total,
    async page(db, after) {
      const { ids } = await choosePlayers(db, filter, sort, onwards(after));
      return { rows: (await readPlayers(db, ids, filter.seenSince)).map(shownPlayer), next: next(ids) };
    },
  };
}

function settlements({ side, operatorId, filters, from, to }: Scope): NamedRows {
  const filter = {
    operatorId,
    market_id: filters.market_id ?? undefined,
    status: (filters.status ?? undefined) as Parameters<typeof findSettlements>[1]['status'],
    from,
    to,
  };
  const callbacks = ({ sent, confirmed, failed }: { sent: bigint; confirmed: bigint; failed: bigint }) => ({
    s2s_callbacks_sent: sent,
    s2s_callbacks_confirmed: confirmed,
    s2s_callbacks_failed: failed,
  });
  return {
    count: async (db) => (await (side === 'operator' ? findOwnSettlements : findSettlements)(db, filter, COUNT)).total,
    async page(db, after) {
      if (side === 'platform')
        return pageOfRows(
          (await findSettlements(db, filter, onwards(after))).rows,
          ({ id }) => id,
          (row) => showSettlement(row),
        );
      const { rows } = await findOwnSettlements(db, filter, onwards(after));
      return pageOfRows(
        rows,
        ({ id }) => id,
        (row) => ({ ...showOwnSettlement(row), ...callbacks(row) }),
      );
    },
  };
}

function riskEvents({ operatorId, filters, from, to }: Scope): NamedRows {
  const filter = { operatorId, severity: filters.severity ?? undefined, from, to };
  return {
    count: async (db) => (await findRiskEvents(db, filter, COUNT)).total,
    page: async (db, after) => pageOfRows((await findRiskEvents(db, filter, onwards(after))).rows, ({ id }) => id, showRiskEvent),
  };
}

function invoices({ operatorId, filters, from, to }: Scope): NamedRows {
  const filter = { operatorId, status: (filters.status ?? undefined) as Parameters<typeof findInvoices>[1]['status'], from, to };
  return {
    count: async (db) => (await findInvoices(db, filter, COUNT)).total,
    page: async (db, after) =>
      pageOfRows(
        (await findInvoices(db, filter, onwards(after))).rows,
        ({ number }) => number,
        (row) => {
          const shown = showInvoice(row, '/api/internal/invoices');
          return { ...shown, period_from: shown.period.from, period_to: shown.period.to };
        },
      ),
  };
}

/** Those in the scope, in one order for the whole file. */
async function operatorsOf(db: Db, operatorId: bigint | undefined) {
  const operators = await operatorsInScope(db);
  return operatorId === undefined ? operators : operators.filter(({ id }) => id === operatorId);
}

/** Operator after operator; a place is the operator's own and how far it is read. */
function ledger({ operatorId, from, to }: Scope): NamedRows {
  return {
    async count(db) {
      let total = 0n;
      for (const { id } of await operatorsOf(db, operatorId))
        total += (await operatorEntries(db, { operatorId: id, from, to }, COUNT)).total;
      return total;
    },
    async page(db, after): Promise<RowPage> {
      const operators = await operatorsOf(db, operatorId);
      const [at = operators[0]?.id, last] = after ?? [];
      const operator = operators.find(({ id }) => id === at);
      if (!operator) return { rows: [], next: undefined };
      const place = { ...onwards(last === undefined ? undefined : [last]) };
      const { rows } = await operatorEntries(db, { operatorId: operator.id, from, to }, place);
      const shown = rows.map((row) => ({
        ...shownEntry(row),
        operator_slug: operator.slug,
        user_id: row.player_id,
        from_account: row.from_account,
        to_account: row.to_account,
      }));
      const end = rows.at(-1);
      if (rows.length === PAGE_ROWS && end) return { rows: shown, next: [operator.id, end.id] };
      const following = operators[operators.indexOf(operator) + 1];
      return { rows: shown, next: following && [following.id] };
    },
  };
}

/** A page is all buckets of one operator. */
function revenue({ operatorId, filters, from, to, now }: Scope): NamedRows {
  const granularity = filters.granularity ?? 'day';
  // Without a beginning it is the last thirty days, as on the screen.
  const query = { ...(filters.from && { from }), to, granularity };
  return {
    async count(db) {
      const operators = await operatorsOf(db, operatorId);
      const [first] = operators;
      if (!first) return 0n;
      const { series } = await measurePeriod(db, { operators: [first], operatorId: first.id, query, now });
      return BigInt(series.length * operators.length);
    },
    async page(db, after): Promise<RowPage> {
      const operators = await operatorsOf(db, operatorId);
      const operator = operators.find(({ id }) => id === (after?.[0] ?? operators[0]?.id));
      if (!operator) return { rows: [], next: undefined };
      const { series } = await measurePeriod(db, { operators: [operator], operatorId: operator.id, query, now });
      const rows = series.map((line) => ({
        date: line.date,
        operator_slug: operator.slug,
        gross_usd: line.gross,
        spread_usd: line.spread,
        fees_usd: line.fees,
        predictu_share_usd: line.platform,
        operator_share_usd: line.operator,
        settlement_pnl_usd: line.settlementPnl,
        trade_count: line.trades,
        volume_usd: line.volume,
        unique_traders: line.users,
      }));
      const following = operators[operators.indexOf(operator) + 1];
      return { rows, next: following && [following.id] };
    },
  };
}

const NAMED: Record<Exclude<FileType, 'trades'>, (scope: Scope) => NamedRows> = {
  users,
  positions,
  revenue,
  settlements,
  risk_events: riskEvents,
  invoices,
  ledger,
};

const BEGINNING = new Date(0);
const earlier = (a: Date, b: Date): Date => (a < b ? a : b);

/** The rows of a file, as of `now`: `owner` is the operator it belongs to, or null. Without a period everything until now. */
export async function chooseSource(
  db: Db,
  {
    type,
    filters,
    owner,
    now,
    columns,
  }: { type: FileType; filters: ReportFilters; owner: bigint | null; now: Date; columns: readonly string[] },
): Promise<RowSource> {
  const named = filters.operator ? await operatorIdOf(db, filters.operator) : undefined;
  const scope: Scope = {
    side: owner === null ? 'platform' : 'operator',
    operatorId: owner ?? named,
    filters,
    from: filters.from ?? BEGINNING,
    to: earlier(filters.to ?? now, now),
    now,
  };
  return type === 'trades' ? tradeSource(tradeFilter(scope), columns) : inColumns(NAMED[type](scope), columns);
}

/** What the rows of a report are chosen by: each type has its own filters, all but schedules a period. */
import { z } from 'zod';
import { periodQuery } from '../filters.ts';
import { marketId, userId } from '../ids.ts';
import { nonNegativeUsd } from '../units.ts';
import { granularity } from './figures.ts';
import { INVOICE_STATUSES } from './invoice.ts';
import { positionStatus } from './position.ts';
import type { FileType } from './report-columns.ts';
import { severity } from './risk-event.ts';
import { SETTLEMENT_STATUSES } from './settlement.ts';
import { outcome, side, tradeStatus } from './trade.ts';

const RISK_TIERS = ['normal', 'sharp', 'restricted', 'banned'] as const;
const PLAYER_STATUSES = ['active', 'inactive', 'suspended'] as const;

const filterFields = {
  from: periodQuery.from.unwrap().nullish().meta({ description: 'ISO 8601 start; from this instant on.' }),
  to: periodQuery.to.unwrap().nullish().meta({ description: 'ISO 8601 end; before this instant. Now, when absent.' }),
  user_id: userId.nullish().meta({ description: 'Of trades and positions: of this user.' }),
  market_id: marketId.nullish().meta({ description: 'Of trades, positions and settlements: in this market.' }),
  side: side.nullish(),
  outcome: outcome.nullish(),
  status: z.string().max(20).nullish().meta({ description: 'Of trades, positions, users, settlements and invoices: as in their lists.' }),
  min_amount: nonNegativeUsd.nullish().meta({ description: 'Of trades: minimum in dollars, before the fee.' }),
  max_amount: nonNegativeUsd.nullish().meta({ description: 'Of trades: maximum in dollars, before the fee.' }),
  tier: z.enum(RISK_TIERS).nullish().meta({ description: 'Of users: risk tier.' }),
  severity: severity.nullish().meta({ description: 'Of risk events.' }),
  granularity: granularity.unwrap().nullish().meta({ description: 'Of revenue: one row for each; day when absent.' }),
};
export const operatorFilters = z.strictObject(filterFields);
export const platformFilters = z.strictObject({
  operator: z.string().max(100).nullish().meta({ description: 'Slug or id of one operator; of all when absent.' }),
  ...filterFields,
});
export type ReportFilters = z.output<typeof platformFilters>;

const PERIOD = ['operator', 'from', 'to'];
/** Of settlements, risk events and invoices the filters of their lists. */
const ALLOWED: Record<FileType, readonly string[]> = {
  trades: [...PERIOD, 'user_id', 'market_id', 'side', 'outcome', 'status', 'min_amount', 'max_amount'],
  users: [...PERIOD, 'tier', 'status'],
  positions: [...PERIOD, 'user_id', 'market_id', 'outcome', 'status'],
  revenue: [...PERIOD, 'granularity'],
  settlements: [...PERIOD, 'market_id', 'status'],
  risk_events: [...PERIOD, 'severity'],
  invoices: [...PERIOD, 'status'],
  ledger: PERIOD,
};
const STATUSES: Partial<Record<FileType, readonly string[]>> = {
  trades: tradeStatus.options,
  users: PLAYER_STATUSES,
  positions: positionStatus.options,
  settlements: SETTLEMENT_STATUSES,
  invoices: INVOICE_STATUSES,
};

export type FilterProblem = { path: string[]; received: unknown; message: string };

/** What is wrong with filters that can be read. */
export function filterProblems(type: FileType, filters: Record<string, unknown>): FilterProblem[] {
  const given = Object.entries(filters).filter(([, value]) => value !== null && value !== undefined);
  const strange = given
    .filter(([name]) => !ALLOWED[type].includes(name))
    .map(([name, received]) => ({ path: ['filters', name], received, message: `No filter of ${type}` }));
  const { status, from, to } = filters;
  const problems = [...strange];
  if (typeof status === 'string' && ALLOWED[type].includes('status') && !STATUSES[type]?.includes(status)) {
    problems.push({ path: ['filters', 'status'], received: status, message: `Expected one of ${STATUSES[type]?.join(', ')}` });
  }
  if (from instanceof Date && to instanceof Date && from > to) {
    problems.push({ path: ['filters', 'to'], received: to.toISOString(), message: 'Expected to not before from' });
  }
  return problems;
}

/** Exposure over time, of the platform or of one operator. */
import type { getExposureSeries as ofPlatform } from '@predictu/contract/admin/risk';
import { Failure } from '@predictu/contract/errors';
import { decodeId, type Id } from '@predictu/contract/ids';
import type { getOwnExposureSeries as own } from '@predictu/contract/operator/risk';
import { type Category, categoryNumber } from '@predictu/contract/shapes/category';
import { type Cents, cents } from '@predictu/contract/units';
import { findOperator } from '../operators/operators.ts';
import type { Db } from '../platform/db.ts';
import { type Handler, notFound } from '../platform/http.ts';
import { gauge } from './exposure.rules.ts';
import { selectSnapshots } from './exposure-snapshot.sql.ts';

const PLATFORM = 0n;
const SECONDS = { '5m': 300, hour: 3_600, day: 86_400 };
const POINTS_AT_MOST = 1_000;
const DAY_MS = 86_400_000;

type Query = {
  from?: Date | undefined;
  to?: Date | undefined;
  granularity: keyof typeof SECONDS;
  category?: Category | undefined;
  market_id?: Id<'market'> | undefined;
};
type Period = { from: Date; to: Date; seconds: number };

const refused = (field: string, received: unknown, expected: string): Failure =>
  new Failure('BAD_REQUEST', `Query parameters cannot be used: ${field}`, { fields: [{ field, received, expected }] });

/** @throws BAD_REQUEST for a period that would be too many points, or one that ends before it begins */
function periodOf({ from, to, granularity }: Query, now: Date): Period {
  const seconds = SECONDS[granularity];
  const end = to ?? now;
  const begin = from ?? new Date(end.getTime() - DAY_MS);
  if (begin > end) throw refused('from', begin.toISOString(), 'an instant that has been');
  if (end.getTime() - begin.getTime() > POINTS_AT_MOST * seconds * 1_000) {
    throw refused('from', begin.toISOString(), `at most ${POINTS_AT_MOST} points of granularity ${granularity}`);
  }
  return { from: begin, to: end, seconds };
}

function scopeOf({ category, market_id: marketId }: Query): { scope: number; key: bigint; name: 'whole' | 'category' | 'market' } {
  if (category !== undefined && marketId !== undefined) throw refused('market_id', 'both', 'one of category and market_id');
  if (marketId !== undefined) return { scope: 2, key: marketId, name: 'market' };
  return category === undefined ? { scope: 0, key: 0n, name: 'whole' } : { scope: 1, key: categoryNumber(category), name: 'category' };
}

async function seriesOf(db: Db, operator: { id: bigint; slug: string | null }, query: Query, now: Date) {
  const period = periodOf(query, now);
  const { scope, key, name } = scopeOf(query);
  const rows = await selectSnapshots(db, { operatorId: operator.id, scope, key }, period);
  return {
    data: {
      operator_slug: operator.slug,
      scope: name,
      category: query.category ?? null,
      market_id: query.market_id ?? null,
      period: { from: period.from, to: period.to },
      granularity: query.granularity,
      series: rows.map(({ at, yes, no, cost, limit }) => ({
        at,
        ...gauge(yes + no, limit),
        yes_exposure_usd: cents(yes),
        no_exposure_usd: cents(no),
        cost_usd: cost as Cents,
      })),
    },
  };
}

export const getExposureSeries: Handler<typeof ofPlatform> = async ({ db, now }, { query: { operator: name, ...query } }) => {
  if (name === undefined) return seriesOf(db, { id: PLATFORM, slug: null }, query, now);
  const id = decodeId('operator', name);
  const operator = await findOperator(db, id === undefined ? { slug: name } : { id });
  if (!operator) throw notFound('operator');
  return seriesOf(db, operator, query, now);
};

export const getOwnExposureSeries: Handler<typeof own> = ({ db, actor, now }, { query }) =>
  seriesOf(db, { id: actor.operatorId, slug: actor.slug }, query, now);

/** What halting a scope would mean now: how full it is, and who has just bought in it. */
import type { previewBreaker as endpoint } from '@predictu/contract/admin/risk';
import { Failure } from '@predictu/contract/errors';
import { firstIdAt } from '@predictu/contract/ids';
import { cents } from '@predictu/contract/units';
import { readPlatformConfig } from '../config/config.ts';
import type { Handler } from '../platform/http.ts';
import { readScope } from './create-breaker.ts';
import { percentOf } from './exposure.rules.ts';
import { selectScopeFigures, selectScopeOperators } from './scope-preview.sql.ts';
import { limitOf } from './show-breaker.ts';

const WINDOW_MS = 15 * 60_000;
const WHOLE = 'The whole platform';

/** What the body of a new breaker may not say, a query may not either: by the code of queries. */
function asQuery(error: unknown): never {
  if (!(error instanceof Failure) || error.code !== 'VALIDATION_ERROR') throw error;
  throw new Failure('BAD_REQUEST', 'Query parameters cannot be used: scope_id', error.details);
}

export const previewBreaker: Handler<typeof endpoint> = async ({ db, now }, { query }) => {
  const scope = await readScope(db, query.scope, query.scope_id ?? '').catch(asQuery);
  const { config } = await readPlatformConfig(db);
  const [figures, operators] = await Promise.all([
    selectScopeFigures(db, scope),
    selectScopeOperators(db, scope, firstIdAt(new Date(now.getTime() - WINDOW_MS))),
  ]);
  const limit = limitOf({ scope: scope.scope, category: scope.category, operator_limit: figures.operator_limit }, config);
  return {
    data: {
      scope: scope.scope,
      scope_label: figures.operator_name ?? figures.market_title ?? scope.category ?? WHOLE,
      exposure_usd: cents(figures.exposure),
      limit_usd: limit,
      current_value: percentOf(figures.exposure, limit),
      open_markets: Number(figures.open_markets),
      operators: operators.map(({ operator_slug, exposure, buys, players, volume_cents }) => ({
        operator_slug,
        exposure_usd: cents(exposure),
        buys: Number(buys),
        players: Number(players),
        volume_usd: volume_cents,
      })),
    },
  };
};

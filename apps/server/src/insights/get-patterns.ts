/** How players behave: hours, categories, sessions, devices, sizes. */
import type { getPatterns as endpoint } from '@predictu/contract/admin/analytics';
import type { Id } from '@predictu/contract/ids';
import { CATEGORIES, type Category } from '@predictu/contract/shapes/category';
import type { Handler } from '../platform/http.ts';
import { analyticsScope } from './analytics-scope.ts';
import { percentagesOf, sharesOf } from './apportion.rules.ts';
import { figuresOf } from './figure.rules.ts';
import { type FigureRow, selectFigures } from './figure.sql.ts';
import { hoursOf, peakHours, sessionsOfAgents } from './pattern.rules.ts';
import { selectHabits, selectSessions } from './pattern.sql.ts';
import { selectPopularMarkets } from './popular-market.sql.ts';
import { DAY_MS } from './rollup-plan.rules.ts';

const DEFAULT_DAYS = 30;

/** The largest first. */
function categoriesOf(rows: readonly FigureRow[]): { category: Category; trades: number }[] {
  return CATEGORIES.map((category, index) => ({
    category,
    trades: rows.filter(({ key }) => key === index).reduce((sum, row) => sum + figuresOf(row).trades, 0),
  }))
    .filter(({ trades }) => trades > 0)
    .sort((a, b) => b.trades - a.trades);
}

export const getPatterns: Handler<typeof endpoint> = async ({ db, now }, { query }) => {
  const operatorId = await analyticsScope(db, query.operator);
  const to = query.to ?? now;
  const from = query.from ?? new Date(to.getTime() - DEFAULT_DAYS * DAY_MS);
  const request = { operatorId, from, to: query.to ?? null };
  const window = { from, to: request.to };
  const [rows, agents, habits, popular] = await Promise.all([
    selectFigures(db, {
      operatorId,
      windows: [
        { ...window, label: 'hour', by: 'hour_of_day' },
        { ...window, label: 'category', by: 'category' },
      ],
    }),
    selectSessions(db, request),
    selectHabits(db, request),
    selectPopularMarkets(db, request),
  ]);
  const byHour = rows.filter(({ label }) => label === 'hour').map((row) => ({ ...figuresOf(row), hour: row.key }));
  const hours = hoursOf(byHour);
  const categories = categoriesOf(rows.filter(({ label }) => label === 'category'));
  const percentages = percentagesOf(categories.map(({ trades }) => trades));
  const trades = hours.reduce((sum, hour) => sum + hour.trades, 0);
  const buys = byHour.reduce((sum, hour) => sum + hour.buys, 0);
  const [buy = 0, sell = 0] = sharesOf([buys, trades - buys]);
  const sessions = sessionsOfAgents(agents);
  const [mobile = 0, desktop = 0, tablet = 0] = sharesOf(sessions.devices);
  const [one = 0, few = 0, many = 0, most = 0] = sharesOf([habits.one, habits.few, habits.many, habits.most].map(Number));
  const [small = 0, medium = 0, large = 0, huge = 0] = sharesOf([habits.small, habits.medium, habits.large, habits.huge].map(Number));
  return {
    data: {
      period: { from, to },
      trade_count: trades,
      peak_hours_utc: peakHours(hours),
      hour_distribution: hours.map((hour) => ({ hour: hour.hour, trade_count: hour.trades })),
      category_distribution: categories.map((line, index) => ({
        category: line.category,
        pct: percentages[index] ?? 0,
        trade_count: line.trades,
      })),
      side_distribution: { buy, sell },
      session_count: sessions.sessions,
      avg_session_duration_minutes: sessions.minutes,
      avg_trades_per_session: sessions.trades,
      trade_frequency_distribution: { '1_per_week': one, '2_5_per_week': few, '6_10_per_week': many, '11_plus_per_week': most },
      device_breakdown: { mobile, desktop, tablet },
      unknown_device_count: sessions.unknown,
      bet_size_distribution: { under_5_usd: small, '5_20_usd': medium, '20_100_usd': large, '100_plus_usd': huge },
      popular_markets: popular.map((market) => ({
        market_id: market.id as Id<'market'>,
        title: market.title,
        trade_count: Number(market.trades),
      })),
    },
  };
};

/** Retention of cohorts as a heat table: a row for each week or month of signups, a column for each one after. */
import { useEndpoint } from '@predictu/ui/api/use-endpoint.tsx';
import { heatOf } from '@predictu/ui/charts/heat.ts';
import { formatCount, formatPercent, formatRate, formatShares, formatUsd } from '@predictu/ui/format/money.ts';
import { Empty, Section, Shown, Stat, Stats } from '@predictu/ui/kit/panel.tsx';

export type CohortQuery = {
  from: string | undefined;
  to: string | undefined;
  operator: string | undefined;
  granularity: 'week' | 'month';
};

const rateOrNone = (rate: number | null): string => (rate === null ? '–' : formatRate(rate));

export function Cohorts({ query }: { query: CohortQuery }) {
  const cohorts = useEndpoint('getCohorts', { query });
  const grain = query.granularity;
  return (
    <Shown query={cohorts}>
      {({ data: { cohorts: rows, summary } }) => {
        const columns = Array.from(
          { length: Math.max(0, ...rows.map(({ retention }) => Object.keys(retention).length)) },
          (_, index) => index,
        );
        const highest = Math.max(0, ...rows.flatMap(({ retention }) => Object.values(retention)));
        return (
          <>
            <Stats>
              <Stat name="Back in week 1">{rateOrNone(summary.avg_week_1_retention)}</Stat>
              <Stat name="Back in week 4">{rateOrNone(summary.avg_week_4_retention)}</Stat>
              {grain === 'month' && <Stat name="Back in month 1">{rateOrNone(summary.avg_month_1_retention)}</Stat>}
              <Stat name="Best cohort" detail={`by ${grain} 1`}>
                {summary.best_cohort ?? '–'}
              </Stat>
              <Stat name="Worst cohort" detail={`by ${grain} 1`}>
                {summary.worst_cohort ?? '–'}
              </Stat>
            </Stats>
            <Section
              title="Retention"
              subtitle={`share of the cohort that traded, by ${grain} since the signup; a ${grain} shows once it has ended`}
            >
              {rows.length === 0 ? (
                <Empty>Nobody came in this period.</Empty>
              ) : (
                <div className="table-scroll" style={{ padding: '0 20px 12px' }}>
                  <table className="heat figure">
                    <thead>
                      <tr>
                        <th scope="col" style={{ textAlign: 'left' }}>
                          Cohort
                        </th>
                        <th scope="col">Signups</th>
                        {columns.map((index) => (
                          <th key={index} scope="col">{`${grain === 'week' ? 'W' : 'M'}${index}`}</th>
                        ))}
                        <th scope="col">Trades each</th>
                        <th scope="col">Revenue each</th>
                        <th scope="col">Volume each</th>
                      </tr>
                    </thead>
                    <tbody>
                      {rows.map((row) => (
                        <tr key={row.cohort}>
                          <th scope="row" title={`from ${row.starts_at}`}>
                            {row.cohort}
                          </th>
                          <td>{formatCount(row.signup_count)}</td>
                          {columns.map((index) => {
                            const rate = row.retention[`${grain}_${index}`];
                            return rate === undefined ? (
                              <td key={index} />
                            ) : (
                              <td key={index} style={heatOf(rate, highest)}>
                                {formatPercent(rate * 100)}
                              </td>
                            );
                          })}
                          <td>{formatShares(row.avg_trades_per_user)}</td>
                          <td>{formatUsd(row.avg_revenue_per_user_usd)}</td>
                          <td>{formatUsd(row.avg_volume_per_user_usd)}</td>
                        </tr>
                      ))}
                    </tbody>
                  </table>
                </div>
              )}
            </Section>
          </>
        );
      }}
    </Shown>
  );
}

/** Risk of the operator: walls, breakers, sharp players, events. */
import { useEndpoint } from '@predictu/ui/api/use-endpoint.tsx';
import { formatCount, formatPercent, formatRate, formatUsd } from '@predictu/ui/format/money.ts';
import { formatWords } from '@predictu/ui/format/words.ts';
import { Gauge, Money, Time } from '@predictu/ui/kit/figures.tsx';
import { Empty, PageHead, Section, Shown, Stat, Stats } from '@predictu/ui/kit/panel.tsx';
import { Status } from '@predictu/ui/kit/status.tsx';
import { useGo } from '@predictu/ui/shell/address.ts';
import { TableBody } from '@predictu/ui/table/table-body.tsx';

const WALLS = [
  ['wall_1_per_trade', 'Per trade'],
  ['wall_2_per_market', 'Per market'],
  ['wall_3_per_category', 'Per category'],
  ['wall_4_per_operator', 'Per operator'],
] as const;
const WALL_WORDS = { green: 'Clear', yellow: 'Watch', red: 'Close to the limit' } as const;

export function Risk() {
  const go = useGo();
  const risk = useEndpoint('getOperatorRisk', {}, { every: 60_000 });
  return (
    <>
      <PageHead title="Risk">
        {risk.data && (
          <span className="small secondary">
            Score <b>{risk.data.data.risk_score}</b>, {risk.data.data.risk_level}
          </span>
        )}
      </PageHead>
      <Shown query={risk}>
        {({ data }) => (
          <>
            <Stats>
              {WALLS.map(([key, name], index) => {
                const { status, violations_24h } = data.walls_status[key];
                return (
                  <Stat key={key} name={`${index + 1} · ${name}`} detail={`${formatCount(violations_24h)} refused in 24 h`}>
                    <span style={{ fontSize: 15 }}>
                      <Status value={status} words={WALL_WORDS[status]} />
                    </span>
                  </Stat>
                );
              })}
              <Stat
                name="Exposure"
                detail={
                  <>
                    <Gauge percent={data.exposure.utilization_pct} label="Exposure of your limit" />
                    {formatPercent(data.exposure.utilization_pct)} of {formatUsd(data.exposure.limit_usd)}
                  </>
                }
              >
                <Money value={data.exposure.total_usd} />
              </Stat>
            </Stats>
            <Section title="Breakers" subtitle={`${data.circuit_breakers.active_count} tripped`}>
              {data.circuit_breakers.breakers.length === 0 ? (
                <Empty>No breaker concerns you. The platform sets them; a tripped one halts buying, never selling.</Empty>
              ) : (
                <TableBody
                  rows={data.circuit_breakers.breakers}
                  rowKey={({ id }) => id}
                  csv="breakers"
                  columns={[
                    { key: 'scope_label', label: 'Scope', cell: ({ scope_label }) => scope_label },
                    {
                      key: 'current_value',
                      label: 'Now',
                      right: true,
                      cell: ({ current_value }) => (current_value === null ? '–' : formatPercent(current_value)),
                    },
                    {
                      key: 'trigger_threshold',
                      label: 'Trips at',
                      right: true,
                      cell: ({ trigger_threshold }) => (trigger_threshold === null ? 'by hand' : formatPercent(trigger_threshold)),
                    },
                    { key: 'status', label: 'State', cell: ({ status }) => <Status value={status} /> },
                    { key: 'trip_reason', label: 'Reason', cell: ({ trip_reason }) => trip_reason ?? '–' },
                  ]}
                />
              )}
            </Section>
            <Section
              title="Sharp players"
              subtitle={`${data.sharp_bettors.sharp_count} sharp, ${data.sharp_bettors.restricted_count} restricted, ${data.sharp_bettors.banned_count} banned`}
            >
              {data.sharp_bettors.top_sharps.length === 0 ? (
                <Empty>None of your players stands above the normal tier.</Empty>
              ) : (
                <TableBody
                  rows={data.sharp_bettors.top_sharps}
                  rowKey={({ user_id }) => user_id}
                  csv="sharp-players"
                  onOpen={({ user_id }) => go(`/users/${user_id}`)}
                  columns={[
                    { key: 'player', label: 'Player', cell: ({ username, user_id }) => username ?? user_id },
                    { key: 'tier', label: 'Tier', cell: ({ tier }) => <Status value={tier} /> },
                    { key: 'score', label: 'Score', right: true, cell: ({ score }) => score },
                    { key: 'pnl_usd', label: 'Result', right: true, cell: ({ pnl_usd }) => <Money value={pnl_usd} result /> },
                    {
                      key: 'win_rate',
                      label: 'Win rate',
                      right: true,
                      cell: ({ win_rate }) => (win_rate === null ? '–' : formatRate(win_rate)),
                    },
                  ]}
                />
              )}
            </Section>
            <Section title="Recent events">
              {data.recent_events.length === 0 ? (
                <Empty>No limit has been approached or refused lately.</Empty>
              ) : (
                <TableBody
                  rows={data.recent_events}
                  rowKey={({ id }) => id}
                  csv="risk-events"
                  columns={[
                    { key: 'created_at', label: 'Time, UTC', cell: ({ created_at }) => <Time at={created_at} /> },
                    { key: 'type', label: 'Source', cell: ({ type, severity }) => <Status value={severity} words={formatWords(type)} /> },
                    { key: 'message', label: 'What happened', cell: ({ message }) => <span title={message}>{message}</span> },
                  ]}
                />
              )}
            </Section>
          </>
        )}
      </Shown>
    </>
  );
}

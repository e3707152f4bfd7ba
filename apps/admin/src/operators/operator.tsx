/** One operator: figures, players, trades, exposure, money, callbacks, set-up. */
import { useEndpoint } from '@predictu/ui/api/use-endpoint.tsx';
import type { Answer, Row } from '@predictu/ui/api/wire.ts';
import { formatCount, formatPercent, formatUsd } from '@predictu/ui/format/money.ts';
import { CopyId, Gauge, Money, Monogram, Time } from '@predictu/ui/kit/figures.tsx';
import { Facts, Section, Shown, Stat, Stats } from '@predictu/ui/kit/panel.tsx';
import { Status } from '@predictu/ui/kit/status.tsx';
import { Tabs } from '@predictu/ui/kit/tabs.tsx';
import { ExposureTables } from '@predictu/ui/nouns/exposure.tsx';
import { PLAYER_FILTERS, playerColumns } from '@predictu/ui/nouns/players.tsx';
import { RevenueChart } from '@predictu/ui/nouns/revenue.tsx';
import { TRADE_FILTERS, tradeColumns } from '@predictu/ui/nouns/trades.tsx';
import { useGo } from '@predictu/ui/shell/address.ts';
import { EndpointTable } from '@predictu/ui/table/endpoint-table.tsx';
import { useParams } from '@tanstack/react-router';
import { Credits } from './credits.tsx';
import { Members } from './members.tsx';
import { OnboardOperator } from './onboard-operator.tsx';
import { OperatorButtons } from './operator-buttons.tsx';
import { TrialButton } from './trial-button.tsx';

type Operator = Answer<'getOperator'>['data'];

export function OperatorPage() {
  const { slug } = useParams({ strict: false }) as { slug: string };
  const operator = useEndpoint('getOperator', { params: { slug } }, { every: 60_000 });
  return (
    <Shown query={operator}>
      {({ data }) => (
        <>
          <div className="page-head">
            <Monogram name={data.name} colour={data.branding.primary_color} />
            <div className="column">
              <h1>{data.name}</h1>
              <span className="row small secondary wrap">
                <Status value={data.status} />
                <CopyId id={data.id} />
                <span>{data.slug}</span>
                {data.trial && (
                  <Status
                    value={data.trial.phase === 'trial' ? 'trial' : data.trial.phase === 'grace' ? 'watch' : 'suspended'}
                    words={data.trial.phase === 'over' ? 'Trial over, read-only' : `Trial until ${data.trial.ends_at.slice(0, 10)}`}
                  />
                )}
                {data.onboarding.onboarded_at && (
                  <span>
                    live since <Time at={data.onboarding.onboarded_at} />
                  </span>
                )}
              </span>
            </div>
            <span className="space" />
            <TrialButton operator={data} />
            <OperatorButtons operator={data} />
          </div>
          <Figures operator={data} />
          <Tabs label="Operator" tabs={tabsOf(data)} />
        </>
      )}
    </Shown>
  );
}

function Figures({ operator: { metrics, s2s_healthy, s2s_last_ping, wallet_mode } }: { operator: Operator }) {
  return (
    <Stats>
      <Stat name="Revenue, 30 days" detail={`${formatUsd(metrics.revenue_total_usd)} in all`}>
        <Money value={metrics.revenue_30d_usd} />
      </Stat>
      <Stat name="Volume" detail={`${formatUsd(metrics.avg_trade_usd)} a trade`}>
        <Money value={metrics.trade_volume_usd} />
      </Stat>
      <Stat name="Trades">{formatCount(metrics.trade_count)}</Stat>
      <Stat name="Players" detail={`${formatCount(metrics.active_users_24h)} active in 24 h`}>
        {formatCount(metrics.user_count)}
      </Stat>
      <Stat
        name="Exposure"
        detail={
          <>
            <Gauge
              percent={metrics.exposure_limit_usd === 0 ? 0 : (metrics.exposure_usd / metrics.exposure_limit_usd) * 100}
              label="Exposure of the limit"
            />
            of {formatUsd(metrics.exposure_limit_usd)}
          </>
        }
      >
        <Money value={metrics.exposure_usd} />
      </Stat>
      <Stat
        name={`Wallet, ${wallet_mode}`}
        detail={
          s2s_last_ping ? (
            <>
              asked <Time at={s2s_last_ping} age />
            </>
          ) : (
            'never asked'
          )
        }
      >
        <span style={{ fontSize: 15 }}>
          <Status
            value={s2s_healthy === null ? 'inactive' : s2s_healthy ? 'healthy' : 'failed'}
            words={s2s_healthy === null ? 'No outside wallet' : s2s_healthy ? 'Answers' : 'Does not answer'}
          />
        </span>
      </Stat>
    </Stats>
  );
}

const tabsOf = (operator: Operator) => [
  { value: 'revenue', label: 'Revenue', content: () => <OperatorRevenue slug={operator.slug} /> },
  {
    value: 'users',
    label: 'Players',
    count: formatCount(operator.metrics.user_count),
    content: () => <OperatorPlayers slug={operator.slug} />,
  },
  {
    value: 'trades',
    label: 'Trades',
    count: formatCount(operator.metrics.trade_count),
    content: () => <OperatorTrades slug={operator.slug} />,
  },
  { value: 'exposure', label: 'Exposure', content: () => <OperatorExposure slug={operator.slug} /> },
  { value: 'credits', label: 'Copilot credits', content: () => <Credits slug={operator.slug} /> },
  { value: 'onboarding', label: 'Onboarding', content: () => <OnboardOperator operatorId={operator.id} /> },
  { value: 'members', label: 'Members', content: () => <Members slug={operator.slug} /> },
  { value: 'setup', label: 'Set-up', content: () => <Setup operator={operator} /> },
];

function OperatorRevenue({ slug }: { slug: string }) {
  const revenue = useEndpoint('getOperatorRevenue', { params: { slug } });
  return (
    <Shown query={revenue}>
      {({ data }) => (
        <Section
          title="Revenue a day"
          subtitle={`platform ${formatUsd(data.totals.predictu_share_usd)}, operator ${formatUsd(data.totals.operator_share_usd)}`}
        >
          <RevenueChart days={data.series} caption="Revenue by day, last 30 days" />
        </Section>
      )}
    </Shown>
  );
}

function OperatorPlayers({ slug }: { slug: string }) {
  const go = useGo();
  return (
    <EndpointTable
      operation="listOperatorPlayers"
      given={{ params: { slug } }}
      name="operator-players"
      search="Find a player"
      columns={playerColumns<Row<'listOperatorPlayers'>>()}
      filters={PLAYER_FILTERS}
      rowKey={({ id }) => id}
      onOpen={({ id }) => go(`/users/${id}`)}
    />
  );
}

function OperatorTrades({ slug }: { slug: string }) {
  const go = useGo();
  return (
    <EndpointTable
      operation="listOperatorTrades"
      given={{ params: { slug } }}
      name="operator-trades"
      columns={tradeColumns<Row<'listOperatorTrades'>>()}
      filters={TRADE_FILTERS}
      rowKey={({ id }) => id}
      onOpen={({ user_id }) => go(`/users/${user_id}`)}
    />
  );
}

function OperatorExposure({ slug }: { slug: string }) {
  const exposure = useEndpoint('getExposureOfOperator', { params: { slug } }, { every: 30_000 });
  return (
    <Shown query={exposure}>
      {({ data }) => <ExposureTables categories={data.by_category} markets={data.by_market} players={data.top_users} />}
    </Shown>
  );
}

function Setup({ operator }: { operator: Operator }) {
  const { config, branding } = operator;
  return (
    <div className="columns even">
      <Section title="Limits and terms">
        <div className="section-body">
          <Facts
            of={[
              ['Smallest and largest trade', `${formatUsd(config.min_bet_usd)} to ${formatUsd(config.max_bet_usd)}`],
              ['Our part of the revenue', formatPercent(config.revenue_share_pct)],
              ['Base spread', config.spread_override === null ? 'the platform’s' : `${config.spread_override} bps`],
              ['Trading fee', config.custom_fees_bps === null ? 'the platform’s' : `${config.custom_fees_bps} bps`],
              ['Risk tier', config.risk_tier],
              ['Categories', config.allowed_categories.join(', ')],
              ['Currency', config.default_currency],
            ]}
          />
        </div>
      </Section>
      <Section title="Profile">
        <div className="section-body">
          <Facts
            of={[
              ['Contact', `${operator.contact_name ?? ''} ${operator.contact_email}`.trim()],
              ['Site', operator.website_url ?? '–'],
              ['Callback URL', operator.callback_url ?? '–'],
              ['Origins', operator.embed_origins.join(', ') || 'none'],
              ['Shown as', branding.display_name],
            ]}
          />
        </div>
      </Section>
    </div>
  );
}

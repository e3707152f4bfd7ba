/** Risk: five walls, breakers, events, and the way to halt. */
import { useEndpoint } from '@predictu/ui/api/use-endpoint.tsx';
import type { Answer } from '@predictu/ui/api/wire.ts';
import { formatCount, formatUsd } from '@predictu/ui/format/money.ts';
import { Button } from '@predictu/ui/kit/button.tsx';
import { Gauge, Money } from '@predictu/ui/kit/figures.tsx';
import { PageHead, Section, Shown, Stat, Stats } from '@predictu/ui/kit/panel.tsx';
import { Status } from '@predictu/ui/kit/status.tsx';
import { EndpointTable } from '@predictu/ui/table/endpoint-table.tsx';
import { Alerts } from './alerts.tsx';
import { Breakers } from './breakers.tsx';
import { EVENT_COLUMNS, EVENT_FILTERS } from './event-columns.tsx';
import { HaltDialog } from './halt-dialog.tsx';
import { useHalt } from './use-halt.ts';

type Overview = Answer<'getRisk'>['data'];
const WALLS = [
  ['wall_1_per_trade', 'Per trade'],
  ['wall_2_per_market', 'Per market'],
  ['wall_3_per_category', 'Per category'],
  ['wall_4_per_operator', 'Per operator'],
  ['wall_5_global', 'Global'],
] as const;
const WALL_WORDS = { green: 'Clear', yellow: 'Watch', red: 'Close to the limit' } as const;

export function Risk() {
  const risk = useEndpoint('getRisk', {}, { every: 60_000 });
  const halt = useHalt();
  return (
    <>
      <PageHead title="Risk">
        {risk.data && (
          <span className="row small">
            <Status value={risk.data.data.status} />
            <span className="secondary">
              Score <b>{risk.data.data.risk_score}</b>, {risk.data.data.risk_level}
            </span>
          </span>
        )}
        <Button kind="warns" icon="warning" onClick={halt.open}>
          Halt trading…
        </Button>
      </PageHead>
      <Shown query={risk} rows={2}>
        {({ data }) => <Walls overview={data} />}
      </Shown>
      <Alerts most={8} />
      <Breakers />
      <Section title="Risk events" subtitle={risk.data && `${formatCount(risk.data.data.recent_events_count)} in 24 hours`}>
        <EndpointTable
          operation="listRiskEvents"
          name="risk-events"
          columns={EVENT_COLUMNS}
          filters={EVENT_FILTERS}
          rowKey={({ id }) => id}
          every={60_000}
          empty="No limit has been approached or refused yet."
        />
      </Section>
      {halt.shown && <HaltDialog onClose={halt.close} />}
    </>
  );
}

function Walls({ overview }: { overview: Overview }) {
  const { exposure_summary: exposure, sharp_bettors: sharps, walls } = overview;
  return (
    <Stats>
      {WALLS.map(([key, name], index) => {
        const { status, violations_24h } = walls[key];
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
            <Gauge percent={exposure.utilization_pct} label="Exposure of the global limit" />
            {exposure.utilization_pct.toLocaleString('en-US')}% of {formatUsd(exposure.limit_usd)}
          </>
        }
      >
        <Money value={exposure.total_usd} />
      </Stat>
      <Stat name="Sharp players" unit="flagged" detail={`${sharps.restricted_count} restricted · ${sharps.banned_count} banned`}>
        {formatCount(sharps.flagged_count)}
      </Stat>
    </Stats>
  );
}

/** What both pages of a player share: who it is, its figures, its limits. */
import type { ReactNode } from 'react';
import type { Answer } from '../api/wire.ts';
import { formatCount, formatRate } from '../format/money.ts';
import { formatWords, initials } from '../format/words.ts';
import { CopyId, Money, Time } from '../kit/figures.tsx';
import { Facts, Stat } from '../kit/panel.tsx';
import { Status } from '../kit/status.tsx';

type Own = Answer<'getOwnPlayer'>['data'];
type Known = Pick<Own, 'id' | 'username' | 'external_id' | 'tier' | 'status' | 'limit_tier' | 'created_at' | 'last_active_at'>;

/** `where`: the operator, where there are several. */
export function PlayerHead({ player, where, children }: { player: Known; where?: ReactNode; children: ReactNode }) {
  const name = player.username ?? player.external_id;
  return (
    <div className="page-head">
      <span className="avatar large" aria-hidden="true">
        {initials(name)}
      </span>
      <div className="column head-words">
        <h1>{name}</h1>
        <span className="row wrap small secondary">
          <Status value={player.tier} />
          <Status value={player.status} />
          {where}
          <CopyId id={player.id} />
          <span className="mono">{player.external_id}</span>
          <span>limit tier {player.limit_tier}</span>
          <span>
            joined <Time at={player.created_at} />
          </span>
          <span>
            seen <Time at={player.last_active_at} age />
          </span>
        </span>
      </div>
      <span className="space" />
      {children}
    </div>
  );
}

type Figures = {
  balance_usd: number;
  metrics: Pick<
    Own['metrics'],
    'pnl_usd' | 'volume_usd' | 'avg_trade_usd' | 'trade_count' | 'win_rate' | 'exposure_usd' | 'open_positions'
  >;
};

export const PlayerStats = ({ of: { balance_usd, metrics } }: { of: Figures }) => (
  <>
    <Stat name="Balance">
      <Money value={balance_usd} />
    </Stat>
    <Stat name="Profit and loss" detail="the player’s, over all time">
      <Money value={metrics.pnl_usd} result />
    </Stat>
    <Stat name="Volume">
      <Money value={metrics.volume_usd} />
    </Stat>
    <Stat
      name="Trades"
      detail={
        <>
          on average <Money value={metrics.avg_trade_usd} />
        </>
      }
    >
      {formatCount(metrics.trade_count)}
    </Stat>
    <Stat name="Win rate">{metrics.win_rate === null ? '–' : formatRate(metrics.win_rate)}</Stat>
    <Stat name="Exposure" detail={`${formatCount(metrics.open_positions)} open positions`}>
      <Money value={metrics.exposure_usd} />
    </Stat>
  </>
);

type Limited = { restrictions: Own['restrictions']; metrics: Pick<Own['metrics'], 'total_deposited_usd' | 'total_withdrawn_usd'> };
type Fact = readonly [name: ReactNode, value: ReactNode];

export const PlayerLimits = ({ of: { restrictions, metrics }, more = [] }: { of: Limited; more?: readonly Fact[] }) => (
  <div className="section-body" style={{ paddingTop: 16, maxWidth: 520 }}>
    <Facts
      of={[
        ['Largest bet now', <Money key="max" value={restrictions.max_bet_usd} />],
        ['Categories', restrictions.allowed_categories?.map(formatWords).join(', ') ?? 'all'],
        ['Blocked categories', restrictions.blocked_categories.map(formatWords).join(', ') || 'none'],
        ['Blocked markets', restrictions.blocked_markets.length],
        ['Cool-down until', restrictions.cooldown_until ? <Time key="cooldown" at={restrictions.cooldown_until} /> : 'none'],
        ['Deposited', <Money key="in" value={metrics.total_deposited_usd} />],
        ['Withdrawn', <Money key="out" value={metrics.total_withdrawn_usd} />],
        ...more,
      ]}
    />
  </div>
);

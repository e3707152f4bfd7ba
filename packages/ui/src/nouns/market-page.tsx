/** What both pages of a market share: the question, the chance, the price over time, the rules. */
import type { ReactNode } from 'react';
import type { Answer } from '../api/wire.ts';
import { TimeChart } from '../charts/time-chart.tsx';
import { formatChance, formatPrice } from '../format/money.ts';
import { formatWords } from '../format/words.ts';
import { CopyId, Odds, Time } from '../kit/figures.tsx';
import { Empty, Facts, Section, Stat } from '../kit/panel.tsx';
import { OutcomeTag, Status } from '../kit/status.tsx';

type Market = Answer<'getOwnMarket'>['data'];
type Head = Pick<Market, 'id' | 'title' | 'status' | 'resolution' | 'category' | 'end_date'>;

export const MarketHead = ({ market, facts, children }: { market: Head; facts?: ReactNode; children?: ReactNode }) => (
  <div className="page-head">
    <div className="column head-words">
      <h1>{market.title}</h1>
      <span className="row wrap small secondary">
        <Status value={market.status} />
        {market.resolution && <OutcomeTag outcome={market.resolution} />}
        <span>{formatWords(market.category)}</span>
        <CopyId id={market.id} />
        <span>
          ends <Time at={market.end_date} />
        </span>
        {facts}
      </span>
    </div>
    <span className="space" />
    {children}
  </div>
);

export const ChanceStat = ({ yes }: { yes: number | null }) => (
  <Stat name="Chance of Yes" detail={yes !== null && <Odds yes={yes} label={`${formatChance(yes)} yes`} />}>
    {yes === null ? 'no price' : formatChance(yes)}
  </Stat>
);

type Priced = Pick<Market, 'price_history' | 'description'>;

/** The price and the rules, side by side. */
export const PriceAndRules = ({ market, facts }: { market: Priced; facts: readonly (readonly [name: ReactNode, value: ReactNode])[] }) => (
  <div className="columns">
    <Section title="Price of Yes" subtitle="by the hour, seven days">
      {market.price_history.length < 2 ? (
        <Empty>No price has been seen for two hours yet.</Empty>
      ) : (
        <TimeChart
          caption="Price of Yes over seven days"
          times={market.price_history.map(({ timestamp }) => timestamp)}
          series={[{ label: 'Yes', colour: 'yes', values: market.price_history.map(({ yes_price }) => yes_price) }]}
          steps
          format={formatPrice}
        />
      )}
    </Section>
    <Section title="Rules">
      <div className="section-body column" style={{ gap: 12 }}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: long rules scroll, by keyboard too. */}
        <p className="rules" tabIndex={0}>
          {market.description || 'The source gives no rules.'}
        </p>
        <Facts of={facts} />
      </div>
    </Section>
  </div>
);

/** Analytics: who stays, what a player is worth, how players behave. */
import { Segments } from '@predictu/ui/kit/button.tsx';
import { PageHead } from '@predictu/ui/kit/panel.tsx';
import { Tabs } from '@predictu/ui/kit/tabs.tsx';
import { useAddress } from '@predictu/ui/shell/address.ts';
import { Filters } from '@predictu/ui/table/filters.tsx';
import { Cohorts } from './cohorts.tsx';
import { LifetimeValue } from './lifetime-value.tsx';
import { Patterns } from './patterns.tsx';

const OPERATOR = { name: 'operator', label: 'Operator', kind: 'text', hint: 'Slug.' } as const;
const DAYS = { name: 'period', label: 'Days', kind: 'days', from: 'from', to: 'to' } as const;

const GRAINS = [
  { value: 'week', label: 'Week' },
  { value: 'month', label: 'Month' },
] as const;
const SEGMENTS = [
  { value: 'operator', label: 'Operator' },
  { value: 'tier', label: 'Tier' },
  { value: 'category', label: 'Category' },
] as const;

export function Analytics() {
  const [address, change] = useAddress();
  const { from, to, operator } = address;
  const grain = GRAINS.find(({ value }) => value === address['granularity'])?.value ?? 'week';
  const segment = SEGMENTS.find(({ value }) => value === address['segment'])?.value ?? 'operator';
  const tab = address['tab'] ?? 'cohorts';
  return (
    <>
      <PageHead title="Analytics">
        <Filters filters={tab === 'ltv' ? [OPERATOR] : [OPERATOR, DAYS]} values={address} onChange={change} />
        {tab === 'cohorts' && (
          <Segments label="Cohorts by" value={grain} options={GRAINS} onChange={(value) => change({ granularity: value })} />
        )}
        {tab === 'ltv' && (
          <Segments label="Segments by" value={segment} options={SEGMENTS} onChange={(value) => change({ segment: value })} />
        )}
      </PageHead>
      <Tabs
        label="Analytics"
        tabs={[
          { value: 'cohorts', label: 'Cohorts', content: () => <Cohorts query={{ from, to, operator, granularity: grain }} /> },
          { value: 'ltv', label: 'Lifetime value', content: () => <LifetimeValue query={{ operator, segment }} /> },
          { value: 'patterns', label: 'Patterns', content: () => <Patterns query={{ from, to, operator }} /> },
        ]}
      />
    </>
  );
}

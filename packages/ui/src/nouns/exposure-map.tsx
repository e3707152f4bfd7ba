/** Exposure as a heat map: operators down, categories across, every cell a figure, sums with their limits. */

import type { Answer } from '../api/wire.ts';
import { heatOf } from '../charts/heat.ts';
import { formatPercent, formatUsd } from '../format/money.ts';
import { formatWords } from '../format/words.ts';
import { useGo } from '../shell/address.ts';
import { useOperatorName } from './operator-name.tsx';

type Exposure = Answer<'getExposure'>['data'];
type Operator = Exposure['by_operator'][number];
type Category = Exposure['by_category'][number];
type Filled = Pick<Category, 'exposure_usd' | 'limit_usd' | 'utilization_pct'>;

const cellOf = ({ by_category }: Operator, name: string): Category | undefined => by_category.find(({ category }) => category === name);

/** The sum with how full its limit is, where there is one. */
const Sum = ({ of: { exposure_usd, limit_usd, utilization_pct } }: { of: Filled }) => (
  <>
    <span className="strong">{formatUsd(exposure_usd)}</span>
    <span className="small tertiary">
      {limit_usd === null || utilization_pct === null ? 'no limit' : `${formatPercent(utilization_pct)} of ${formatUsd(limit_usd)}`}
    </span>
  </>
);

export function ExposureMap({
  operators,
  categories,
  total,
}: {
  operators: readonly Operator[];
  categories: readonly Category[];
  total: Filled;
}) {
  const go = useGo();
  const nameOf = useOperatorName();
  const largest = Math.max(0, ...operators.flatMap(({ by_category }) => by_category.map(({ exposure_usd }) => exposure_usd)));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide map scrolls, by keyboard too.
    <div className="table-scroll" tabIndex={0} style={{ padding: '0 20px 16px' }}>
      <table className="heat exposure-map figure">
        <caption className="screen-reader">Exposure by operator and category</caption>
        <thead>
          <tr>
            <th scope="col" style={{ textAlign: 'left' }}>
              Operator
            </th>
            {categories.map(({ category }) => (
              <th key={category} scope="col">
                {formatWords(category)}
              </th>
            ))}
            <th scope="col">Together</th>
          </tr>
        </thead>
        <tbody>
          {operators.map((operator) => (
            <tr key={operator.operator_slug}>
              <th scope="row">
                <button type="button" className="link" onClick={() => go(`/operators/${operator.operator_slug}`, { tab: 'exposure' })}>
                  {nameOf(operator.operator_slug)}
                </button>
              </th>
              {categories.map(({ category }) => {
                const cell = cellOf(operator, category);
                const limit =
                  cell?.limit_usd != null && cell.utilization_pct !== null
                    ? ` (${formatPercent(cell.utilization_pct)} of ${formatUsd(cell.limit_usd)})`
                    : '';
                return (
                  <td
                    key={category}
                    style={cell && cell.exposure_usd > 0 ? heatOf(cell.exposure_usd, largest) : undefined}
                    title={`${nameOf(operator.operator_slug)}, ${category}: ${formatUsd(cell?.exposure_usd ?? 0)}${limit}`}
                  >
                    {cell && cell.exposure_usd > 0 ? formatUsd(cell.exposure_usd) : <span className="tertiary">–</span>}
                  </td>
                );
              })}
              <td>
                <Sum of={operator} />
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">Together</th>
            {categories.map((sum) => (
              <td key={sum.category}>
                <Sum of={sum} />
              </td>
            ))}
            <td>
              <Sum of={total} />
            </td>
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

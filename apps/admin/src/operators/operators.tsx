/** Operators: who is live, who is on the way, what each brings. */
import type { Row } from '@predictu/ui/api/wire.ts';
import { formatCount } from '@predictu/ui/format/money.ts';
import { formatWords } from '@predictu/ui/format/words.ts';
import { Money, Monogram, Time } from '@predictu/ui/kit/figures.tsx';
import { PageHead } from '@predictu/ui/kit/panel.tsx';
import { ShapeMark, Status } from '@predictu/ui/kit/status.tsx';
import { useAddress, useGo } from '@predictu/ui/shell/address.ts';
import type { Column } from '@predictu/ui/table/columns.ts';
import { EndpointTable } from '@predictu/ui/table/endpoint-table.tsx';
import { NewOperator } from './new-operator.tsx';
import { useOperators } from './use-operators.ts';
import { waitingWords } from './use-waiting-steps.ts';

type Operator = Row<'listOperators'>;

const COLUMNS: readonly Column<Operator>[] = [
  {
    key: 'name',
    label: 'Operator',
    sort: 'name',
    cell: ({ name, slug, primary_color }) => (
      <span className="row">
        <Monogram name={name} colour={primary_color} />
        <span className="column">
          <span>{name}</span>
          <span className="mono tiny tertiary">{slug}</span>
        </span>
      </span>
    ),
    text: ({ name }) => name,
  },
  {
    key: 'status',
    label: 'Status',
    cell: (operator) => (
      <span className="column">
        <Status value={operator.status} />
        {waitingWords(operator) && <span className="tiny secondary">{waitingWords(operator)}</span>}
      </span>
    ),
    text: ({ status }) => status,
  },
  {
    key: 's2s',
    label: 'Wallet',
    cell: ({ s2s_enabled }) => (s2s_enabled ? 'its own' : 'platform'),
    text: ({ s2s_enabled }) => String(s2s_enabled),
  },
  {
    key: 'users',
    label: 'Players',
    right: true,
    sort: 'users',
    cell: ({ user_count }) => formatCount(user_count),
    text: ({ user_count }) => user_count,
  },
  {
    key: 'trades',
    label: 'Trades',
    right: true,
    cell: ({ trade_count }) => formatCount(trade_count),
    text: ({ trade_count }) => trade_count,
  },
  {
    key: 'revenue_30d',
    label: 'Revenue, 30 days',
    right: true,
    cell: ({ revenue_30d_usd }) => <Money value={revenue_30d_usd} />,
    text: ({ revenue_30d_usd }) => revenue_30d_usd,
  },
  {
    key: 'revenue',
    label: 'Revenue',
    right: true,
    sort: 'revenue',
    cell: ({ revenue_total_usd }) => <Money value={revenue_total_usd} />,
    text: ({ revenue_total_usd }) => revenue_total_usd,
  },
  {
    key: 'created_at',
    label: 'Since',
    sort: 'created_at',
    cell: ({ created_at }) => <Time at={created_at} />,
    text: ({ created_at }) => created_at,
  },
];

const STAGES = [
  ['pending', 'no proof yet'],
  ['configuring', 'branding, wallet, embed'],
  ['testing', 'test trades'],
  ['live', 'players trade'],
  ['suspended', 'nobody can buy'],
] as const;

/** How many operators stand at each stage; a stage narrows the list. */
function Board() {
  const [address, change] = useAddress();
  const operators = useOperators();
  return (
    <div className="stats" role="group" aria-label="Stages">
      {STAGES.map(([stage, words]) => {
        const there = operators?.filter(({ status }) => status === stage) ?? [];
        const waiting = there.filter(({ onboarding_waits: waits }) => waits !== null);
        const chosen = address['status'] === stage;
        return (
          <button
            key={stage}
            type="button"
            className="stat opens"
            aria-pressed={chosen}
            onClick={() => change({ status: chosen ? undefined : stage, page: undefined })}
          >
            <span className="name">
              <Status value={stage} />
            </span>
            <span className="value figure">{operators ? formatCount(there.length) : '–'}</span>
            <span className="detail">
              {waiting.length > 0 ? (
                <b className="row">
                  <ShapeMark shape="half" tone="warn" size={8} />
                  {waiting.length === 1 ? `${waiting[0]?.name} waits for you` : `${formatCount(waiting.length)} wait for you`}
                </b>
              ) : there.length === 1 ? (
                there[0]?.name
              ) : (
                words
              )}
            </span>
          </button>
        );
      })}
    </div>
  );
}

export function Operators() {
  const go = useGo();
  return (
    <>
      <PageHead title="Operators">
        <NewOperator />
      </PageHead>
      <Board />
      <EndpointTable
        operation="listOperators"
        name="operators"
        search="Find an operator"
        columns={COLUMNS}
        filters={[
          {
            name: 'status',
            label: 'Status',
            kind: 'choice',
            options: ['pending', 'configuring', 'testing', 'live', 'suspended'].map((value) => ({ value, label: formatWords(value) })),
          },
        ]}
        rowKey={({ slug }) => slug}
        onOpen={({ slug }) => go(`/operators/${slug}`)}
        empty="No operator has come in yet."
      />
    </>
  );
}

/** Money and decisions that wait for a person, each with its way in. */
import { useEndpoint } from '@predictu/ui/api/use-endpoint.tsx';
import { Money, Time } from '@predictu/ui/kit/figures.tsx';
import { Empty, Section } from '@predictu/ui/kit/panel.tsx';
import { type Shape, ShapeMark, type Tone } from '@predictu/ui/kit/status.tsx';
import { type Address, useGo } from '@predictu/ui/shell/address.ts';
import type { ReactNode } from 'react';

type Item = {
  key: string;
  shape: Shape;
  tone: Tone;
  title: string;
  detail: string;
  figure?: ReactNode;
  at: string | null;
  to: string;
  search?: Address;
};

export function Waiting() {
  const go = useGo();
  const calls = useEndpoint('listWalletCalls', { query: { status: 'failed', limit: 5 } }, { every: 15_000 }).data;
  const results = useEndpoint('listPendingSettlements', {}, { every: 15_000 }).data;
  const breakers = useEndpoint('listBreakers', {}, { every: 15_000 }).data;
  const items: Item[] = [
    ...(breakers?.data ?? [])
      .filter(({ status }) => status === 'tripped')
      .map(
        ({ id, scope_label, trip_reason, tripped_at }): Item => ({
          key: id,
          shape: 'square',
          tone: 'danger',
          title: `Buying is halted: ${scope_label}`,
          detail: trip_reason ?? '',
          at: tripped_at,
          to: '/risk',
        }),
      ),
    ...(calls?.data ?? []).map(
      ({ id, method, operator_slug, amount_usd, reason, created_at }): Item => ({
        key: id,
        shape: 'square',
        tone: 'danger',
        title: `${method} at ${operator_slug} waits for a person`,
        detail: reason ?? 'No answer from the wallet',
        figure: <Money value={amount_usd} />,
        at: created_at,
        to: '/callbacks',
        search: { open: id },
      }),
    ),
    ...(results?.data ?? []).slice(0, 5).map(
      ({ id, market_title, positions_remaining, resolved_at, failed_callbacks }): Item => ({
        key: id,
        shape: failed_callbacks.length > 0 ? 'square' : 'half',
        tone: failed_callbacks.length > 0 ? 'danger' : 'warn',
        title: market_title,
        detail: `${positions_remaining} positions still to settle`,
        at: resolved_at,
        to: '/settlements',
        search: { open: id },
      }),
    ),
  ];
  return (
    <Section title="Needs a person" subtitle={String((calls?.pagination.total ?? 0) + (results?.total ?? 0))}>
      {items.length === 0 ? (
        <Empty>Nothing waits for a person: no money is owed, no result is held, no breaker is tripped.</Empty>
      ) : (
        <ul>
          {items.slice(0, 8).map((item) => (
            <li key={item.key} style={{ borderTop: '1px solid var(--line)' }}>
              <button
                type="button"
                className="row top"
                style={{ gap: 10, padding: '10px 20px', width: '100%' }}
                onClick={() => go(item.to, item.search)}
              >
                <span style={{ paddingTop: 5 }}>
                  <ShapeMark shape={item.shape} tone={item.tone} />
                </span>
                <span className="column space">
                  <span className="medium ellipsis">{item.title}</span>
                  <span className="small secondary ellipsis">{item.detail}</span>
                </span>
                <span className="column right">
                  <span className="figure">{item.figure}</span>
                  <span className="small tertiary">
                    <Time at={item.at} age />
                  </span>
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

/** Money and decisions that wait for a person, each with its way in. */

import { useEndpoint } from '@predictu/ui/api/use-endpoint.tsx';
import type { Row } from '@predictu/ui/api/wire.ts';
import { formatCount } from '@predictu/ui/format/money.ts';
import { formatCounted } from '@predictu/ui/format/words.ts';
import { Money, Time } from '@predictu/ui/kit/figures.tsx';
import { Empty, Section } from '@predictu/ui/kit/panel.tsx';
import { type Shape, ShapeMark, type Tone } from '@predictu/ui/kit/status.tsx';
import { useOperatorName } from '@predictu/ui/nouns/operator-name.tsx';
import { type Address, useGo } from '@predictu/ui/shell/address.ts';
import type { ReactNode } from 'react';
import { useFailedCalls } from '../callbacks/use-failed-calls.ts';
import { useFailedMails } from '../mails/use-failed-mails.ts';
import { useWaitingSteps, waitingWords } from '../operators/use-waiting-steps.ts';
import { useTripped } from '../risk/use-tripped.ts';

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

const MOST = 6;
/** What the operator's wallet was asked for. */
const CALL_WORDS: Record<Row<'listWalletCalls'>['method'], string> = {
  BET_MAKE: 'A stake',
  BET_SELL: 'The money of a sale',
  BET_WIN: 'A win',
  BET_LOSE: 'The news of a loss',
  BET_REFUND: 'A refund',
  BET_ROLLBACK: 'A stake to give back',
};

/** What has yet to happen before a result is over. */
function leftOf({ status, positions_total, positions_remaining, failed_callbacks }: Row<'listPendingSettlements'>): string {
  if (status === 'pending') return 'Proposed: nobody is paid before it is approved';
  if (positions_remaining > 0)
    return `${formatCount(positions_remaining)} of ${formatCounted(positions_total, 'position')} still to settle`;
  const failed = failed_callbacks.length;
  if (failed > 0) return `All positions settled; ${formatCounted(failed, 'callback waits', 'callbacks wait')} for a person`;
  return 'All positions settled; callbacks are under way';
}

/** Asked by the whole screen at once, not only when what stands above has come. */
export const usePendingResults = () => useEndpoint('listPendingSettlements', {}, { every: 60_000 }).data;

export function Waiting() {
  const go = useGo();
  const nameOf = useOperatorName();
  const calls = useFailedCalls();
  const mails = useFailedMails();
  const results = usePendingResults();
  const steps = useWaitingSteps();
  const tripped = useTripped();
  const breakers = useEndpoint('listBreakers', {}, { every: 60_000, enabled: tripped > 0 }).data;
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
        title: `${CALL_WORDS[method]} at ${nameOf(operator_slug)} waits for a person`,
        detail: reason ?? 'No answer from the wallet',
        figure: <Money value={amount_usd} />,
        at: created_at,
        to: '/callbacks',
        search: { open: id },
      }),
    ),
    ...steps.map(
      (operator): Item => ({
        key: operator.id,
        shape: 'half',
        tone: 'warn',
        title: `${operator.name}: ${waitingWords(operator)}`,
        detail: operator.onboarding_waits === 'pass' ? 'All the step asks for is found' : 'The operator has no wallet of its own to prove',
        at: null,
        to: `/operators/${operator.slug}`,
        search: { tab: 'onboarding' },
      }),
    ),
    ...(mails?.data ?? []).map(
      ({ id, subject, recipient, last_error, created_at }): Item => ({
        key: id,
        shape: 'square',
        tone: 'warn',
        title: `Not delivered to ${recipient}: ${subject ?? 'an e-mail'}`,
        detail: last_error ?? 'Given up',
        at: created_at,
        to: '/mails',
        search: { open: id },
      }),
    ),
    ...(results?.data ?? []).slice(0, 5).map(
      (result): Item => ({
        key: result.id,
        shape: result.failed_callbacks.length > 0 ? 'square' : 'half',
        tone: result.failed_callbacks.length > 0 ? 'danger' : 'warn',
        title: result.market_title,
        detail: leftOf(result),
        at: result.resolved_at,
        to: '/settlements',
        search: { open: result.id },
      }),
    ),
  ];
  return (
    <Section
      title="Needs a person"
      subtitle={String((calls?.pagination.total ?? 0) + (mails?.pagination.total ?? 0) + (results?.total ?? 0) + steps.length)}
    >
      {items.length === 0 ? (
        <Empty>
          Nothing waits for a person: no money is owed, no result is held, no breaker is tripped, no operator’s step is ready, every e-mail
          has left.
        </Empty>
      ) : (
        <ul>
          {items.slice(0, MOST).map((item) => (
            <li key={item.key} className="waiting-row">
              <button type="button" className="what" onClick={() => go(item.to, item.search)}>
                <ShapeMark shape={item.shape} tone={item.tone} />
                <span className="column">
                  <span className="medium wrap-two">{item.title}</span>
                  <span className="small secondary wrap-two">{item.detail}</span>
                </span>
                <span className="column right">
                  <span className="figure">{item.figure}</span>
                  <span className="small tertiary">{item.at !== null && <Time at={item.at} age />}</span>
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

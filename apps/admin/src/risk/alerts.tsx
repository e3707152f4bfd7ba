/** Warnings and worse that nobody has taken note of yet, newest first. */

import { useAct, useEndpoint } from '@predictu/ui/api/use-endpoint.tsx';
import type { Row } from '@predictu/ui/api/wire.ts';
import { formatCount } from '@predictu/ui/format/money.ts';
import { formatCounted, formatWords } from '@predictu/ui/format/words.ts';
import { Button } from '@predictu/ui/kit/button.tsx';
import { Time } from '@predictu/ui/kit/figures.tsx';
import { Empty, Section, Shown } from '@predictu/ui/kit/panel.tsx';
import { ShapeMark } from '@predictu/ui/kit/status.tsx';
import { useToasts } from '@predictu/ui/kit/toasts.tsx';
import { useGo } from '@predictu/ui/shell/address.ts';
import { placeOf } from '../activity/activity.tsx';
import { eventWords } from './event-columns.tsx';

type Event = Row<'listRiskEvents'>;
const REFRESHES = ['listRiskEvents'] as const;

export function Alerts({ most }: { most: number }) {
  const go = useGo();
  const open = useEndpoint('listRiskEvents', { query: { acknowledged: 'false', limit: most } }, { every: 60_000 });
  const acknowledge = useAct('acknowledgeRiskEvents', REFRESHES);
  const toasts = useToasts();
  const latest = open.data?.data[0];
  const all = () =>
    latest &&
    acknowledge
      .mutateAsync({ body: { through: latest.id } })
      .then(({ data }) => toasts.say(`Acknowledged ${formatCounted(data.acknowledged, 'alert')}`))
      .catch(toasts.fail);
  return (
    <Section
      title="Risk alerts"
      subtitle={open.data && `${formatCount(open.data.pagination.total)} to acknowledge`}
      actions={
        <>
          {latest && (
            <Button kind="quiet" busy={acknowledge.isPending} onClick={() => void all()}>
              Acknowledge all
            </Button>
          )}
          <Button kind="quiet" onClick={() => go('/risk', { severity: 'warning' })}>
            All
          </Button>
        </>
      }
    >
      <Shown query={open} rows={3}>
        {({ data }) =>
          data.length === 0 ? (
            <Empty>Every warning has been acknowledged. New ones appear here as they happen.</Empty>
          ) : (
            <ul>
              {data.map((event) => (
                <Alert
                  key={event.id}
                  event={event}
                  onAcknowledge={() => acknowledge.mutateAsync({ body: { event_ids: [event.id] } }).catch(toasts.fail)}
                />
              ))}
            </ul>
          )
        }
      </Shown>
    </Section>
  );
}

function Alert({ event, onAcknowledge }: { event: Event; onAcknowledge: () => void }) {
  const go = useGo();
  const critical = event.severity === 'critical';
  return (
    <li className="waiting-row">
      <button type="button" className="what" onClick={() => go(placeOf(event))}>
        <ShapeMark shape={critical ? 'square' : 'triangle'} tone={critical ? 'danger' : 'warn'} />
        <span className="column">
          <span className="medium wrap-two">{eventWords(event)}</span>
          <span className="small secondary ellipsis">
            {event.wall === null ? formatWords(event.type) : `Wall ${event.wall}`}
            {event.operator_name && ` · ${event.operator_name}`} · <Time at={event.created_at} age />
          </span>
        </span>
      </button>
      <Button kind="quiet" icon="check" aria-label={`Acknowledge: ${eventWords(event)}`} onClick={onAcknowledge} />
    </li>
  );
}

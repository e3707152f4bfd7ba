/** Breakers: what halts buying, where each stands, and the acts on one. */
import { useAct, useEndpoint } from '@predictu/ui/api/use-endpoint.tsx';
import type { Row } from '@predictu/ui/api/wire.ts';
import { formatPercent } from '@predictu/ui/format/money.ts';
import { formatWords } from '@predictu/ui/format/words.ts';
import { Button } from '@predictu/ui/kit/button.tsx';
import { DangerDialog } from '@predictu/ui/kit/dialog.tsx';
import { Gauge, Time } from '@predictu/ui/kit/figures.tsx';
import { Menu } from '@predictu/ui/kit/menu.tsx';
import { Empty, Section, Shown } from '@predictu/ui/kit/panel.tsx';
import { Status } from '@predictu/ui/kit/status.tsx';
import { useToasts } from '@predictu/ui/kit/toasts.tsx';
import { TableBody } from '@predictu/ui/table/table-body.tsx';
import { useState } from 'react';
import { NewBreaker } from './new-breaker.tsx';
import { ScopePreview } from './scope-preview.tsx';

type Breaker = Row<'listBreakers'>;
type Deed = 'trip' | 'reset' | 'arm' | 'disarm';
const REFRESHES = ['listBreakers', 'getRisk', 'listRiskEvents'] as const;

const CONSEQUENCES: Record<Deed, { title: string; words: string; act: string }> = {
  trip: { title: 'Trip the breaker', words: 'Buying in its scope is refused from the next trade on. Sales stay open.', act: 'Halt buying' },
  reset: { title: 'Reset the breaker', words: 'Players can buy in its scope again at once.', act: 'Resume buying' },
  disarm: { title: 'Disarm the breaker', words: 'It no longer trips by itself until somebody arms it.', act: 'Disarm' },
  arm: { title: 'Arm the breaker', words: 'It trips by itself at its threshold again.', act: 'Arm' },
};
/** A scope as people say it: the whole platform, a category with its capital letter. */
const scopeWords = ({ scope, scope_label }: Pick<Breaker, 'scope' | 'scope_label'>): string =>
  scope === 'global' ? 'The whole platform' : formatWords(scope_label);
const deedsOf = ({ status }: Breaker): Deed[] => (status === 'tripped' ? ['reset'] : status === 'disarmed' ? ['arm'] : ['trip', 'disarm']);

export function Breakers() {
  const breakers = useEndpoint('listBreakers', {}, { every: 60_000 });
  const [doing, setDoing] = useState<{ breaker: Breaker; deed: Deed } | null>(null);
  const [adding, setAdding] = useState(false);
  const tripped = breakers.data?.data.filter(({ status }) => status === 'tripped').length ?? 0;
  return (
    <Section
      title="Breakers"
      subtitle={breakers.data && `${breakers.data.total} in all, ${tripped} tripped`}
      actions={
        <Button kind="quiet" icon="plus" onClick={() => setAdding(true)}>
          Add
        </Button>
      }
    >
      <Shown query={breakers}>
        {({ data }) =>
          data.length === 0 ? (
            <Empty action={<Button onClick={() => setAdding(true)}>Add a breaker</Button>}>
              A breaker halts buying in its scope when exposure comes too close to a limit.
            </Empty>
          ) : (
            <TableBody
              rows={data}
              rowKey={({ id }) => id}
              csv="breakers"
              columns={[
                {
                  key: 'scope',
                  label: 'Scope',
                  cell: (breaker) => <span title={scopeWords(breaker)}>{scopeWords(breaker)}</span>,
                  text: scopeWords,
                },
                {
                  key: 'now',
                  label: 'Now',
                  right: true,
                  cell: ({ current_value }) => (current_value === null ? '–' : formatPercent(current_value)),
                },
                {
                  key: 'trips',
                  label: 'Trips at',
                  cell: ({ trigger_threshold, current_value, scope_label }) =>
                    trigger_threshold === null ? (
                      'by hand'
                    ) : (
                      <span className="row" style={{ minWidth: 140 }}>
                        <Gauge percent={current_value ?? 0} tick={trigger_threshold} label={`Exposure of ${scope_label}`} />
                        <span className="figure">{formatPercent(trigger_threshold)}</span>
                      </span>
                    ),
                },
                { key: 'status', label: 'State', cell: ({ status }) => <Status value={status} /> },
                {
                  key: 'since',
                  label: 'Tripped',
                  cell: ({ tripped_at, trip_reason }) =>
                    tripped_at ? <span title={trip_reason ?? ''}>{<Time at={tripped_at} age />}</span> : '–',
                },
                {
                  key: 'reset',
                  label: 'Reset',
                  cell: ({ auto_reset, cooldown_minutes }) => (auto_reset ? `after ${cooldown_minutes} min` : 'by hand'),
                },
                {
                  key: 'acts',
                  label: 'Acts',
                  right: true,
                  cell: (breaker) => (
                    <Menu
                      trigger={<Button kind="quiet" icon="more" aria-label={`Acts on ${breaker.scope_label}`} />}
                      items={deedsOf(breaker).map((deed) => ({
                        label: `${CONSEQUENCES[deed].title}…`,
                        danger: deed === 'trip',
                        onSelect: () => setDoing({ breaker, deed }),
                      }))}
                    />
                  ),
                },
              ]}
            />
          )
        }
      </Shown>
      {doing && <Deed {...doing} onClose={() => setDoing(null)} />}
      {adding && <NewBreaker onClose={() => setAdding(false)} />}
    </Section>
  );
}

function Deed({ breaker, deed, onClose }: { breaker: Breaker; deed: Deed; onClose: () => void }) {
  const acts = {
    trip: useAct('tripBreaker', REFRESHES),
    reset: useAct('resetBreaker', REFRESHES),
    arm: useAct('armBreaker', REFRESHES),
    disarm: useAct('disarmBreaker', REFRESHES),
  };
  const toasts = useToasts();
  const { title, words, act } = CONSEQUENCES[deed];
  return (
    <DangerDialog
      title={`${title}: ${scopeWords(breaker)}`}
      consequence={words}
      act={act}
      {...(deed === 'trip' ? { phrase: 'HALT' } : {})}
      run={async (reason) => {
        await acts[deed].mutateAsync({ params: { breaker_id: breaker.id }, body: { reason } });
        toasts.say(`${breaker.scope_label}: ${act.toLowerCase()}`);
      }}
      onClose={onClose}
    >
      {(deed === 'trip' || deed === 'reset') && (
        <ScopePreview
          scope={{ scope: breaker.scope, scope_id: breaker.scope_id ?? undefined }}
          {...(breaker.trigger_threshold === null ? {} : { threshold: breaker.trigger_threshold })}
        />
      )}
    </DangerDialog>
  );
}

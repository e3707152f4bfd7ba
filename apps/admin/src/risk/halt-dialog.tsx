/** Halting is the exception to slowness: scope, typed HALT, done. Sales stay open. */
import { useAct, useEndpoint } from '@predictu/ui/api/use-endpoint.tsx';
import { DangerDialog } from '@predictu/ui/kit/dialog.tsx';
import { SelectField } from '@predictu/ui/kit/field.tsx';
import { Shown } from '@predictu/ui/kit/panel.tsx';
import { useToasts } from '@predictu/ui/kit/toasts.tsx';
import { useState } from 'react';
import { type BreakerScope, ScopePreview } from './scope-preview.tsx';

const REFRESHES = ['listBreakers', 'getRisk', 'listRiskEvents'] as const;
const NEW_GLOBAL = 'new-global';

export function HaltDialog({ onClose }: { onClose: () => void }) {
  const breakers = useEndpoint('listBreakers', {});
  const trip = useAct('tripBreaker', REFRESHES);
  const create = useAct('createBreaker', REFRESHES);
  const toasts = useToasts();
  const [chosen, setChosen] = useState('');
  return (
    <Shown query={breakers}>
      {({ data }) => {
        const armed = data.filter(({ status }) => status !== 'tripped');
        const globals = armed.filter(({ scope }) => scope === 'global');
        const options = [
          ...(globals.length === 0 ? [{ value: NEW_GLOBAL, label: 'The whole platform' }] : []),
          ...[...globals, ...armed.filter(({ scope }) => scope !== 'global')].map(({ id, scope, scope_label }) => ({
            value: id,
            label: scope === 'global' ? 'The whole platform' : scope_label,
          })),
        ];
        const target = chosen || options[0]?.value || '';
        const words = options.find(({ value }) => value === target)?.label ?? '';
        const breaker = data.find(({ id }) => id === target);
        const scope: BreakerScope | undefined =
          target === NEW_GLOBAL ? { scope: 'global' } : breaker && { scope: breaker.scope, scope_id: breaker.scope_id ?? undefined };
        const halt = async (reason: string) => {
          const id =
            target === NEW_GLOBAL
              ? (await create.mutateAsync({ body: { scope: 'global', trigger_type: 'manual', cooldown_minutes: 0, auto_reset: false } }))
                  .data.id
              : target;
          await trip.mutateAsync({ params: { breaker_id: id }, body: { reason: reason || 'Halted by hand' } });
          toasts.say(`Buying is halted: ${words}`);
        };
        return (
          <DangerDialog
            title="Halt trading"
            consequence="No player can buy in this scope until somebody resets the breaker. Sales stay open, so that players can leave."
            phrase="HALT"
            reason="optional"
            act="Halt trading"
            ready={target !== ''}
            run={halt}
            onClose={onClose}
          >
            <SelectField label="Scope" options={options} value={target} onChange={(event) => setChosen(event.target.value)} />
            {scope && <ScopePreview scope={scope} />}
          </DangerDialog>
        );
      }}
    </Shown>
  );
}

/** The platform configuration, saved group by group, each change with its reason; in force for the next trade everywhere. */

import { useAct, useEndpoint } from '@predictu/ui/api/use-endpoint.tsx';
import type { Body } from '@predictu/ui/api/wire.ts';
import { formatCounted } from '@predictu/ui/format/words.ts';
import { Time } from '@predictu/ui/kit/figures.tsx';
import { PageHead, Shown } from '@predictu/ui/kit/panel.tsx';
import { useToasts } from '@predictu/ui/kit/toasts.tsx';
import { ConfigHistory } from '@predictu/ui/nouns/config-history.tsx';
import { ConfigGroup, flatGroup } from '@predictu/ui/nouns/configuration.tsx';

const GROUPS = ['risk', 'spread', 'fees', 'features', 'defaults'] as const;
const REFRESHES = ['getPlatformConfig', 'listPlatformConfigChanges', 'getRisk', 'getExposure', 'listBreakers'] as const;

export function Configuration() {
  const config = useEndpoint('getPlatformConfig', {});
  const update = useAct('updatePlatformConfig', REFRESHES);
  const revert = useAct('revertPlatformConfigChange', REFRESHES);
  const toasts = useToasts();
  const saved = (keys: readonly string[]) => toasts.say(`Saved ${formatCounted(keys.length, 'value')}`);
  return (
    <>
      <PageHead title="Configuration">
        {config.data && (
          <span className="small tertiary">
            changed <Time at={config.data.data.updated_at} age /> by {config.data.data.updated_by}
          </span>
        )}
      </PageHead>
      <Shown query={config}>
        {({ data }) =>
          GROUPS.map((group) => (
            <ConfigGroup
              key={`${group}${data.updated_at}`}
              group={group}
              values={flatGroup(data[group])}
              consequence="In force for the next trade, in every process. Limits and breakers are measured again at once."
              reason="required"
              error={update.error}
              save={(patch, reason) =>
                update
                  .mutateAsync({ body: { ...patch, reason } as unknown as Body<'updatePlatformConfig'> })
                  .then(({ data: { updated_keys: keys } }) => saved(keys))
              }
            />
          ))
        }
      </Shown>
      <ConfigHistory
        operation="listPlatformConfigChanges"
        reason="required"
        revert={(auditId, reason) =>
          revert.mutateAsync({ params: { audit_id: auditId }, body: { reason } }).then(({ data }) => saved(data.updated_keys))
        }
      />
    </>
  );
}

/** How the operator's embed behaves, saved group by group; open embeds show it within a minute. */

import { useAct, useEndpoint } from '@predictu/ui/api/use-endpoint.tsx';
import type { Body } from '@predictu/ui/api/wire.ts';
import { formatCounted } from '@predictu/ui/format/words.ts';
import { Time } from '@predictu/ui/kit/figures.tsx';
import { PageHead, Shown } from '@predictu/ui/kit/panel.tsx';
import { useToasts } from '@predictu/ui/kit/toasts.tsx';
import { ConfigHistory } from '@predictu/ui/nouns/config-history.tsx';
import { ConfigGroup, flatGroup } from '@predictu/ui/nouns/configuration.tsx';
import { ReferralTerms } from './referral-terms.tsx';

const GROUPS = ['trading', 'ui', 'notifications', 'categories', 'features'] as const;
const REFRESHES = ['getOperatorConfig', 'listOperatorConfigChanges', 'listOwnMarkets'] as const;
const SORTS = ['volume', 'created_at', 'end_date', 'trade_count'];

export function Configuration() {
  const config = useEndpoint('getOperatorConfig', {});
  const settings = useEndpoint('getSettings', {});
  const update = useAct('updateOperatorConfig', REFRESHES);
  const revert = useAct('revertOperatorConfigChange', REFRESHES);
  const toasts = useToasts();
  const saved = (keys: readonly string[]) => toasts.say(`Saved ${formatCounted(keys.length, 'value')}`);
  const offered = settings.data?.data.categories.allowed ?? [];
  const options = {
    default_market_sort: SORTS,
    theme_override: ['', 'dark', 'light'],
    enabled: offered,
    featured: offered,
    hidden: offered,
  };
  return (
    <>
      <PageHead title="Configuration">
        {config.data && (
          <span className="small tertiary">
            changed <Time at={config.data.data.updated_at} age />
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
              options={options}
              consequence="In force at once for every player. Open embeds show it within a minute."
              reason="none"
              error={update.error}
              save={(patch) =>
                update
                  .mutateAsync({ body: patch as unknown as Body<'updateOperatorConfig'> })
                  .then(({ data: { updated_keys: keys } }) => saved(keys))
              }
            />
          ))
        }
      </Shown>
      {config.data?.data.features.referral_program && <ReferralTerms />}
      <ConfigHistory
        operation="listOperatorConfigChanges"
        reason="none"
        revert={(auditId) => revert.mutateAsync({ params: { audit_id: auditId }, body: {} }).then(({ data }) => saved(data.updated_keys))}
      />
    </>
  );
}

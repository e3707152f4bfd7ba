import { useAct } from '@predictu/ui/api/use-endpoint.tsx';
import type { Player, StandingActs } from '@predictu/ui/nouns/standing-buttons.tsx';

const REFRESHES = ['getPlayer', 'listPlayers', 'listPlayerEntries', 'listOperatorPlayers'] as const;

/** What the platform may do to any player. */
export function useStanding({ id, status }: Pick<Player, 'id' | 'status'>): StandingActs {
  const params = { user_id: id };
  const restrict = useAct('restrictPlayer', REFRESHES);
  const suspend = useAct('suspendPlayer', REFRESHES);
  const reinstate = useAct('reinstatePlayer', REFRESHES);
  const limit = useAct('changePlayerLimitTier', REFRESHES);
  const adjust = useAct('adjustPlayerBalance', REFRESHES);
  return {
    adjust: (body) => adjust.mutateAsync({ params, body }),
    amountProblem: adjust.error?.fields['amount_usd'],
    limit: (body) => limit.mutateAsync({ params, body }),
    restrict: (body) => restrict.mutateAsync({ params, body }),
    turn: (body) => (status === 'suspended' ? reinstate : suspend).mutateAsync({ params, body }),
  };
}

import { useAct } from '@predictu/ui/api/use-endpoint.tsx';
import type { Player, StandingActs } from '@predictu/ui/nouns/standing-buttons.tsx';

const REFRESHES = ['getOwnPlayer', 'listOwnPlayers'] as const;

/** What the operator may do to one of its players. */
export function useStanding({ id, status }: Pick<Player, 'id' | 'status'>): StandingActs {
  const params = { user_id: id };
  const restrict = useAct('restrictOwnPlayer', REFRESHES);
  const suspend = useAct('suspendOwnPlayer', REFRESHES);
  const reinstate = useAct('reinstateOwnPlayer', REFRESHES);
  const limit = useAct('changeOwnPlayerLimitTier', REFRESHES);
  const adjust = useAct('adjustBalance', REFRESHES);
  return {
    adjust: (body) => adjust.mutateAsync({ params, body }),
    amountProblem: adjust.error?.fields['amount_usd'],
    limit: (body) => limit.mutateAsync({ params, body }),
    restrict: (body) => restrict.mutateAsync({ params, body }),
    turn: (body) => (status === 'suspended' ? reinstate : suspend).mutateAsync({ params, body }),
  };
}

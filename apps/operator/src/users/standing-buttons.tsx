/** The operator moves a player's balance, restricts, suspends or reinstates the player, changes its limit tier. */
import { useAct } from '@predictu/ui/api/use-endpoint.tsx';
import type { Answer } from '@predictu/ui/api/wire.ts';
import { Button } from '@predictu/ui/kit/button.tsx';
import { useToasts } from '@predictu/ui/kit/toasts.tsx';
import { BalanceDialog } from '@predictu/ui/nouns/adjust-balance.tsx';
import { LimitTierDialog, RestrictDialog, SuspendDialog } from '@predictu/ui/nouns/restrict-player.tsx';
import { useState } from 'react';

type Player = Answer<'getOwnPlayer'>['data'];
const REFRESHES = ['getOwnPlayer', 'listOwnPlayers'] as const;

export function StandingButtons({ player }: { player: Player }) {
  const [doing, setDoing] = useState<'balance' | 'restrict' | 'suspend' | 'limit' | null>(null);
  const restrict = useAct('restrictOwnPlayer', REFRESHES);
  const suspend = useAct('suspendOwnPlayer', REFRESHES);
  const reinstate = useAct('reinstateOwnPlayer', REFRESHES);
  const limit = useAct('changeOwnPlayerLimitTier', REFRESHES);
  const adjust = useAct('adjustBalance', REFRESHES);
  const toasts = useToasts();
  const params = { user_id: player.id };
  const close = () => setDoing(null);
  const say = (words: string) => () => toasts.say(words);
  const turn = player.status === 'suspended' ? reinstate : suspend;
  return (
    <>
      <Button onClick={() => setDoing('balance')}>Adjust balance…</Button>
      <Button onClick={() => setDoing('limit')}>Limit tier…</Button>
      <Button kind="warns" onClick={() => setDoing('restrict')}>
        Restrict…
      </Button>
      <Button kind="warns" onClick={() => setDoing('suspend')}>
        {player.status === 'suspended' ? 'Reinstate…' : 'Suspend…'}
      </Button>
      {doing === 'balance' && (
        <BalanceDialog
          player={player}
          problem={adjust.error?.fields['amount_usd']}
          run={(body) => adjust.mutateAsync({ params, body })}
          onClose={close}
        />
      )}
      {doing === 'limit' && (
        <LimitTierDialog
          player={player}
          run={(body) => limit.mutateAsync({ params, body }).then(say('Limit tier changed'))}
          onClose={close}
        />
      )}
      {doing === 'restrict' && (
        <RestrictDialog
          player={player}
          run={(body) => restrict.mutateAsync({ params, body }).then(say('Restrictions set'))}
          onClose={close}
        />
      )}
      {doing === 'suspend' && (
        <SuspendDialog
          player={player}
          run={(body) => turn.mutateAsync({ params, body }).then(({ data }) => toasts.say(`Now ${data.status}`))}
          onClose={close}
        />
      )}
    </>
  );
}

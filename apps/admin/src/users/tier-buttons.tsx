/** What the platform may do to a player: hold and release its tier, evaluate its score, and what its operator may do as well. */
import { useAct, useEndpoint } from '@predictu/ui/api/use-endpoint.tsx';
import type { Answer, Body } from '@predictu/ui/api/wire.ts';
import { Button } from '@predictu/ui/kit/button.tsx';
import { DangerDialog } from '@predictu/ui/kit/dialog.tsx';
import { SelectField } from '@predictu/ui/kit/field.tsx';
import { useToasts } from '@predictu/ui/kit/toasts.tsx';
import { TIER_CHOICES } from '@predictu/ui/nouns/choices.ts';
import { type StandingActs, StandingButtons } from '@predictu/ui/nouns/standing-buttons.tsx';
import { useState } from 'react';

type Player = Answer<'getPlayer'>['data'];
type Tier = Body<'overridePlayerTier'>['tier'];
const REFRESHES = ['getPlayer', 'getPlayerScore', 'listPlayers', 'listSharpBettors'] as const;
const CONSEQUENCES: Record<Tier, string> = {
  normal: 'The player trades at ordinary prices and limits.',
  sharp: 'Prices widen with the score; the player’s limits stay.',
  restricted: 'The player’s trades are cut to the limit of restricted players.',
  banned: 'The player can buy nothing from now on; open positions may be sold and are settled.',
};

export function TierButtons({ player, acts }: { player: Player; acts: StandingActs }) {
  const [doing, setDoing] = useState<'hold' | 'release' | null>(null);
  const [tier, setTier] = useState<Tier>(player.tier);
  const held = useEndpoint('getPlayerScore', { params: { user_id: player.id } }).data?.data.override;
  const hold = useAct('overridePlayerTier', REFRESHES);
  const release = useAct('releasePlayerTier', REFRESHES);
  const evaluate = useAct('evaluatePlayerScore', REFRESHES);
  const toasts = useToasts();
  const params = { user_id: player.id };
  const again = () => evaluate.mutateAsync({ params }).then(({ data }) => toasts.say(`Score ${data.score}, ${data.tier}`), toasts.fail);
  return (
    <>
      <StandingButtons
        player={player}
        acts={acts}
        more={[
          { label: 'Evaluate the score now', disabled: evaluate.isPending, onSelect: () => void again() },
          ...(held ? [{ label: 'Release the tier…', onSelect: () => setDoing('release') }] : []),
        ]}
      >
        <Button kind="warns" onClick={() => setDoing('hold')}>
          Change tier…
        </Button>
      </StandingButtons>
      {doing === 'hold' && (
        <DangerDialog
          title={`Change the tier of ${player.username ?? player.external_id}`}
          consequence={`${CONSEQUENCES[tier]} Evaluations leave the tier alone until it is released.`}
          act={`Hold at ${tier}`}
          ready={tier !== player.tier || !held}
          run={(reason) => hold.mutateAsync({ params, body: { tier, reason } }).then(() => toasts.say(`Held at ${tier}`))}
          onClose={() => setDoing(null)}
        >
          <SelectField label="Tier" options={TIER_CHOICES} value={tier} onChange={(event) => setTier(event.target.value as Tier)} />
        </DangerDialog>
      )}
      {doing === 'release' && (
        <DangerDialog
          title="Release the tier"
          consequence="The tier follows the score again, at once."
          act="Release"
          run={(reason) => release.mutateAsync({ params, body: { reason } }).then(({ data }) => toasts.say(`Now ${data.tier}`))}
          onClose={() => setDoing(null)}
        />
      )}
    </>
  );
}

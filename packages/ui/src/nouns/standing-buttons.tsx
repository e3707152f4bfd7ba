/** What staff may do to a player: the balance, the limit tier, restrictions, suspension. Each audience brings its own acts. */
import { type ReactNode, useState } from 'react';
import type { Answer, Body } from '../api/wire.ts';
import { Button } from '../kit/button.tsx';
import { Menu, type MenuItem } from '../kit/menu.tsx';
import { useToasts } from '../kit/toasts.tsx';
import { BalanceDialog } from './adjust-balance.tsx';
import { LimitTierDialog, RestrictDialog, SuspendDialog } from './restrict-player.tsx';

export type Player = Pick<
  Answer<'getOwnPlayer'>['data'],
  'id' | 'username' | 'external_id' | 'balance_usd' | 'status' | 'limit_tier' | 'restrictions'
>;
export type StandingActs = {
  adjust: (body: Body<'adjustBalance'>) => Promise<{ data: { balance_after_usd: number } }>;
  /** What the server said about the amount. */
  amountProblem: string | undefined;
  limit: (body: Body<'changeOwnPlayerLimitTier'>) => Promise<unknown>;
  restrict: (body: Body<'restrictOwnPlayer'>) => Promise<unknown>;
  /** Suspends, or reinstates who is suspended. */
  turn: (body: Body<'suspendOwnPlayer'>) => Promise<{ data: { status: string } }>;
};
type Deed = 'balance' | 'restrict' | 'suspend' | 'limit';

export function StandingButtons({
  player,
  acts,
  more = [],
  children,
}: {
  player: Player;
  acts: StandingActs;
  /** Further entries of the menu. */
  more?: readonly MenuItem[];
  children?: ReactNode;
}) {
  const [doing, setDoing] = useState<Deed | null>(null);
  const toasts = useToasts();
  const close = () => setDoing(null);
  const say = (words: string) => () => toasts.say(words);
  return (
    <span className="row wrap">
      {children}
      <Button kind="warns" onClick={() => setDoing('restrict')}>
        Restrict…
      </Button>
      <Button kind="warns" onClick={() => setDoing('suspend')}>
        {player.status === 'suspended' ? 'Reinstate…' : 'Suspend…'}
      </Button>
      <Menu
        trigger={<Button icon="more" aria-label="More acts on this player" />}
        items={[
          { label: 'Adjust the balance…', onSelect: () => setDoing('balance') },
          { label: 'Change the limit tier…', onSelect: () => setDoing('limit') },
          ...more,
        ]}
      />
      {doing === 'balance' && <BalanceDialog player={player} problem={acts.amountProblem} run={acts.adjust} onClose={close} />}
      {doing === 'limit' && (
        <LimitTierDialog player={player} run={(body) => acts.limit(body).then(say('Limit tier changed'))} onClose={close} />
      )}
      {doing === 'restrict' && (
        <RestrictDialog player={player} run={(body) => acts.restrict(body).then(say('Restrictions set'))} onClose={close} />
      )}
      {doing === 'suspend' && (
        <SuspendDialog
          player={player}
          run={(body) => acts.turn(body).then(({ data }) => toasts.say(`Now ${data.status}`))}
          onClose={close}
        />
      )}
    </span>
  );
}

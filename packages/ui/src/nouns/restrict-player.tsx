/** What a person decides about a player: restrictions, suspension, limit tier. The console says which operations do it. */
import { useState } from 'react';
import type { Answer, Body } from '../api/wire.ts';
import { formatWords } from '../format/words.ts';
import { DangerDialog } from '../kit/dialog.tsx';
import { CheckField, SelectField, TextArea, TextField } from '../kit/field.tsx';
import { Note } from '../kit/panel.tsx';
import { CATEGORY_CHOICES } from './choices.ts';

type Player = Pick<Answer<'getOwnPlayer'>['data'], 'username' | 'external_id' | 'status' | 'limit_tier' | 'restrictions'>;
type Restrictions = Body<'restrictOwnPlayer'>;
type Category = NonNullable<Restrictions['blocked_categories']>[number];

const nameOf = ({ username, external_id }: Player): string => username ?? external_id;
const LIMIT_TIERS = (['new', 'regular', 'vip'] as const).map((value) => ({ value, label: formatWords(value) }));
const CATEGORIES = CATEGORY_CHOICES.map(({ value }) => value) as Category[];

type Decide<Change> = { player: Player; run: (change: Change) => Promise<unknown>; onClose: () => void };

export function SuspendDialog({ player, run, onClose }: Decide<{ reason: string }>) {
  const suspended = player.status === 'suspended';
  return (
    <DangerDialog
      title={`${suspended ? 'Reinstate' : 'Suspend'} ${nameOf(player)}`}
      consequence={
        suspended
          ? 'The player may buy again, within the restrictions that remain.'
          : 'The player buys nothing from now on. Open positions may be sold and are settled, and the balance may be withdrawn.'
      }
      act={suspended ? 'Reinstate' : 'Suspend'}
      run={(reason) => run({ reason })}
      onClose={onClose}
    />
  );
}

export function LimitTierDialog({ player, run, onClose }: Decide<{ reason: string; limit_tier: Player['limit_tier'] }>) {
  const [tier, setTier] = useState(player.limit_tier);
  return (
    <DangerDialog
      title={`Limit tier of ${nameOf(player)}`}
      consequence="It says how much one trade may cost. New becomes regular by itself after 7 days and 5 trades."
      act={`Move to ${tier}`}
      ready={tier !== player.limit_tier}
      run={(reason) => run({ reason, limit_tier: tier })}
      onClose={onClose}
    >
      <SelectField
        label="Limit tier"
        options={LIMIT_TIERS}
        value={tier}
        onChange={(event) => setTier(event.target.value as Player['limit_tier'])}
      />
    </DangerDialog>
  );
}

/** Local time of the field <-> UTC of the wire. */
const localOf = (instant: string | null): string => {
  if (instant === null) return '';
  const date = new Date(instant);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
};

export function RestrictDialog({ player, run, onClose }: Decide<Restrictions>) {
  const { restrictions } = player;
  const [largest, setLargest] = useState(restrictions.own_max_bet_usd === null ? '' : String(restrictions.own_max_bet_usd));
  const [open, setOpen] = useState<readonly Category[]>(
    CATEGORIES.filter(
      (name) => (restrictions.allowed_categories ?? CATEGORIES).includes(name) && !restrictions.blocked_categories.includes(name),
    ),
  );
  const [markets, setMarkets] = useState(restrictions.blocked_markets.join('\n'));
  const [until, setUntil] = useState(localOf(restrictions.cooldown_until));
  const closed = CATEGORIES.filter((name) => !open.includes(name));
  const toggle = (name: Category) => setOpen(open.includes(name) ? open.filter((one) => one !== name) : [...open, name]);
  const change = (reason: string): Restrictions => ({
    reason,
    max_bet_usd: largest === '' ? null : Number(largest),
    allowed_categories: null,
    blocked_categories: closed,
    blocked_markets: markets.split(/[\s,]+/).filter(Boolean),
    cooldown_until: until === '' ? null : new Date(until).toISOString(),
  });
  return (
    <DangerDialog
      wide
      title={`Restrict ${nameOf(player)}`}
      consequence="In force with the next trade. Sales, withdrawals and settlement go on."
      act="Set the restrictions"
      run={(reason) => run(change(reason))}
      onClose={onClose}
    >
      {restrictions.held_by === 'platform' && <Note tone="warn">The platform holds the present restrictions.</Note>}
      <TextField
        label="Largest bet, dollars"
        hint="Empty: none of its own."
        type="number"
        min={0}
        step={0.01}
        value={largest}
        onChange={(event) => setLargest(event.target.value)}
      />
      <fieldset className="row wrap" style={{ border: 0, margin: 0, padding: 0 }}>
        <legend className="small secondary">Categories the player may buy in</legend>
        {CATEGORIES.map((name) => (
          <CheckField key={name} label={formatWords(name)} checked={open.includes(name)} onChange={() => toggle(name)} />
        ))}
      </fieldset>
      <TextArea
        label="Blocked markets"
        hint="Ids, mkt_…, one a line."
        value={markets}
        spellCheck={false}
        onChange={(event) => setMarkets(event.target.value)}
      />
      <TextField
        label="Cool-down until"
        hint="Your own time. Empty: none."
        type="datetime-local"
        value={until}
        onChange={(event) => setUntil(event.target.value)}
      />
    </DangerDialog>
  );
}

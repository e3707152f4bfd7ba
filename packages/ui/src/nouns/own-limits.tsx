/** What a player has set for itself, as consoles show it: nobody there can change it. */

import type { Answer } from '../api/wire.ts';
import { formatCounted } from '../format/words.ts';
import { Money, Time } from '../kit/figures.tsx';
import { Facts, Note, Section } from '../kit/panel.tsx';

type Limits = Answer<'getPlayerLimits'>['data'];
type Limit = Limits['limits'][number];

const NAMES: Record<Limit['kind'], string> = {
  stake_day: 'Stake a day',
  stake_week: 'Stake a week',
  stake_month: 'Stake a month',
  loss_day: 'Loss a day',
  loss_week: 'Loss a week',
  loss_month: 'Loss a month',
  session: 'Play without a break',
};

function Value({ amount_usd, minutes }: { amount_usd: number | null; minutes: number | null }) {
  if (amount_usd !== null) return <Money value={amount_usd} />;
  return minutes === null ? 'none' : formatCounted(minutes, 'minute');
}

function Standing({ limit }: { limit: Limit }) {
  const { pending } = limit;
  return (
    <span className="column">
      <span>
        <Value {...limit} />
        {limit.used_usd !== null && limit.amount_usd !== null && (
          <span className="secondary">
            , <Money value={limit.used_usd} /> used
          </span>
        )}
      </span>
      {pending && (
        <span className="small secondary">
          <Value {...pending} /> from <Time at={pending.effective_at} />
        </span>
      )}
    </span>
  );
}

/** Above a player's page while it has excluded itself. */
export function SelfExcluded({ limits }: { limits: Limits | undefined }) {
  const exclusion = limits?.self_exclusion;
  if (!exclusion) return null;
  return (
    <div className="section-body" style={{ paddingBottom: 16 }}>
      <Note tone="danger">
        Self-excluded since <Time at={exclusion.since} />
        {exclusion.until ? (
          <>
            {' '}
            until <Time at={exclusion.until} />
          </>
        ) : (
          ', for good'
        )}
        . No buys, no deposits; sales and withdrawals stay open.
      </Note>
    </div>
  );
}

export function OwnLimits({ limits: { limits } }: { limits: Limits }) {
  const set = limits.filter(({ amount_usd, minutes, pending }) => amount_usd !== null || minutes !== null || pending !== null);
  return (
    <Section title="Set by the player" subtitle="only the player changes these">
      <div className="section-body" style={{ maxWidth: 520 }}>
        {set.length > 0 ? (
          <Facts of={set.map((limit) => [NAMES[limit.kind], <Standing key={limit.kind} limit={limit} />])} />
        ) : (
          <p className="secondary">No limits on stake, loss or time.</p>
        )}
      </div>
    </Section>
  );
}

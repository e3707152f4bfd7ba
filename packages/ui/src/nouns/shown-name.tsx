/** The name a player shows to others on the leaderboard, and hiding it. */
import { useState } from 'react';
import type { Answer, Body } from '../api/wire.ts';
import { Button } from '../kit/button.tsx';
import { DangerDialog } from '../kit/dialog.tsx';
import { Time } from '../kit/figures.tsx';
import { Section } from '../kit/panel.tsx';

type Name = Answer<'getPlayerName'>['data'];

export function ShownName({ name, change }: { name: Name; change: (body: Body<'hidePlayerName'>) => Promise<unknown> }) {
  const [asking, setAsking] = useState(false);
  const { display_name, show_name, hidden_at, hidden_reason } = name;
  const hidden = hidden_at !== null;
  return (
    <Section
      title="Name for other players"
      subtitle="on the leaderboard and in the feed"
      actions={
        (display_name !== null || hidden) && <Button onClick={() => setAsking(true)}>{hidden ? 'Show the name…' : 'Hide the name…'}</Button>
      }
    >
      <p className="section-body">
        {display_name === null ? 'It has chosen none.' : <b>{display_name}</b>}
        {display_name !== null && !hidden && (show_name ? ', seen by others' : ', not shown to others')}
        {hidden && (
          <>
            {' '}
            hidden since <Time at={hidden_at} />: {hidden_reason}
          </>
        )}
      </p>
      {asking && (
        <DangerDialog
          title={hidden ? 'Let the name be seen again' : `Hide the name ${display_name}`}
          consequence={
            hidden
              ? 'Other players see it where the player wants them to.'
              : 'Other players see no name, whatever it is changed to. The player reads the reason. Trading goes on.'
          }
          act={hidden ? 'Show the name' : 'Hide the name'}
          run={(reason) => change({ hidden: !hidden, reason })}
          onClose={() => setAsking(false)}
        />
      )}
    </Section>
  );
}

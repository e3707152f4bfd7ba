/** What a player earns for bringing another; shown while the referral programme is switched on. */
import { useAct, useEndpoint } from '@predictu/ui/api/use-endpoint.tsx';
import type { Answer } from '@predictu/ui/api/wire.ts';
import { formatCount } from '@predictu/ui/format/money.ts';
import { Button } from '@predictu/ui/kit/button.tsx';
import { FormDialog } from '@predictu/ui/kit/dialog.tsx';
import { TextField } from '@predictu/ui/kit/field.tsx';
import { Money } from '@predictu/ui/kit/figures.tsx';
import { Empty, Facts, Section, Shown } from '@predictu/ui/kit/panel.tsx';
import { useState } from 'react';

type Terms = NonNullable<Answer<'getReferralTerms'>['data']>;
const SUGGESTED: Terms = { referrer_bonus_usd: 10, referred_bonus_usd: 5, qualifying_trade_usd: 20, most_per_player: 20 };
const FIELDS: readonly { key: keyof Terms; label: string; hint: string }[] = [
  { key: 'referrer_bonus_usd', label: 'Bonus for who invites, $', hint: 'Credited once for each friend.' },
  { key: 'referred_bonus_usd', label: 'Bonus for the friend, $', hint: 'Credited once.' },
  { key: 'qualifying_trade_usd', label: 'Qualifying buy, $', hint: 'The friend’s first buy that costs at least this earns both.' },
  { key: 'most_per_player', label: 'Friends a player can earn for', hint: '1 to 1,000.' },
];

export function ReferralTerms() {
  const terms = useEndpoint('getReferralTerms', {});
  const [changing, setChanging] = useState(false);
  return (
    <Section
      title="Referral terms"
      subtitle="for players who come from now on; those who came before keep theirs"
      actions={<Button onClick={() => setChanging(true)}>Change</Button>}
    >
      <Shown query={terms}>
        {({ data }) => (
          <div className="section-body" style={{ maxWidth: 520 }}>
            {data ? (
              <Facts
                of={[
                  ['Who invites gets', <Money key="referrer" value={data.referrer_bonus_usd} />],
                  ['The friend gets', <Money key="referred" value={data.referred_bonus_usd} />],
                  ['After a buy of', <Money key="qualifying" value={data.qualifying_trade_usd} />],
                  ['Friends a player can earn for', formatCount(data.most_per_player)],
                ]}
              />
            ) : (
              <Empty>No terms yet: the programme pays nothing, and players see no code.</Empty>
            )}
            {changing && <TermsForm terms={data ?? SUGGESTED} onClose={() => setChanging(false)} />}
          </div>
        )}
      </Shown>
    </Section>
  );
}

function TermsForm({ terms, onClose }: { terms: Terms; onClose: () => void }) {
  const [values, setValues] = useState(() => Object.fromEntries(FIELDS.map(({ key }) => [key, String(terms[key])])));
  const change = useAct('changeReferralTerms', ['getReferralTerms']);
  const body = Object.fromEntries(FIELDS.map(({ key }) => [key, Number(values[key])])) as Terms;
  const ready = FIELDS.every(({ key }) => values[key] !== '' && Number.isFinite(body[key]));
  return (
    <FormDialog
      title="Referral terms"
      description="Bonuses are deposits to your players’ balances, and your cost."
      act="Save terms"
      ready={ready}
      onClose={onClose}
      run={() => change.mutateAsync({ body })}
    >
      {FIELDS.map(({ key, label, hint }) => (
        <TextField
          key={key}
          label={label}
          hint={hint}
          problem={change.error?.fields[key]}
          inputMode="decimal"
          value={values[key]}
          onChange={(event) => setValues({ ...values, [key]: event.target.value.replace(/[^\d.]/g, '') })}
        />
      ))}
    </FormDialog>
  );
}

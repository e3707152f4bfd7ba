/** Bringing a friend: the code, what it earns, and using one of a friend's. */
import { useAct, useEndpoint } from '@predictu/ui/api/use-endpoint.tsx';
import type { Answer } from '@predictu/ui/api/wire.ts';
import { formatUsd } from '@predictu/ui/format/money.ts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Listed } from './listed.tsx';

type Standing = Answer<'getReferral'>['data'];

export function Referral() {
  const standing = useEndpoint('getReferral', {}, { every: 30_000 });
  return (
    <Listed of={standing} rows={2}>
      {({ data }) => (
        <>
          <Own standing={data} />
          {data.can_redeem && <Redeem />}
        </>
      )}
    </Listed>
  );
}

function Own({ standing: { code, terms, referred, rewarded, earned_usd, redeemed } }: { standing: Standing }) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  if (!terms || code === null) return <p className="explain">{t('refer.none')}</p>;
  return (
    <section className="block column">
      <h2>{t('refer.code')}</h2>
      <div className="row">
        <output className="chance mono">{code}</output>
        <span className="space" />
        <button
          type="button"
          className="plain-button"
          onClick={() => void navigator.clipboard?.writeText(code).then(() => setCopied(true))}
        >
          {t(copied ? 'refer.copied' : 'refer.copy')}
        </button>
      </div>
      <p>
        {t('refer.terms', {
          qualifying: formatUsd(terms.qualifying_trade_usd),
          referrer: formatUsd(terms.referrer_bonus_usd),
          referred: formatUsd(terms.referred_bonus_usd),
          count: terms.most_per_player,
        })}
      </p>
      <p className="tertiary">{t('refer.standing', { referred, rewarded, earned: formatUsd(earned_usd) })}</p>
      {redeemed && <p className="tertiary">{t('refer.redeemed')}</p>}
    </section>
  );
}

function Redeem() {
  const { t } = useTranslation();
  const [code, setCode] = useState('');
  const redeem = useAct('redeemReferral', ['getReferral']);
  return (
    <form
      className="block column"
      onSubmit={(event) => {
        event.preventDefault();
        redeem.mutate({ body: { code } });
      }}
    >
      <h2>{t('refer.have')}</h2>
      <div className="find-row flush">
        <input
          className="input mono"
          aria-label={t('refer.have')}
          autoCapitalize="characters"
          maxLength={20}
          value={code}
          onChange={(event) => setCode(event.target.value.toUpperCase())}
        />
        <button type="submit" className="plain-button" disabled={code.length < 4 || redeem.isPending}>
          {t('refer.redeem')}
        </button>
      </div>
      {redeem.isError && (
        <p className="refusal" role="alert">
          {redeem.error.message}
        </p>
      )}
    </form>
  );
}

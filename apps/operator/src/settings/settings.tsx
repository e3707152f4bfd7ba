/** Profile, branding, wallet and limits of the operator. */
import { useEndpoint } from '@predictu/ui/api/use-endpoint.tsx';
import { formatPercent, formatUsd } from '@predictu/ui/format/money.ts';
import { formatWords } from '@predictu/ui/format/words.ts';
import { CopyId, Time } from '@predictu/ui/kit/figures.tsx';
import { Facts, PageHead, Section, Shown } from '@predictu/ui/kit/panel.tsx';
import { Status } from '@predictu/ui/kit/status.tsx';
import { Link } from '@tanstack/react-router';
import { BrandingForm } from './branding-form.tsx';
import { ProfileForm } from './profile-form.tsx';

export function Settings() {
  const settings = useEndpoint('getSettings', {});
  return (
    <>
      <PageHead title="Settings" />
      <Shown query={settings}>
        {({ data, data: { s2s, limits, categories } }) => (
          <>
            <ProfileForm key={data.updated_at} settings={data} />
            <BrandingForm key={`branding${data.updated_at}`} branding={data.branding} profile={data.profile} />
            <div className="columns even">
              <Section
                title="Wallet"
                actions={
                  <Link className="link" to="/wallet">
                    Change, test, secrets
                  </Link>
                }
              >
                <div className="section-body">
                  <Facts
                    of={[
                      ['Keeps the balances', s2s.enabled ? 'you do' : 'the platform does'],
                      ['Signing key', s2s.signing_key_fingerprint ? <CopyId key="key" id={s2s.signing_key_fingerprint} /> : '–'],
                      [
                        'State',
                        s2s.healthy === null ? (
                          'never asked'
                        ) : (
                          <Status
                            key="healthy"
                            value={s2s.healthy ? 'healthy' : 'failed'}
                            words={s2s.healthy ? 'Answers' : 'Does not answer'}
                          />
                        ),
                      ],
                      ['Last asked', <Time key="ping" at={s2s.last_ping} age />],
                    ]}
                  />
                </div>
              </Section>
              <Section title="Limits" subtitle="set by the platform">
                <div className="section-body">
                  <Facts
                    of={[
                      ['Smallest and largest trade', `${formatUsd(limits.min_bet_usd)} to ${formatUsd(limits.max_bet_usd)}`],
                      ['Exposure limit', formatUsd(limits.exposure_limit_usd)],
                      ['Your part of the revenue', formatPercent(limits.revenue_share_pct)],
                      ['Trading fee', limits.custom_fees_bps === null ? 'the platform’s' : `${limits.custom_fees_bps} bps`],
                      ['Risk tier', limits.risk_tier],
                      ['Categories', categories.allowed.map(formatWords).join(', ')],
                    ]}
                  />
                </div>
              </Section>
            </div>
          </>
        )}
      </Shown>
    </>
  );
}

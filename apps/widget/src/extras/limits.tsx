/** Limits the player sets for itself: what is in force, what is used of it, what waits. */
import { useAct, useEndpoint } from '@predictu/ui/api/use-endpoint.tsx';
import type { Answer } from '@predictu/ui/api/wire.ts';
import { formatUsd } from '@predictu/ui/format/money.ts';
import { formatTime } from '@predictu/ui/format/time.ts';
import { useNow } from '@predictu/ui/kit/figures.tsx';
import { useToasts } from '@predictu/ui/kit/toasts.tsx';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LimitForm, type OwnLimit } from './limit-form.tsx';
import { Listed } from './listed.tsx';
import { SelfExclusion } from './self-exclusion.tsx';

type OwnLimits = Answer<'getLimits'>['data'];
const GROUPS = ['stake', 'loss', 'session'] as const;

export function Limits() {
  const { t } = useTranslation();
  const limits = useEndpoint('getLimits', {}, { every: 30_000 });
  return (
    <Listed of={limits} rows={8}>
      {({ data }) => (
        <>
          <p className="explain">{t('limit.intro')}</p>
          {GROUPS.map((group) => (
            <Group key={group} group={group} limits={data} />
          ))}
          <SelfExclusion exclusion={data.self_exclusion} />
        </>
      )}
    </Listed>
  );
}

function Group({ group, limits: { limits, session } }: { group: (typeof GROUPS)[number]; limits: OwnLimits }) {
  const { t } = useTranslation();
  const now = useNow();
  const waiting = group === 'session' && session !== null && new Date(session.ends_at) <= now && new Date(session.free_at) > now;
  return (
    <section className="block column">
      <h2>{t(group === 'session' ? 'limit.time' : `limit.${group}`)}</h2>
      {group !== 'stake' && <p className="small tertiary">{t(group === 'loss' ? 'limit.lossHint' : 'limit.timeHint')}</p>}
      <ul>
        {limits
          .filter(({ kind }) => kind.startsWith(group))
          .map((limit) => (
            <Limit key={limit.kind} limit={limit} />
          ))}
      </ul>
      {waiting && session && <p className="refusal">{t('limit.resets', { at: formatTime(new Date(session.free_at), now) })}</p>}
    </section>
  );
}

function useLimitWords(): (value: { amount_usd: number | null; minutes: number | null }) => string {
  const { t } = useTranslation();
  return ({ amount_usd, minutes }) =>
    amount_usd !== null ? formatUsd(amount_usd) : minutes !== null ? t('limit.minutes', { count: minutes }) : t('limit.none');
}

function Limit({ limit }: { limit: OwnLimit }) {
  const { t } = useTranslation();
  const now = useNow();
  const toasts = useToasts();
  const words = useLimitWords();
  const [changing, setChanging] = useState(false);
  const keep = useAct('cancelPendingLimit', ['getLimits']);
  const { kind, amount_usd, used_usd, resets_at, pending } = limit;
  return (
    <li className="limit">
      <div className="row">
        <span className="column">
          <span>
            <b>{words(limit)}</b> {t(`limit.kind.${kind}`)}
          </span>
          {used_usd !== null && <Used used={used_usd} limit={amount_usd} />}
          {amount_usd !== null && resets_at !== null && (
            <span className="small tertiary">{t('limit.resets', { at: formatTime(new Date(resets_at), now) })}</span>
          )}
        </span>
        <span className="space" />
        <button type="button" className="plain-button" aria-expanded={changing} onClick={() => setChanging(!changing)}>
          {t('change')}
        </button>
      </div>
      {pending && (
        <div className="row small waiting">
          <span>{t('limit.pending', { value: words(pending), at: formatTime(new Date(pending.effective_at), now) })}</span>
          <span className="space" />
          <button
            type="button"
            className="link"
            disabled={keep.isPending}
            onClick={() => keep.mutate({ body: { kind } }, { onError: toasts.fail })}
          >
            {t('limit.keep')}
          </button>
        </div>
      )}
      {changing && <LimitForm limit={limit} onClose={() => setChanging(false)} />}
    </li>
  );
}

function Used({ used, limit }: { used: number; limit: number | null }) {
  const { t } = useTranslation();
  const spent = formatUsd(Math.max(0, used));
  if (limit === null) return <span className="small tertiary">{t('limit.spent', { used: spent })}</span>;
  return (
    <>
      <progress
        className="used"
        max={limit || 1}
        value={Math.min(limit || 1, Math.max(0, used))}
        aria-label={t('limit.used', { used: spent, limit: formatUsd(limit) })}
      />
      <span className="small tertiary">{t('limit.used', { used: spent, limit: formatUsd(limit) })}</span>
    </>
  );
}

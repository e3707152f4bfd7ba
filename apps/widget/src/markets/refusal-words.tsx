/** What a trade was refused for, in words for the player; the API's own where there are none. */
import { ApiError } from '@predictu/ui/api/client.ts';
import { formatUsd } from '@predictu/ui/format/money.ts';
import { useTranslation } from 'react-i18next';
import { goTo } from '../embed/place.ts';

function useWords(error: Error): { words: string; own: boolean } {
  const { t } = useTranslation();
  if (!(error instanceof ApiError)) return { words: error.message, own: false };
  const { code, details } = error;
  if (code === 'SELF_EXCLUDED') return { words: t('why.SELF_EXCLUDED'), own: true };
  if (code === 'MARKET_NOT_TRADEABLE')
    return { words: t(details?.['reason'] === 'resolved' ? 'why.resolved' : 'notTradeable'), own: false };
  if (code !== 'OWN_LIMIT') return { words: error.message, own: false };
  const kind = String(details?.['kind']).split('_')[0] ?? 'stake';
  const amount = (name: string) => formatUsd(Number(details?.[name] ?? 0));
  return { words: t(`why.${kind}`, { limit: amount('limit_usd'), used: amount('used_usd') }), own: true };
}

export function RefusalWords({ error }: { error: Error }) {
  const { t } = useTranslation();
  const { words, own } = useWords(error);
  return (
    <>
      <p>{words}</p>
      {own && (
        <button type="button" className="link" onClick={() => goTo('/limits')}>
          {t('why.limits')}
        </button>
      )}
    </>
  );
}

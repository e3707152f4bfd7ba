/** What a quote is made of, for players whose operator shows more than the sum. */
import type { Answer } from '@predictu/ui/api/wire.ts';
import { formatChance, formatUsd } from '@predictu/ui/format/money.ts';
import { useTranslation } from 'react-i18next';
import { useChoices } from '../embed/choices.ts';
import { formatOdds } from '../embed/odds.ts';

type Quote = Answer<'requestQuote'>['data'];

export function QuoteDetails({ quote }: { quote: Quote }) {
  const { t } = useTranslation();
  const { odds } = useChoices();
  const rows: readonly (readonly [string, string])[] = [
    [t('mid'), formatOdds(quote.mid, odds)],
    [t('spread'), `${Math.round(quote.receipt.spread * 1_000) / 10}¢`],
    [t('worst'), formatOdds(quote.price, odds)],
    [t('breakEven'), formatChance(Math.min(1, quote.total_usd / quote.quantity))],
    [t('gain', { outcome: t(quote.outcome) }), formatUsd(Math.round((quote.quantity - quote.total_usd) * 100) / 100)],
  ];
  return (
    <dl className="sum" aria-label={t('details')}>
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd className="figure">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

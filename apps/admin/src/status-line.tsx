/** The line below every screen: is trading open, how much is at stake, what waits. */
import { useEndpoint } from '@predictu/ui/api/use-endpoint.tsx';
import { formatPercent, formatUsd } from '@predictu/ui/format/money.ts';
import { formatAge, formatClock, formatDate } from '@predictu/ui/format/time.ts';
import { formatCounted } from '@predictu/ui/format/words.ts';
import { useNow } from '@predictu/ui/kit/figures.tsx';
import { ShapeMark } from '@predictu/ui/kit/status.tsx';
import { trippedOf } from './risk/use-tripped.ts';

/** An instant in the words of the server, as its age. */
const spoken = (words: string, now: Date): string =>
  words.replace(/last event (\d{4}-\d\d-\d\dT[\d:.]+Z)/, (_, at: string) => `${formatAge(new Date(at), now)} ago`);

export function StatusLine({ callbacks }: { callbacks: number }) {
  const risk = useEndpoint('getRisk', {}, { every: 60_000 }).data?.data;
  const health = useEndpoint('health', {}, { every: 30_000 }).data?.data;
  const now = useNow(1_000);
  const feed = health?.downstreams.market_feed;
  const halted = risk?.circuit_breakers.global_active ?? false;
  const tripped = risk ? trippedOf(risk.circuit_breakers) : 0;
  return (
    <>
      <span>
        <ShapeMark shape={halted ? 'square' : 'full'} tone={halted ? 'danger' : 'ok'} size={8} />
        <b>{halted ? 'Buying halted' : 'Trading open'}</b>
      </span>
      {risk && (
        <span>
          Exposure <b className="figure">{formatPercent(risk.exposure_summary.utilization_pct)}</b> of{' '}
          {formatUsd(risk.exposure_summary.limit_usd)}
        </span>
      )}
      <span>
        Breakers <b>{tripped} tripped</b>
      </span>
      {feed && (
        <span>
          <ShapeMark shape={feed.state === 'ok' ? 'full' : 'triangle'} tone={feed.state === 'ok' ? 'ok' : 'warn'} size={8} />
          Price feed <b>{spoken(feed.detail ?? feed.state, now)}</b>
        </span>
      )}
      <span>
        {callbacks > 0 && <ShapeMark shape="triangle" tone="warn" size={8} />}
        Callbacks <b>{formatCounted(callbacks, 'waits for a person', 'wait for a person')}</b>
      </span>
      <span className="space" />
      <span className="figure">
        <span className="date">{formatDate(now)}</span> <b>{formatClock(now)}</b> UTC
      </span>
    </>
  );
}

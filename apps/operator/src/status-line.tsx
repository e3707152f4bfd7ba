import { useEndpoint } from '@predictu/ui/api/use-endpoint.tsx';
import { formatPercent, formatUsd } from '@predictu/ui/format/money.ts';
import { formatClock, formatDate } from '@predictu/ui/format/time.ts';
import { formatCounted } from '@predictu/ui/format/words.ts';
import { useNow } from '@predictu/ui/kit/figures.tsx';
import { ShapeMark } from '@predictu/ui/kit/status.tsx';

/** The line below every screen of the console. */
export function StatusLine({ callbacks }: { callbacks: number }) {
  const risk = useEndpoint('getOperatorRisk', {}, { every: 60_000 }).data?.data;
  const now = useNow(1_000);
  const halted = (risk?.circuit_breakers.active_count ?? 0) > 0;
  return (
    <>
      <span>
        <ShapeMark shape={halted ? 'square' : 'full'} tone={halted ? 'danger' : 'ok'} size={8} />
        <b>{halted ? 'Buying is halted in places' : 'Trading open'}</b>
      </span>
      {risk && (
        <span>
          Exposure <b className="figure">{formatPercent(risk.exposure.utilization_pct)}</b> of {formatUsd(risk.exposure.limit_usd)}
        </span>
      )}
      {risk && (
        <span>
          Risk <b>{risk.risk_level}</b>
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

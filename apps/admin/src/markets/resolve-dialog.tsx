/** Resolving a market: every outcome with what it pays, to whom, by operator; a preview made now, and again before it is done. */

import { useAct, useClient, useEndpoint } from '@predictu/ui/api/use-endpoint.tsx';
import type { Answer } from '@predictu/ui/api/wire.ts';
import { formatCount, formatUsd } from '@predictu/ui/format/money.ts';
import { DangerDialog } from '@predictu/ui/kit/dialog.tsx';
import { TextField } from '@predictu/ui/kit/field.tsx';
import { Note, Shown } from '@predictu/ui/kit/panel.tsx';
import { useToasts } from '@predictu/ui/kit/toasts.tsx';
import { useState } from 'react';
import { Payouts, payoutOf } from '../settlements/payouts.tsx';

type Market = Answer<'getMarket'>['data'];
type Preview = Answer<'previewSettlement'>['data'];
type Resolution = Preview['resolution'];

const RESULTS: readonly { value: Resolution; label: string }[] = [
  { value: 'yes', label: 'Yes' },
  { value: 'no', label: 'No' },
  { value: 'split', label: '50 / 50' },
  { value: 'void', label: 'Void' },
];

export function ResolveDialog({ market, onClose }: { market: Market; onClose: () => void }) {
  const [resolution, setResolution] = useState<Resolution>('yes');
  const [link, setLink] = useState('');
  const [moved, setMoved] = useState<string | null>(null);
  const params = { market_id: market.id };
  const preview = useEndpoint('previewSettlement', { params, query: { resolution } });
  const resolve = useAct('resolveMarket', ['getMarket', 'listMarkets', 'listSettlements', 'listPendingSettlements']);
  const client = useClient();
  const toasts = useToasts();
  const shown = preview.data?.data.resolution === resolution ? preview.data.data : undefined;
  const payout = shown ? payoutOf(shown) : 0;
  const run = async (evidence: string) => {
    const again = (await client.call('previewSettlement', { params, query: { resolution } })).data;
    if (shown && payoutOf(again) !== payout) {
      setMoved(`${formatUsd(payout)} became ${formatUsd(payoutOf(again))} while you were reading.`);
      await preview.refetch();
      throw new Error('The figures moved: look again and confirm once more.');
    }
    const { data } = await resolve.mutateAsync({ params, body: { resolution, evidence, evidence_url: link || null } });
    toasts.say(data.needs_approval ? 'Held for a second admin' : `Result recorded: ${resolution}`);
  };
  return (
    <DangerDialog
      title={market.title}
      consequence="Trading ends at once. Every position is decided in one step, and what is decided is only ever corrected by exact differences."
      phrase={`${resolution.toUpperCase()} ${market.id}`}
      act={resolution === 'void' ? `Void and refund ${formatUsd(payout)}` : `Pay ${formatUsd(payout)}`}
      ready={shown !== undefined}
      wide
      run={run}
      onClose={onClose}
    >
      <Choices marketId={market.id} value={resolution} onChange={setResolution} />
      {moved && <Note tone="warn">{moved}</Note>}
      <Shown query={preview} rows={3}>
        {({ data }) => <Payouts of={data} />}
      </Shown>
      <TextField
        label="Link to the evidence"
        hint="The reason below says what shows that the market ended so."
        type="url"
        value={link}
        onChange={(event) => setLink(event.target.value)}
      />
    </DangerDialog>
  );
}

/** All results side by side, each with what it pays. */
function Choices({ marketId, value, onChange }: { marketId: string; value: Resolution; onChange: (value: Resolution) => void }) {
  return (
    <div className="choices" role="radiogroup" aria-label="Result">
      {RESULTS.map((result) => (
        <Choice
          key={result.value}
          marketId={marketId}
          {...result}
          checked={result.value === value}
          onChoose={() => onChange(result.value)}
        />
      ))}
    </div>
  );
}

type ChoiceProps = { marketId: string; value: Resolution; label: string; checked: boolean; onChoose: () => void };
function Choice({ marketId, value, label, checked, onChoose }: ChoiceProps) {
  const preview = useEndpoint('previewSettlement', { params: { market_id: marketId }, query: { resolution: value } }).data?.data;
  const winners = preview?.operators.reduce((sum, operator) => sum + operator.winners, 0) ?? 0;
  return (
    <label className={`choice ${checked ? 'chosen' : ''}`}>
      <span className="row">
        <input type="radio" name="result" value={value} checked={checked} onChange={onChoose} />
        <b>{label}</b>
      </span>
      <span className="figure strong">{preview ? formatUsd(payoutOf(preview)) : '–'}</span>
      <span className="small secondary">
        {value === 'void' ? 'refunded: the cost of every position' : preview ? `${formatCount(winners)} get more than they paid` : ' '}
      </span>
    </label>
  );
}

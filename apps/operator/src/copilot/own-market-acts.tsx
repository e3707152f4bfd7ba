/** What a member does about a market of the operator's own: its price and depth, whether it is offered, its result. */
import { useAct } from '@predictu/ui/api/use-endpoint.tsx';
import type { Row } from '@predictu/ui/api/wire.ts';
import { formatChance, formatShares } from '@predictu/ui/format/money.ts';
import { DangerDialog, FormDialog, ReasonField } from '@predictu/ui/kit/dialog.tsx';
import { SelectField, TextArea, TextField } from '@predictu/ui/kit/field.tsx';
import { Facts } from '@predictu/ui/kit/panel.tsx';
import { useToasts } from '@predictu/ui/kit/toasts.tsx';
import { useState } from 'react';

export type OwnMarket = Row<'listDeployedMarkets'>;
type Acting = { market: OwnMarket; onClose: () => void };
const REFRESHES = ['listDeployedMarkets', 'getOwnMarket', 'listOwnMarkets'] as const;

export function ChangeMarket({ market, onClose }: Acting) {
  const change = useAct('changeDeployedMarket', REFRESHES);
  const toasts = useToasts();
  const [percent, setPercent] = useState(String(Math.round(market.anchor_price * 10_000) / 100));
  const [liquidity, setLiquidity] = useState(String(market.liquidity_usd));
  const [reason, setReason] = useState('');
  const problems = change.error?.fields ?? {};
  const anchor = Math.round(Number(percent) * 100) / 10_000;
  const run = async () => {
    const body = {
      ...(anchor !== market.anchor_price && { anchor_price: anchor }),
      ...(Number(liquidity) !== market.liquidity_usd && { liquidity_usd: Number(liquidity) }),
      reason: reason.trim(),
    };
    await change.mutateAsync({ params: { market_id: market.id }, body });
    toasts.say('In force with the next quote');
  };
  const changed = anchor !== market.anchor_price || Number(liquidity) !== market.liquidity_usd;
  return (
    <FormDialog
      title="Price and depth"
      description={market.title}
      act="Set"
      ready={changed && reason.trim() !== ''}
      run={run}
      onClose={onClose}
    >
      <Facts
        of={[
          ['Price now', market.yes_price === null ? '–' : formatChance(market.yes_price)],
          ['Shares of yes and no', `${formatShares(market.yes_shares)} and ${formatShares(market.no_shares)}`],
        ]}
      />
      <TextField
        label="Your price of yes, percent"
        inputMode="decimal"
        value={percent}
        problem={problems['anchor_price']}
        onChange={(event) => setPercent(event.target.value)}
      />
      <TextField
        label="What the house commits, dollars"
        inputMode="numeric"
        hint="Less makes the spread wider."
        value={liquidity}
        problem={problems['liquidity_usd']}
        onChange={(event) => setLiquidity(event.target.value)}
      />
      <ReasonField value={reason} onChange={setReason} />
    </FormDialog>
  );
}

export function PauseMarket({ market, onClose }: Acting) {
  const change = useAct('changeDeployedMarket', REFRESHES);
  const status = market.status === 'paused' ? 'active' : 'paused';
  return (
    <DangerDialog
      title={status === 'paused' ? 'Pause this market' : 'Offer this market again'}
      consequence={
        status === 'paused'
          ? `Nobody buys in “${market.title}” any more; whoever holds shares can still sell.`
          : `Your players can buy in “${market.title}” again.`
      }
      act={status === 'paused' ? 'Pause' : 'Offer again'}
      run={(reason) => change.mutateAsync({ params: { market_id: market.id }, body: { status, reason } })}
      onClose={onClose}
    />
  );
}

const RESULTS = [
  { value: 'yes', label: 'Yes' },
  { value: 'no', label: 'No' },
  { value: 'split', label: 'Split: half each' },
  { value: 'void', label: 'Void: stakes are returned' },
];
type Result = 'yes' | 'no' | 'split' | 'void';

/** Names the result, or agrees with the one that waits. */
export function NameResult({ market, onClose }: Acting) {
  const { proposal } = market;
  const resolve = useAct('resolveDeployedMarket', REFRESHES);
  const approve = useAct('approveDeployedResult', REFRESHES);
  const [resolution, setResolution] = useState<Result>('yes');
  const [evidence, setEvidence] = useState('');
  const params = { market_id: market.id };
  const namer = proposal?.proposed_by_name ?? 'The platform';
  if (proposal)
    return (
      <DangerDialog
        title={`Approve the result ${proposal.resolution}`}
        consequence={
          proposal.needs_approval
            ? `${namer} named it. With your approval the market is decided and players are paid.`
            : `${namer} named it; it is decided at the end of the challenge window.`
        }
        act="Approve"
        reason="none"
        ready={proposal.needs_approval}
        run={() => approve.mutateAsync({ params })}
        onClose={onClose}
      />
    );
  return (
    <DangerDialog
      title="Name the result"
      consequence={`Trading in “${market.title}” ends now. Players hold ${formatShares(market.yes_shares)} shares of yes and ${formatShares(market.no_shares)} of no; each of the winning side is paid $1.`}
      act={`Name ${resolution}`}
      reason="none"
      ready={evidence.trim() !== ''}
      run={() => resolve.mutateAsync({ params, body: { resolution, evidence: evidence.trim(), evidence_url: market.draft.source.url } })}
      onClose={onClose}
    >
      <SelectField label="Result" options={RESULTS} value={resolution} onChange={(event) => setResolution(event.target.value as Result)} />
      <TextArea
        label="Evidence"
        hint="What the source says; kept for ever."
        maxLength={2_000}
        value={evidence}
        onChange={(event) => setEvidence(event.target.value)}
      />
    </DangerDialog>
  );
}

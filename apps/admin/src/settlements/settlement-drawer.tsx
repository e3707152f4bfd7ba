/** One settlement: its evidence, who proposed and approved it, and what may still be done. */
import { useAct, useEndpoint } from '@predictu/ui/api/use-endpoint.tsx';
import type { Answer, Body } from '@predictu/ui/api/wire.ts';
import { formatCount } from '@predictu/ui/format/money.ts';
import { formatWords, shortId } from '@predictu/ui/format/words.ts';
import { Button } from '@predictu/ui/kit/button.tsx';
import { DangerDialog } from '@predictu/ui/kit/dialog.tsx';
import { Drawer } from '@predictu/ui/kit/drawer.tsx';
import { SelectField } from '@predictu/ui/kit/field.tsx';
import { CopyId, Money, Time } from '@predictu/ui/kit/figures.tsx';
import { Facts, Note, Shown } from '@predictu/ui/kit/panel.tsx';
import { OutcomeTag, Status } from '@predictu/ui/kit/status.tsx';
import { useToasts } from '@predictu/ui/kit/toasts.tsx';
import { useGo } from '@predictu/ui/shell/address.ts';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { PayoutsOf } from './payouts.tsx';

type Settlement = Answer<'getSettlement'>['data'];
const REFRESHES = ['getSettlement', 'listSettlements', 'listPendingSettlements', 'getMarket', 'listMarkets'] as const;

export function SettlementDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const settlement = useEndpoint('getSettlement', { params: { settlement_id: id } }, { every: 30_000 });
  if (settlement.data) return <Details settlement={settlement.data.data} onClose={onClose} />;
  return (
    <Drawer title={<h2>Settlement</h2>} onClose={onClose}>
      <Shown query={settlement}>{() => null}</Shown>
    </Drawer>
  );
}

function Details({ settlement, onClose }: { settlement: Settlement; onClose: () => void }) {
  const go = useGo();
  const [doing, setDoing] = useState<'approve' | 'withdraw' | 'correct' | null>(null);
  const proposed = settlement.status === 'pending';
  return (
    <Drawer
      title={
        <>
          <h2>{settlement.market_title}</h2>
          <span className="row small secondary">
            <OutcomeTag outcome={settlement.resolution} />
            <Status value={settlement.held ? 'held' : settlement.status} />
          </span>
        </>
      }
      onClose={onClose}
      footer={
        <>
          {proposed && settlement.needs_approval && (
            <Button kind="primary" onClick={() => setDoing('approve')}>
              Approve…
            </Button>
          )}
          {proposed && <Button onClick={() => setDoing('withdraw')}>Withdraw…</Button>}
          {!proposed && (
            <Button kind="warns" onClick={() => setDoing('correct')}>
              Correct…
            </Button>
          )}
          <Button onClick={() => go(`/markets/${settlement.market_id}`)}>Market</Button>
          <Button onClick={() => go('/callbacks', { settlement_id: settlement.id })}>Callbacks</Button>
        </>
      }
    >
      <div className="section-body column" style={{ paddingTop: 16, gap: 16 }}>
        {settlement.held && (
          <Note tone="warn">Two signals disagree about the outcome. Nobody is paid until a person proposes a result.</Note>
        )}
        {proposed && settlement.needs_approval && <Note tone="warn">Nobody is paid until a second admin confirms.</Note>}
        <Facts
          of={[
            ['Settlement', <CopyId key="id" id={settlement.id} />],
            ...(proposed
              ? []
              : ([
                  ['Positions', formatCount(settlement.positions_settled)],
                  ['Winners and losers', `${formatCount(settlement.winners)} and ${formatCount(settlement.losers)}`],
                  ['Paid', <Money key="paid" value={settlement.total_payout_usd} />],
                  ['Lost by players', <Money key="loss" value={settlement.total_loss_usd} />],
                  ['For the house', <Money key="net" value={settlement.net_pnl_usd} result />],
                  [
                    'Callbacks',
                    `${settlement.s2s_callbacks_confirmed} of ${settlement.s2s_callbacks_sent} confirmed, ${settlement.s2s_callbacks_failed} failed`,
                  ],
                ] as const)),
            ['Proposed', <Time key="proposed" at={settlement.resolved_at} />],
            ['Decided not before', settlement.decide_at ? <Time key="decide" at={settlement.decide_at} /> : '–'],
            ['Settled', settlement.settled_at ? <Time key="settled" at={settlement.settled_at} /> : 'not yet'],
            ['Proposed by', <Actor key="proposer" id={settlement.proposed_by} name={settlement.proposed_by_name} />],
            ['Approved by', <Actor key="approver" id={settlement.approved_by} name={settlement.approved_by_name} />],
            ...(settlement.corrects_id
              ? [
                  [
                    'Corrects',
                    <Link key="corrects" className="link mono" to="/settlements" search={{ open: settlement.corrects_id } as never}>
                      {shortId(settlement.corrects_id)}
                    </Link>,
                  ] as const,
                ]
              : []),
          ]}
        />
        <div>
          <h2>Evidence</h2>
          <p className="evidence">{settlement.evidence}</p>
          {settlement.evidence_url && (
            <a className="link" href={settlement.evidence_url} target="_blank" rel="noreferrer">
              {settlement.evidence_url}
            </a>
          )}
        </div>
      </div>
      {doing && <Deed deed={doing} settlement={settlement} onClose={() => setDoing(null)} />}
    </Drawer>
  );
}

/** Leads to everything this person or job has done. */
function Actor({ id, name }: { id: string | null; name: string | null }) {
  if (id === null) return '–';
  return (
    <Link className="link" title={id} to="/audit-log" search={{ actor: id } as never}>
      {name ?? formatWords(id.replaceAll('-', '_'))}
    </Link>
  );
}

const RESULTS = { yes: 'Yes', no: 'No', split: '50 / 50', void: 'Void' } as const;

function Deed({ deed, settlement, onClose }: { deed: 'approve' | 'withdraw' | 'correct'; settlement: Settlement; onClose: () => void }) {
  const approve = useAct('approveSettlement', REFRESHES);
  const withdraw = useAct('withdrawSettlement', REFRESHES);
  const correct = useAct('correctSettlement', REFRESHES);
  const toasts = useToasts();
  const [resolution, setResolution] = useState<Body<'correctSettlement'>['resolution']>('void');
  const params = { settlement_id: settlement.id };
  if (deed === 'approve') {
    return (
      <DangerDialog
        title="Approve the result"
        consequence={`${RESULTS[settlement.resolution]}: “${settlement.market_title}” The positions are decided at once, or when the challenge window ends.`}
        phrase={settlement.resolution.toUpperCase()}
        act="Approve the result"
        reason="none"
        wide
        run={() => approve.mutateAsync({ params }).then(() => toasts.say('Approved'))}
        onClose={onClose}
      >
        <PayoutsOf marketId={settlement.market_id} resolution={settlement.resolution} />
      </DangerDialog>
    );
  }
  if (deed === 'withdraw') {
    return (
      <DangerDialog
        title="Withdraw the proposed result"
        consequence="The market is traded again at once."
        act="Withdraw"
        run={(reason) => withdraw.mutateAsync({ params, body: { reason } }).then(() => toasts.say('Withdrawn'))}
        onClose={onClose}
      />
    );
  }
  return (
    <DangerDialog
      title="Correct the settlement"
      consequence="Every player gets or gives back the exact difference; what is already spent follows the operator’s policy."
      phrase={`CORRECT ${settlement.market_id}`}
      act={`Settle as ${RESULTS[resolution]}`}
      wide
      ready={resolution !== settlement.resolution}
      run={(evidence) => correct.mutateAsync({ params, body: { resolution, evidence } }).then(() => toasts.say('Corrected'))}
      onClose={onClose}
    >
      <SelectField
        label="Result"
        options={[
          { value: 'yes', label: 'Yes' },
          { value: 'no', label: 'No' },
          { value: 'split', label: '50 / 50' },
          { value: 'void', label: 'Void' },
        ]}
        value={resolution}
        onChange={(event) => setResolution(event.target.value as typeof resolution)}
      />
      {resolution !== settlement.resolution && <PayoutsOf marketId={settlement.market_id} resolution={resolution} />}
    </DangerDialog>
  );
}

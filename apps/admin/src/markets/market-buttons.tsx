/** Pausing, resuming, resolving and voiding a market. */
import { useAct } from '@predictu/ui/api/use-endpoint.tsx';
import type { Answer } from '@predictu/ui/api/wire.ts';
import { Button } from '@predictu/ui/kit/button.tsx';
import { DangerDialog } from '@predictu/ui/kit/dialog.tsx';
import { useToasts } from '@predictu/ui/kit/toasts.tsx';
import { useState } from 'react';
import { ResolveDialog } from './resolve-dialog.tsx';

type Market = Answer<'getMarket'>['data'];
const REFRESHES = ['getMarket', 'listMarkets'] as const;

export function MarketButtons({ market }: { market: Market }) {
  const [doing, setDoing] = useState<'pause' | 'resume' | 'resolve' | null>(null);
  const pause = useAct('pauseMarket', REFRESHES);
  const resume = useAct('resumeMarket', REFRESHES);
  const toasts = useToasts();
  const params = { market_id: market.id };
  const close = () => setDoing(null);
  const over = market.status === 'resolved' || market.status === 'cancelled';
  return (
    <>
      {market.status === 'active' && <Button onClick={() => setDoing('pause')}>Pause…</Button>}
      {market.status === 'paused' && <Button onClick={() => setDoing('resume')}>Resume…</Button>}
      {!over && (
        <Button kind="warns" onClick={() => setDoing('resolve')}>
          Resolve or void…
        </Button>
      )}
      {doing === 'pause' && (
        <DangerDialog
          title="Pause the market"
          consequence="Buying stops with the next trade; players may still sell at a fresh price."
          act="Pause"
          run={(reason) => pause.mutateAsync({ params, body: { reason } }).then(() => toasts.say('Paused'))}
          onClose={close}
        />
      )}
      {doing === 'resume' && (
        <DangerDialog
          title="Resume the market"
          consequence="Players can buy again with the next trade."
          act="Resume"
          run={(reason) => resume.mutateAsync({ params, body: { reason } }).then(() => toasts.say('Resumed'))}
          onClose={close}
        />
      )}
      {doing === 'resolve' && <ResolveDialog market={market} onClose={close} />}
    </>
  );
}

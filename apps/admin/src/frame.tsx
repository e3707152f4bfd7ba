/** The frame of God Mode: where one can go, what runs, what waits for a person. */

import { LiveProvider, type Touches } from '@predictu/ui/api/live.tsx';
import { useSession } from '@predictu/ui/api/session.ts';
import { OperatorNames } from '@predictu/ui/nouns/operator-name.tsx';
import { Frame } from '@predictu/ui/shell/frame.tsx';
import type { Place } from '@predictu/ui/shell/places.ts';
import { Outlet } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useFailedCalls } from './callbacks/use-failed-calls.ts';
import { find } from './find.ts';
import { useFailedMails } from './mails/use-failed-mails.ts';
import { useOperators } from './operators/use-operators.ts';
import { useWaitingSteps } from './operators/use-waiting-steps.ts';
import { HaltDialog } from './risk/halt-dialog.tsx';
import { useHalt } from './risk/use-halt.ts';
import { client, session } from './session.ts';
import { StatusLine } from './status-line.tsx';

const PLACES: readonly Place[] = [
  { to: '/', label: 'Command centre', icon: 'home', key: 'h' },
  { to: '/activity', label: 'Activity', icon: 'activity', key: 'a' },
  { to: '/operators', label: 'Operators', icon: 'operators', key: 'o', group: 'Business' },
  { to: '/applications', label: 'Applications', icon: 'document', key: 'p' },
  { to: '/users', label: 'Users', icon: 'users', key: 'u' },
  { to: '/trades', label: 'Trades', icon: 'trades', key: 't' },
  { to: '/markets', label: 'Markets', icon: 'markets', key: 'm' },
  { to: '/risk', label: 'Risk', icon: 'risk', key: 'r', group: 'House' },
  { to: '/exposure', label: 'Exposure', icon: 'columns', key: 'e' },
  { to: '/sharp-bettors', label: 'Sharp bettors', icon: 'star', key: 'b' },
  { to: '/settlements', label: 'Settlements', icon: 'settlements', key: 's' },
  { to: '/callbacks', label: 'Callbacks', icon: 'callbacks', key: 'c' },
  { to: '/mails', label: 'E-mails', icon: 'mail', key: 'w' },
  { to: '/revenue', label: 'Revenue', icon: 'revenue', key: 'v', group: 'Money' },
  { to: '/invoices', label: 'Invoices', icon: 'invoices', key: 'i' },
  { to: '/reports', label: 'Reports and exports', icon: 'document', key: 'x' },
  { to: '/analytics', label: 'Analytics', icon: 'reports', key: 'n' },
  { to: '/configuration', label: 'Configuration', icon: 'settings', key: 'g', group: 'Platform' },
  { to: '/audit-log', label: 'Audit log', icon: 'print', key: 'l' },
];

const STREAM = client.address('streamActivity', {});
const TOUCHES: Touches = {
  trade: ['getDashboard', 'getExposure', 'listTrades'],
  settlement: ['getDashboard', 'getSettlement', 'listSettlements', 'listPendingSettlements', 'listMarkets'],
  user_signup: ['listPlayers', 'listOperatorPlayers'],
  risk_event: ['getRisk', 'listBreakers', 'listRiskEvents', 'getExposure'],
  operator_event: ['listApplications', 'listOperators', 'getOperator', 'getOnboarding', 'listWalletCalls'],
  config_change: ['getPlatformConfig', 'listPlatformConfigChanges', 'getRisk'],
};

export function AdminFrame() {
  const current = useSession(session);
  const halt = useHalt();
  const waiting = useFailedCalls()?.pagination.total ?? 0;
  const unsent = useFailedMails()?.pagination.total ?? 0;
  const steps = useWaitingSteps().length;
  const places = useMemo(() => {
    const counts: Record<string, number> = { '/callbacks': waiting, '/mails': unsent, '/operators': steps };
    return PLACES.map((place) => {
      const count = counts[place.to];
      return count === undefined ? place : { ...place, count, hot: count > 0 };
    });
  }, [waiting, unsent, steps]);
  const person = current?.person;
  const operators = useOperators();
  const names = useMemo(() => new Map(operators?.map(({ slug, name }) => [slug, name])), [operators]);
  return (
    <Frame
      program="God Mode"
      places={places}
      person={{ name: person?.name ?? person?.email ?? '', role: 'Platform admin' }}
      onLeave={session.end}
      status={<StatusLine callbacks={waiting} />}
      find={find}
      acts={[{ label: 'Halt trading…', shortcut: 'Shift H', run: halt.open }]}
    >
      <LiveProvider stream={STREAM} touches={TOUCHES}>
        <OperatorNames value={names}>
          <Outlet />
        </OperatorNames>
      </LiveProvider>
      {halt.shown && <HaltDialog onClose={halt.close} />}
    </Frame>
  );
}

/** The frame of God Mode: where one can go, what runs, what waits for a person. */
import { useSession } from '@predictu/ui/api/session.ts';
import { useEndpoint } from '@predictu/ui/api/use-endpoint.tsx';
import { Frame } from '@predictu/ui/shell/frame.tsx';
import type { Place } from '@predictu/ui/shell/places.ts';
import { Outlet } from '@tanstack/react-router';
import { useMemo } from 'react';
import { find } from './find.ts';
import { HaltDialog } from './risk/halt-dialog.tsx';
import { useHalt } from './risk/use-halt.ts';
import { session } from './session.ts';
import { StatusLine } from './status-line.tsx';

const PLACES: readonly Place[] = [
  { to: '/', label: 'Command centre', icon: 'home', key: 'h' },
  { to: '/activity', label: 'Activity', icon: 'activity', key: 'a' },
  { to: '/operators', label: 'Operators', icon: 'operators', key: 'o', group: 'Business' },
  { to: '/users', label: 'Users', icon: 'users', key: 'u' },
  { to: '/trades', label: 'Trades', icon: 'trades', key: 't' },
  { to: '/markets', label: 'Markets', icon: 'markets', key: 'm' },
  { to: '/risk', label: 'Risk', icon: 'risk', key: 'r', group: 'House' },
  { to: '/exposure', label: 'Exposure', icon: 'columns', key: 'e' },
  { to: '/sharp-bettors', label: 'Sharp bettors', icon: 'star', key: 'b' },
  { to: '/settlements', label: 'Settlements', icon: 'settlements', key: 's' },
  { to: '/callbacks', label: 'Callbacks', icon: 'callbacks', key: 'c' },
  { to: '/revenue', label: 'Revenue', icon: 'revenue', key: 'v', group: 'Money' },
  { to: '/invoices', label: 'Invoices', icon: 'invoices', key: 'i' },
  { to: '/analytics', label: 'Analytics', icon: 'reports', key: 'n' },
  { to: '/configuration', label: 'Configuration', icon: 'settings', key: 'g', group: 'Platform' },
];

export function AdminFrame() {
  const current = useSession(session);
  const halt = useHalt();
  const failed = useEndpoint('listWalletCalls', { query: { status: 'failed', limit: 1 } }, { every: 30_000 });
  const waiting = failed.data?.pagination.total ?? 0;
  const places = useMemo(
    () => PLACES.map((place) => (place.to === '/callbacks' ? { ...place, count: waiting, hot: waiting > 0 } : place)),
    [waiting],
  );
  const person = current?.person;
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
      <Outlet />
      {halt.shown && <HaltDialog onClose={halt.close} />}
    </Frame>
  );
}

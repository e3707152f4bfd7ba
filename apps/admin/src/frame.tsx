import { useSession } from '@predictu/ui/api/session.ts';
import { Frame } from '@predictu/ui/shell/frame.tsx';
import type { Place } from '@predictu/ui/shell/places.ts';
import { Outlet } from '@tanstack/react-router';
import { session } from './session.ts';

const PLACES: readonly Place[] = [{ to: '/risk', label: 'Risk', icon: 'risk', key: 'r', group: 'House' }];

export function AdminFrame() {
  const current = useSession(session);
  return (
    <Frame
      program="God Mode"
      places={PLACES}
      person={{ name: current?.person.name ?? current?.person.email ?? '', role: 'Platform admin' }}
      onLeave={session.end}
      status={null}
      find={async () => []}
    >
      <Outlet />
    </Frame>
  );
}

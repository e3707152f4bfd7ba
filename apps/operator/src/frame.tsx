/** The frame of the operator console. The operator's name stands first; ours stands small at the foot. */
import { LiveProvider, type Touches } from '@predictu/ui/api/live.tsx';
import { useSession } from '@predictu/ui/api/session.ts';
import { useEndpoint } from '@predictu/ui/api/use-endpoint.tsx';
import { Monogram } from '@predictu/ui/kit/figures.tsx';
import { Mark } from '@predictu/ui/kit/icon.tsx';
import { Frame } from '@predictu/ui/shell/frame.tsx';
import type { Found, Place } from '@predictu/ui/shell/places.ts';
import { Outlet } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useFailedCalls } from './callbacks/use-failed-calls.ts';
import { client, session } from './session.ts';
import { StatusLine } from './status-line.tsx';
import { TrialNote } from './trial-note.tsx';

const PLACES: readonly Place[] = [
  { to: '/', label: 'Dashboard', icon: 'home', key: 'h' },
  { to: '/users', label: 'Players', icon: 'users', key: 'u', group: 'Business' },
  { to: '/trades', label: 'Trades', icon: 'trades', key: 't' },
  { to: '/positions', label: 'Positions', icon: 'columns', key: 'p' },
  { to: '/markets', label: 'Markets', icon: 'markets', key: 'm' },
  { to: '/copilot', label: 'Copilot', icon: 'sparkles', key: 'l' },
  { to: '/risk', label: 'Risk', icon: 'risk', key: 'r', group: 'House' },
  { to: '/exposure', label: 'Exposure', icon: 'reports', key: 'e' },
  { to: '/settlements', label: 'Settlements', icon: 'settlements', key: 's' },
  { to: '/callbacks', label: 'Callbacks', icon: 'callbacks', key: 'c' },
  { to: '/revenue', label: 'Revenue', icon: 'revenue', key: 'v', group: 'Money' },
  { to: '/invoices', label: 'Invoices', icon: 'invoices', key: 'i' },
  { to: '/reports', label: 'Reports', icon: 'document', key: 'x' },
  { to: '/settings', label: 'Settings', icon: 'settings', key: 'g', group: 'Set-up' },
  { to: '/configuration', label: 'Configuration', icon: 'columns', key: 'o' },
  { to: '/wallet', label: 'Wallet', icon: 'wallet', key: 'w' },
  { to: '/api-keys', label: 'API keys', icon: 'key', key: 'k' },
  { to: '/embed', label: 'Embed', icon: 'code', key: 'b' },
];

async function find(text: string): Promise<Found[]> {
  if (text.startsWith('usr_')) return [{ kind: 'Player', label: text, to: `/users/${text}` }];
  if (text.startsWith('mkt_')) return [{ kind: 'Market', label: text, to: `/markets/${text}` }];
  if (text.startsWith('stl_')) return [{ kind: 'Settlement', label: text, to: '/settlements', search: { open: text } }];
  if (text.startsWith('inv_')) return [{ kind: 'Invoice', label: text, to: `/invoices/${text}` }];
  if (text.startsWith('txn_')) return [{ kind: 'Callback', label: text, to: '/callbacks', search: { open: text } }];
  const query = { search: text, limit: 5 };
  const [players, markets] = await Promise.all([client.call('listOwnPlayers', { query }), client.call('listOwnMarkets', { query })]);
  return [
    ...players.data.map(({ id, username, external_id, email }) => ({
      kind: 'Players',
      label: username ?? external_id,
      ...(email ? { detail: email } : {}),
      to: `/users/${id}`,
    })),
    ...markets.data.map(({ id, title, category }) => ({ kind: 'Markets', label: title, detail: category, to: `/markets/${id}` })),
  ];
}

const STREAM = client.address('streamOwnActivity', {});
const TOUCHES: Touches = {
  trade: ['getOwnDashboard', 'getOperatorExposure', 'listOwnTrades', 'listOwnPositions'],
  settlement: ['getOwnDashboard', 'getOwnSettlement', 'listOwnSettlements', 'listOwnMarkets'],
  user_signup: ['listOwnPlayers'],
  risk_event: ['getOperatorRisk', 'getOperatorExposure'],
  operator_event: ['getSettings', 'getOwnOnboarding', 'listOwnWalletCalls', 'getWallet'],
  config_change: ['getOperatorConfig', 'listOperatorConfigChanges', 'getOperatorRisk'],
};

export function OperatorFrame() {
  const current = useSession(session);
  const settings = useEndpoint('getSettings', {}).data?.data;
  const failed = useFailedCalls();
  const places = useMemo(
    () => PLACES.map((place) => (place.to === '/callbacks' ? { ...place, count: failed, hot: failed > 0 } : place)),
    [failed],
  );
  const name = settings?.profile.name ?? current?.person.operator_slug ?? '';
  return (
    <Frame
      program={name}
      brand={
        <>
          <Monogram name={name} colour={settings?.branding.primary_color ?? null} />
          <span className="ellipsis">{name}</span>
        </>
      }
      foot={
        <span className="row tiny tertiary" style={{ padding: '16px 8px 8px' }}>
          <Mark size={13} /> Predictu
        </span>
      }
      places={places}
      person={{ name: current?.person.name ?? current?.person.email ?? '', role: 'Operator admin' }}
      onLeave={session.end}
      status={<StatusLine callbacks={failed} />}
      find={find}
    >
      <LiveProvider stream={STREAM} touches={TOUCHES}>
        <TrialNote />
        <Outlet />
      </LiveProvider>
    </Frame>
  );
}

import { useSession } from '@predictu/ui/api/session.ts';
import { SignIn } from '@predictu/ui/shell/sign-in.tsx';
import type { ReactNode } from 'react';
import { client, session } from './session.ts';

/** Nothing of the console without a session. */
export function Gate({ children }: { children: ReactNode }) {
  const current = useSession(session);
  if (current) return children;
  return (
    <SignIn
      program="Operator console"
      needsCode={({ details }) => details?.['reason'] === 'totp_required'}
      onSignIn={async (credentials) => {
        const { data } = await client.call('operatorLogin', { body: credentials });
        session.begin({ token: data.token, expires_at: data.expires_at, person: data.user });
      }}
    />
  );
}

import { useSession } from '@predictu/ui/api/session.ts';
import { SignIn } from '@predictu/ui/shell/sign-in.tsx';
import type { ReactNode } from 'react';
import { client, session } from './session.ts';

/** The workspace's own door, with links by e-mail; it leads back here. */
const LOGIN = `/auth/login?next=${encodeURIComponent(location.pathname)}`;

/** Nothing of the console without a session. */
export function Gate({ children }: { children: ReactNode }) {
  const current = useSession(session);
  if (current) return children;
  if (location.pathname.startsWith('/dashboard')) {
    location.replace(LOGIN);
    return null;
  }
  return (
    <SignIn
      program="Operator console"
      note={
        <p className="small secondary">
          <a className="link" href={LOGIN}>
            A link by e-mail, or a new password
          </a>
        </p>
      }
      needsCode={({ details }) => details?.['reason'] === 'totp_required'}
      onSignIn={async (credentials) => {
        const { data } = await client.call('operatorLogin', { body: credentials });
        session.begin({ token: data.token, expires_at: data.expires_at, person: data.user });
      }}
    />
  );
}

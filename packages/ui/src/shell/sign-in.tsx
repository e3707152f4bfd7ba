/** Signing in to a console: e-mail, password, and the code of an authenticator where one is set up. */
import { type FormEvent, useState } from 'react';
import { ApiError } from '../api/client.ts';
import { Button } from '../kit/button.tsx';
import { TextField } from '../kit/field.tsx';
import { Mark } from '../kit/icon.tsx';
import { Problem } from '../kit/panel.tsx';

export type Credentials = { email: string; password: string; totp?: string };

/** `needsCode` reads from a refusal that the second factor is asked for. */
export function SignIn({
  program,
  note,
  onSignIn,
  needsCode,
}: {
  program: string;
  note?: React.ReactNode;
  onSignIn: (credentials: Credentials) => Promise<void>;
  needsCode: (error: ApiError) => boolean;
}) {
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Error | null>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setFailure(null);
    try {
      await onSignIn({ email, password, ...(asked ? { totp: code } : {}) });
    } catch (error) {
      const codeWanted = error instanceof ApiError && needsCode(error);
      if (codeWanted && !asked) setAsked(true);
      else setFailure(error as Error);
      setBusy(false);
    }
  };
  return (
    <main className="sign-in">
      <form onSubmit={(event) => void submit(event)}>
        <div className="row" style={{ gap: 10 }}>
          <Mark size={24} />
          <h1>{program}</h1>
        </div>
        <TextField
          label="E-mail"
          type="email"
          autoComplete="username"
          required
          autoFocus
          value={email}
          onChange={(event) => setEmail(event.target.value)}
        />
        <TextField
          label="Password"
          type="password"
          autoComplete="current-password"
          required
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
        {asked && (
          <TextField
            label="Code"
            hint="Six digits from your authenticator."
            inputMode="numeric"
            autoComplete="one-time-code"
            required
            value={code}
            onChange={(event) => setCode(event.target.value)}
          />
        )}
        {failure && <Problem error={failure} />}
        <Button kind="primary" size="large" type="submit" busy={busy}>
          Sign in
        </Button>
        {note}
      </form>
    </main>
  );
}

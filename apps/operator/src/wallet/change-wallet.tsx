/** Who keeps the money, where the wallet answers, and how long and how often it is asked. */
import { useAct } from '@predictu/ui/api/use-endpoint.tsx';
import type { Answer } from '@predictu/ui/api/wire.ts';
import { FormDialog } from '@predictu/ui/kit/dialog.tsx';
import { SelectField, TextField } from '@predictu/ui/kit/field.tsx';
import { useToasts } from '@predictu/ui/kit/toasts.tsx';
import { useState } from 'react';

type Settings = Answer<'getWallet'>['data'];
type Mode = Settings['mode'];

export const MODES: readonly { value: Mode; label: string }[] = [
  { value: 'internal', label: 'The platform keeps it' },
  { value: 'seamless', label: 'Your own wallet keeps it' },
  { value: 'shadow', label: 'Nobody: no money moves' },
];
const HINTS: Record<Mode, string> = {
  internal: 'Your cashier moves money in and out with the API.',
  seamless: 'Every bet asks your wallet, every payout is told to it.',
  shadow: 'Players bet without money: for trying things out.',
};

export function ChangeWallet({ wallet, onClose }: { wallet: Settings; onClose: () => void }) {
  const change = useAct('changeWallet', ['getWallet', 'getSettings', 'getOwnOnboarding']);
  const toasts = useToasts();
  const [mode, setMode] = useState<Mode>(wallet.mode);
  const [callback, setCallback] = useState(wallet.callback_url ?? '');
  const [patience, setPatience] = useState(String(wallet.budgets_ms.BET_MAKE));
  const [concurrency, setConcurrency] = useState(String(wallet.concurrency));
  const problems = change.error?.fields ?? {};
  const url = callback.trim() || null;
  const run = async () => {
    await change.mutateAsync({
      body: {
        ...(mode !== wallet.mode && { mode }),
        ...(url !== wallet.callback_url && { callback_url: url }),
        ...(Number(patience) !== wallet.budgets_ms.BET_MAKE && { budgets_ms: { BET_MAKE: Number(patience) } }),
        ...(Number(concurrency) !== wallet.concurrency && { concurrency: Number(concurrency) }),
      },
    });
    toasts.say('In force with the next request');
  };
  return (
    <FormDialog title="Connection to your wallet" act="Save" ready={mode !== 'seamless' || url !== null} run={run} onClose={onClose}>
      <SelectField
        label="Who keeps the players’ money"
        hint={`${HINTS[mode]} Changes only while no player has a balance or an open position.`}
        options={MODES}
        value={mode}
        onChange={(event) => setMode(event.target.value as Mode)}
      />
      <TextField
        label="Callback URL"
        type="url"
        hint="Where your wallet answers: https, a public address, no redirect."
        value={callback}
        problem={problems['callback_url']}
        onChange={(event) => setCallback(event.target.value)}
      />
      <TextField
        label="A bet may wait, milliseconds"
        inputMode="numeric"
        hint="250 to 20,000. Without an answer by then the bet is undone."
        value={patience}
        problem={problems['budgets_ms.BET_MAKE']}
        onChange={(event) => setPatience(event.target.value)}
      />
      <TextField
        label="Requests at the same time"
        inputMode="numeric"
        hint="1 to 256: as many as your wallet takes without getting slower."
        value={concurrency}
        problem={problems['concurrency']}
        onChange={(event) => setConcurrency(event.target.value)}
      />
    </FormDialog>
  );
}

/** Deposits to and withdrawals from a balance the platform keeps: one immutable ledger row, once per key. */
import { useAct } from '@predictu/ui/api/use-endpoint.tsx';
import type { Answer } from '@predictu/ui/api/wire.ts';
import { formatUsd } from '@predictu/ui/format/money.ts';
import { Segments } from '@predictu/ui/kit/button.tsx';
import { DangerDialog } from '@predictu/ui/kit/dialog.tsx';
import { TextField } from '@predictu/ui/kit/field.tsx';
import { useToasts } from '@predictu/ui/kit/toasts.tsx';
import { useRef, useState } from 'react';

type Player = Answer<'getOwnPlayer'>['data'];

export function BalanceDialog({ player, onClose }: { player: Player; onClose: () => void }) {
  const [action, setAction] = useState<'deposit' | 'withdraw'>('deposit');
  const [amount, setAmount] = useState('');
  const key = useRef(crypto.randomUUID());
  const adjust = useAct('adjustBalance', ['getOwnPlayer', 'listOwnPlayers']);
  const toasts = useToasts();
  const dollars = Number(amount);
  const after = player.balance_usd + (action === 'deposit' ? dollars : -dollars);
  return (
    <DangerDialog
      title={`Adjust the balance of ${player.username ?? player.external_id}`}
      consequence={
        dollars > 0
          ? `${formatUsd(player.balance_usd)} becomes ${formatUsd(after)}. The movement stays in the ledger for ever.`
          : 'The movement stays in the ledger for ever.'
      }
      act={`${action === 'deposit' ? 'Deposit' : 'Withdraw'} ${formatUsd(dollars || 0)}`}
      ready={dollars > 0}
      run={(reason) =>
        adjust
          .mutateAsync({ params: { user_id: player.id }, body: { action, amount_usd: dollars, reason, idempotency_key: key.current } })
          .then(({ data }) => toasts.say(`The balance is ${formatUsd(data.balance_after_usd)}`))
      }
      onClose={onClose}
    >
      <Segments
        label="Direction"
        value={action}
        options={[
          { value: 'deposit', label: 'Deposit' },
          { value: 'withdraw', label: 'Withdraw' },
        ]}
        onChange={setAction}
      />
      <TextField
        label="Amount, dollars"
        type="number"
        min={0.01}
        step={0.01}
        value={amount}
        problem={adjust.error?.fields['amount_usd']}
        onChange={(event) => setAmount(event.target.value)}
      />
    </DangerDialog>
  );
}

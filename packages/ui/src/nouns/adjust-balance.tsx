/** Deposits to and withdrawals from a balance the platform keeps: one immutable ledger row, once per key. */
import { useRef, useState } from 'react';
import type { Answer, Body } from '../api/wire.ts';
import { formatUsd } from '../format/money.ts';
import { Segments } from '../kit/button.tsx';
import { DangerDialog } from '../kit/dialog.tsx';
import { TextField } from '../kit/field.tsx';
import { useToasts } from '../kit/toasts.tsx';

type Player = Pick<Answer<'getOwnPlayer'>['data'], 'username' | 'external_id' | 'balance_usd'>;

export function BalanceDialog({
  player,
  problem,
  run,
  onClose,
}: {
  player: Player;
  /** What the server says about the amount. */
  problem: string | undefined;
  run: (body: Body<'adjustBalance'>) => Promise<{ data: { balance_after_usd: number } }>;
  onClose: () => void;
}) {
  const [action, setAction] = useState<'deposit' | 'withdraw'>('deposit');
  const [amount, setAmount] = useState('');
  const key = useRef(crypto.randomUUID());
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
        run({ action, amount_usd: dollars, reason, idempotency_key: key.current }).then(({ data }) =>
          toasts.say(`The balance is ${formatUsd(data.balance_after_usd)}`),
        )
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
        problem={problem}
        onChange={(event) => setAmount(event.target.value)}
      />
    </DangerDialog>
  );
}

/** An operator's copilot credits, and topping them up. */

import { useAct, useEndpoint } from '@predictu/ui/api/use-endpoint.tsx';
import { formatCount } from '@predictu/ui/format/money.ts';
import { formatCounted } from '@predictu/ui/format/words.ts';
import { Button } from '@predictu/ui/kit/button.tsx';
import { FormDialog } from '@predictu/ui/kit/dialog.tsx';
import { TextArea, TextField } from '@predictu/ui/kit/field.tsx';
import { Time } from '@predictu/ui/kit/figures.tsx';
import { Section, Shown } from '@predictu/ui/kit/panel.tsx';
import { useToasts } from '@predictu/ui/kit/toasts.tsx';
import { TableBody } from '@predictu/ui/table/table-body.tsx';
import { useState } from 'react';

const WORDS = { credit_grant: 'Trial grant', credit_top_up: 'Top-up', copilot_answer: 'Answer', copilot_refund: 'Paid back' } as const;

export function Credits({ slug }: { slug: string }) {
  const credits = useEndpoint('getOperatorCredits', { params: { slug } });
  const [adding, setAdding] = useState(false);
  return (
    <Shown query={credits}>
      {({ data }) => (
        <Section
          title={formatCounted(data.balance, 'credit')}
          subtitle={`an answer costs ${formatCount(data.answer_price)}; a credit is a cent`}
          actions={<Button onClick={() => setAdding(true)}>Top up…</Button>}
        >
          <TableBody
            rows={data.entries}
            rowKey={({ id }) => id}
            columns={[
              { key: 'created_at', label: 'When', cell: ({ created_at }) => <Time at={created_at} /> },
              { key: 'type', label: 'What', cell: ({ type }) => WORDS[type] },
              { key: 'description', label: 'Reason', cell: ({ description }) => description },
              {
                key: 'credits',
                label: 'Credits',
                right: true,
                cell: ({ credits: moved }) => `${moved > 0 ? '+' : '−'}${formatCount(Math.abs(moved))}`,
              },
              { key: 'balance_after', label: 'Left', right: true, cell: ({ balance_after }) => formatCount(balance_after) },
            ]}
          />
          {adding && <TopUp slug={slug} onClose={() => setAdding(false)} />}
        </Section>
      )}
    </Shown>
  );
}

function TopUp({ slug, onClose }: { slug: string; onClose: () => void }) {
  const topUp = useAct('topUpCredits', ['getOperatorCredits']);
  const toasts = useToasts();
  const [amount, setAmount] = useState('1000');
  const [reason, setReason] = useState('');
  // One key for one dialog: pressing twice tops up once.
  const [key] = useState(() => crypto.randomUUID());
  const problems = topUp.error?.fields ?? {};
  const run = async () => {
    const { data } = await topUp.mutateAsync({
      params: { slug },
      body: { credits: Number(amount), reason: reason.trim() },
      idempotencyKey: key,
    });
    toasts.say(`${formatCounted(data.balance, 'credit')} now`);
  };
  return (
    <FormDialog
      title="Top up copilot credits"
      description="In the audit log with its reason."
      act="Top up"
      ready={Number(amount) >= 1 && reason.trim() !== ''}
      run={run}
      onClose={onClose}
    >
      <TextField
        label="Credits"
        inputMode="numeric"
        value={amount}
        problem={problems['credits']}
        onChange={(event) => setAmount(event.target.value)}
      />
      <TextArea
        label="Reason"
        maxLength={500}
        value={reason}
        problem={problems['reason']}
        onChange={(event) => setReason(event.target.value)}
      />
    </FormDialog>
  );
}

/** What signs the requests to the wallet: secrets that both sides know, and keys of which the wallet needs only the public half. */
import { useAct } from '@predictu/ui/api/use-endpoint.tsx';
import type { Answer } from '@predictu/ui/api/wire.ts';
import { formatWords } from '@predictu/ui/format/words.ts';
import { Button } from '@predictu/ui/kit/button.tsx';
import { FormDialog } from '@predictu/ui/kit/dialog.tsx';
import { CopyId, Time } from '@predictu/ui/kit/figures.tsx';
import { Empty, Section } from '@predictu/ui/kit/panel.tsx';
import { SecretOnce } from '@predictu/ui/kit/secret.tsx';
import { Status } from '@predictu/ui/kit/status.tsx';
import { useToasts } from '@predictu/ui/kit/toasts.tsx';
import { TableBody } from '@predictu/ui/table/table-body.tsx';
import { useState } from 'react';

type Settings = Answer<'getWallet'>['data'];
const REFRESHES = ['getWallet', 'getSettings'] as const;

export function WebhookSecrets({ secrets }: { secrets: Settings['webhook_secrets'] }) {
  const make = useAct('rotateWebhookSecret', REFRESHES);
  const [asking, setAsking] = useState(false);
  const [made, setMade] = useState<string | null>(null);
  return (
    <Section
      title="Webhook secrets"
      subtitle="sign every request as Standard Webhooks do"
      actions={<Button onClick={() => setAsking(true)}>New secret…</Button>}
    >
      {secrets.length === 0 ? (
        <Empty>There is no webhook secret yet: requests carry the signature of our key alone.</Empty>
      ) : (
        <TableBody
          rows={secrets}
          rowKey={({ created_at }) => created_at}
          columns={[
            {
              key: 'state',
              label: 'Status',
              cell: ({ ends_at }) => <Status value={ends_at ? 'waiting' : 'active'} words={ends_at ? 'Ends' : 'Active'} />,
            },
            { key: 'created_at', label: 'Made', cell: ({ created_at }) => <Time at={created_at} /> },
            { key: 'ends_at', label: 'Signs until', cell: ({ ends_at }) => (ends_at ? <Time at={ends_at} /> : 'the next one is made') },
          ]}
        />
      )}
      {asking && (
        <FormDialog
          title="New webhook secret"
          description={
            secrets.length === 0
              ? 'It signs every request from now on.'
              : 'It signs at once; the present one signs beside it for a day, so that your wallet can change over without a gap.'
          }
          act="Make the secret"
          run={async () => setMade((await make.mutateAsync({ body: {} })).data.secret)}
          onClose={() => setAsking(false)}
        >
          {null}
        </FormDialog>
      )}
      {made && (
        <SecretOnce
          title="Webhook secret"
          means="Whoever has it can sign requests your wallet takes for ours."
          lost="If it is lost, make a new one."
          values={[['Webhook secret', made]]}
          onClose={() => setMade(null)}
        />
      )}
    </Section>
  );
}

const STATES: Record<Settings['signing_keys'][number]['state'], string> = {
  new: 'waiting',
  active: 'active',
  retiring: 'inactive',
  ended: 'inactive',
};

export function SigningKeys({ keys }: { keys: Settings['signing_keys'] }) {
  const rotate = useAct('rotateSigningKey', REFRESHES);
  const toasts = useToasts();
  const [asking, setAsking] = useState(false);
  return (
    <Section
      title="Signing keys"
      subtitle="RS256, published among our public keys"
      actions={<Button onClick={() => setAsking(true)}>New signing key…</Button>}
    >
      {keys.length === 0 ? (
        <Empty>The first key is made with the first request to your wallet.</Empty>
      ) : (
        <TableBody
          rows={keys}
          rowKey={({ kid }) => kid}
          columns={[
            { key: 'kid', label: 'Key', cell: ({ kid }) => <CopyId id={kid} /> },
            { key: 'state', label: 'Status', cell: ({ state }) => <Status value={STATES[state]} words={formatWords(state)} /> },
            { key: 'active_from', label: 'Signs from', cell: ({ active_from }) => <Time at={active_from} /> },
            { key: 'ends_at', label: 'Published until', cell: ({ ends_at }) => (ends_at ? <Time at={ends_at} /> : 'the next one signs') },
            { key: 'fingerprint', label: 'Fingerprint', cell: ({ fingerprint }) => <CopyId id={fingerprint} /> },
          ]}
        />
      )}
      {asking && (
        <FormDialog
          title="New signing key"
          description="It is published at once and signs ten minutes later; the present one stays published for a day after that. A wallet that takes keys by their name needs nothing from you."
          act="Make the key"
          run={async () => {
            await rotate.mutateAsync({ body: {} });
            toasts.say('Published; it signs in ten minutes');
          }}
          onClose={() => setAsking(false)}
        >
          {null}
        </FormDialog>
      )}
    </Section>
  );
}

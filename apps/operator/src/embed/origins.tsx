/** The pages that may show the embed: added, proved by a TXT record, checked now, removed. */
import { useAct, useEndpoint } from '@predictu/ui/api/use-endpoint.tsx';
import type { Row } from '@predictu/ui/api/wire.ts';
import { formatCount } from '@predictu/ui/format/money.ts';
import { Button } from '@predictu/ui/kit/button.tsx';
import { DangerDialog, Dialog, FormDialog } from '@predictu/ui/kit/dialog.tsx';
import { TextField } from '@predictu/ui/kit/field.tsx';
import { Time } from '@predictu/ui/kit/figures.tsx';
import { Empty, Note, Section, Shown } from '@predictu/ui/kit/panel.tsx';
import { CopyText } from '@predictu/ui/kit/secret.tsx';
import { Status } from '@predictu/ui/kit/status.tsx';
import { useToasts } from '@predictu/ui/kit/toasts.tsx';
import { TableBody } from '@predictu/ui/table/table-body.tsx';
import { useState } from 'react';

type Origin = Row<'listEmbedOrigins'>;
const REFRESHES = ['listEmbedOrigins', 'getOwnOnboarding'] as const;
type Doing = { what: 'add' } | { what: 'record' | 'remove'; origin: Origin };

export function Origins() {
  const origins = useEndpoint('listEmbedOrigins', {}, { every: 30_000 });
  const [doing, setDoing] = useState<Doing | null>(null);
  const close = () => setDoing(null);
  return (
    <Section
      title="Origins"
      subtitle="pages that may show the embed"
      actions={<Button onClick={() => setDoing({ what: 'add' })}>Add an origin</Button>}
    >
      <Shown query={origins}>
        {({ data }) => (
          <>
            {data.length === 0 ? <Empty>No origin may show the embed yet.</Empty> : <Table rows={data} onDo={setDoing} />}
            {doing?.what === 'record' && <Record origin={data.find(({ id }) => id === doing.origin.id) ?? doing.origin} onClose={close} />}
          </>
        )}
      </Shown>
      {doing?.what === 'add' && (
        <Add
          onAdded={(origin) => setDoing({ what: 'record', origin })}
          onClose={() => setDoing((now) => (now?.what === 'add' ? null : now))}
        />
      )}
      {doing?.what === 'remove' && <Remove origin={doing.origin} onClose={close} />}
    </Section>
  );
}

function Table({ rows, onDo }: { rows: readonly Origin[]; onDo: (doing: Doing) => void }) {
  return (
    <TableBody
      rows={rows}
      rowKey={({ id }) => id}
      csv="origins"
      columns={[
        { key: 'origin', label: 'Origin', cell: ({ origin }) => origin },
        {
          key: 'status',
          label: 'Status',
          cell: ({ status }) => (
            <Status value={status === 'pending_verification' ? 'unverified' : status === 'removed' ? 'inactive' : status} />
          ),
        },
        { key: 'request_count_24h', label: 'Sessions, 24 h', right: true, cell: ({ request_count_24h }) => formatCount(request_count_24h) },
        { key: 'last_seen_at', label: 'Last seen', cell: ({ last_seen_at }) => <Time at={last_seen_at} age /> },
        { key: 'created_at', label: 'Since', cell: ({ created_at }) => <Time at={created_at} /> },
        {
          key: 'acts',
          label: 'Change',
          cell: (origin) => (
            <span className="row">
              {origin.status === 'pending_verification' && (
                <Button onClick={() => onDo({ what: 'record', origin })} aria-label={`Verify ${origin.origin}`}>
                  Verify…
                </Button>
              )}
              <Button kind="warns" onClick={() => onDo({ what: 'remove', origin })} aria-label={`Remove ${origin.origin}`}>
                Remove…
              </Button>
            </span>
          ),
        },
      ]}
    />
  );
}

function Add({ onAdded, onClose }: { onAdded: (origin: Origin) => void; onClose: () => void }) {
  const add = useAct('addEmbedOrigin', REFRESHES);
  const [origin, setOrigin] = useState('');
  return (
    <FormDialog
      title="Add an origin"
      description="A domain of yours whose pages show the embed."
      act="Add"
      ready={origin !== ''}
      run={async () => {
        const { data } = await add.mutateAsync({ body: { origin } });
        onAdded(data);
      }}
      onClose={onClose}
    >
      <TextField
        label="Origin"
        type="url"
        hint="Like https://example-casino.com, without a path or a slash at the end."
        value={origin}
        problem={add.error?.fields['origin']}
        onChange={(event) => setOrigin(event.target.value.trim())}
      />
    </FormDialog>
  );
}

function Record({ origin, onClose }: { origin: Origin; onClose: () => void }) {
  const check = useAct('checkEmbedOrigin', REFRESHES);
  const toasts = useToasts();
  const host = new URL(origin.origin).hostname;
  const verified = origin.status === 'verified';
  const ask = () =>
    check
      .mutateAsync({ params: { origin_id: origin.id }, body: {} })
      .then(({ data }) => toasts.say(data.check_detail ?? data.status), toasts.fail);
  return (
    <Dialog
      title={`Verify ${origin.origin}`}
      description="Add this record where the domain is managed. It is looked for every five minutes."
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Close</Button>
          <Button kind="primary" busy={check.isPending} disabled={verified} onClick={() => void ask()}>
            Check now
          </Button>
        </>
      }
    >
      {verified ? (
        <Note>The origin is verified: its pages may show the embed.</Note>
      ) : (
        <>
          <CopyText label="Name of the TXT record" value={host} />
          <CopyText label="Its text" value={`predictu-verify=${origin.verification_token ?? ''}`} />
          <span className="small secondary">
            Where {host} is an alias (CNAME), put it at _predictu-verify.{host} instead.
          </span>
          {origin.last_checked_at && (
            <Note>
              Asked <Time at={origin.last_checked_at} age />: {origin.check_detail}
            </Note>
          )}
        </>
      )}
    </Dialog>
  );
}

function Remove({ origin: { id, origin }, onClose }: { origin: Origin; onClose: () => void }) {
  const remove = useAct('removeEmbedOrigin', REFRESHES);
  const toasts = useToasts();
  return (
    <DangerDialog
      title={`Remove ${origin}`}
      consequence="Its pages show the embed no longer, and players who came from there are signed out."
      phrase={origin}
      act="Remove the origin"
      reason="none"
      run={() =>
        remove.mutateAsync({ body: { origin_id: id } }).then(({ data }) => toasts.say(`Removed; ${data.ended_sessions} sessions ended`))
      }
      onClose={onClose}
    />
  );
}

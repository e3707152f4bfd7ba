/** Key pairs: made, rotated with an overlap, deleted. A secret is shown once. */
import { useAct, useEndpoint } from '@predictu/ui/api/use-endpoint.tsx';
import type { Answer, Row } from '@predictu/ui/api/wire.ts';
import { formatCount } from '@predictu/ui/format/money.ts';
import { formatWords } from '@predictu/ui/format/words.ts';
import { Button } from '@predictu/ui/kit/button.tsx';
import { DangerDialog, FormDialog } from '@predictu/ui/kit/dialog.tsx';
import { CheckField, SelectField, TextField } from '@predictu/ui/kit/field.tsx';
import { CopyId, Time } from '@predictu/ui/kit/figures.tsx';
import { Section, Shown } from '@predictu/ui/kit/panel.tsx';
import { SecretOnce } from '@predictu/ui/kit/secret.tsx';
import { Status } from '@predictu/ui/kit/status.tsx';
import { useToasts } from '@predictu/ui/kit/toasts.tsx';
import { TableBody } from '@predictu/ui/table/table-body.tsx';
import { useState } from 'react';

type Key = Row<'listApiKeys'>;
type Made = Answer<'createApiKey'>['data'];
type Scope = Key['permissions'][number];
type Doing = { what: 'create' } | { what: 'rotate' | 'delete'; key: Key };
const REFRESHES = ['listApiKeys', 'getEmbedCode', 'getOwnOnboarding'] as const;
const SCOPES: readonly [Scope, string][] = [
  ['server_api', 'Server calls: everything a member may do'],
  ['read_only', 'Reading'],
  ['s2s_callback', 'Signing launch tokens'],
];
const OVERLAPS = [
  { value: '24', label: 'For a day' },
  { value: '1', label: 'For an hour' },
  { value: '168', label: 'For a week' },
  { value: '0', label: 'Not at all' },
];

export function Keys() {
  const keys = useEndpoint('listApiKeys', {}, { every: 30_000 });
  const [doing, setDoing] = useState<Doing | null>(null);
  const [made, setMade] = useState<Made | null>(null);
  const close = () => setDoing(null);
  return (
    <Section
      title="Key pairs"
      subtitle="the secret is shown once, when a pair is made"
      actions={<Button onClick={() => setDoing({ what: 'create' })}>New key pair</Button>}
    >
      <Shown query={keys}>{({ data }) => <Table rows={data} onDo={setDoing} />}</Shown>
      {doing?.what === 'create' && <Create onMade={setMade} onClose={close} />}
      {doing?.what === 'rotate' && <Rotate apiKey={doing.key} onMade={setMade} onClose={close} />}
      {doing?.what === 'delete' && <Delete apiKey={doing.key} onClose={close} />}
      {made && (
        <SecretOnce
          title={made.name}
          values={[
            ['API key', made.api_key],
            ['API secret', made.api_secret],
          ]}
          onClose={() => setMade(null)}
        />
      )}
    </Section>
  );
}

function Table({ rows, onDo }: { rows: readonly Key[]; onDo: (doing: Doing) => void }) {
  return (
    <TableBody
      rows={rows}
      rowKey={({ id }) => id}
      csv="key-pairs"
      columns={[
        { key: 'name', label: 'Name', cell: ({ name }) => name },
        { key: 'prefix', label: 'Begins with', cell: ({ prefix }) => <span className="mono">{prefix}…</span> },
        {
          key: 'status',
          label: 'Status',
          cell: ({ status }) => (
            <Status value={status === 'expired' || status === 'revoked' ? 'inactive' : status} words={formatWords(status)} />
          ),
        },
        { key: 'permissions', label: 'May', cell: ({ permissions }) => permissions.map(formatWords).join(', ') },
        { key: 'requests_24h', label: 'Requests, 24 h', right: true, cell: ({ requests_24h }) => formatCount(requests_24h) },
        { key: 'last_used_at', label: 'Last used', cell: ({ last_used_at }) => <Time at={last_used_at} age /> },
        { key: 'expires_at', label: 'Expires', cell: ({ expires_at }) => (expires_at ? <Time at={expires_at} /> : 'never') },
        { key: 'id', label: 'Id', cell: ({ id }) => <CopyId id={id} /> },
        {
          key: 'acts',
          label: 'Change',
          cell: (key) =>
            key.status === 'revoked' ? null : (
              <span className="row">
                {key.status === 'active' && (
                  <Button onClick={() => onDo({ what: 'rotate', key })} aria-label={`Rotate ${key.name}`}>
                    Rotate…
                  </Button>
                )}
                <Button kind="warns" onClick={() => onDo({ what: 'delete', key })} aria-label={`Delete ${key.name}`}>
                  Delete…
                </Button>
              </span>
            ),
        },
      ]}
    />
  );
}

type Making = { onMade: (made: Made) => void; onClose: () => void };

function Create({ onMade, onClose }: Making) {
  const create = useAct('createApiKey', REFRESHES);
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<readonly Scope[]>(['s2s_callback', 'server_api']);
  const [expires, setExpires] = useState('');
  const problems = create.error?.fields ?? {};
  const toggle = (scope: Scope) => setScopes(scopes.includes(scope) ? scopes.filter((one) => one !== scope) : [...scopes, scope]);
  const save = async () => {
    const expiresAt = expires === '' ? null : new Date(`${expires}T00:00:00Z`).toISOString();
    const { data } = await create.mutateAsync({ body: { name, permissions: [...scopes], expires_at: expiresAt } });
    onMade(data);
  };
  return (
    <FormDialog title="New key pair" act="Make the pair" ready={name.trim() !== '' && scopes.length > 0} run={save} onClose={onClose}>
      <TextField label="Name" value={name} problem={problems['name']} onChange={(event) => setName(event.target.value)} />
      {SCOPES.map(([scope, words]) => (
        <CheckField key={scope} label={words} checked={scopes.includes(scope)} onChange={() => toggle(scope)} />
      ))}
      <TextField
        label="Expires"
        type="date"
        hint="At midnight UTC. Empty: never."
        value={expires}
        problem={problems['expires_at']}
        onChange={(event) => setExpires(event.target.value)}
      />
    </FormDialog>
  );
}

function Rotate({ apiKey, onMade, onClose }: Making & { apiKey: Key }) {
  const rotate = useAct('rotateApiKey', REFRESHES);
  const [overlap, setOverlap] = useState('24');
  const save = async () => {
    const { data } = await rotate.mutateAsync({ params: { key_id: apiKey.id }, body: { overlap_hours: Number(overlap) } });
    onMade(data);
  };
  return (
    <FormDialog
      title={`Rotate ${apiKey.name}`}
      description="Makes a new pair that may do the same."
      act="Rotate"
      run={save}
      onClose={onClose}
    >
      <SelectField label="The old pair works on" options={OVERLAPS} value={overlap} onChange={(event) => setOverlap(event.target.value)} />
    </FormDialog>
  );
}

function Delete({ apiKey: { id, name }, onClose }: { apiKey: Key; onClose: () => void }) {
  const remove = useAct('deleteApiKey', REFRESHES);
  const toasts = useToasts();
  return (
    <DangerDialog
      title={`Delete ${name}`}
      consequence="Every request with this pair is refused from now on. This cannot be undone."
      phrase={name}
      act="Delete the pair"
      reason="none"
      run={() => remove.mutateAsync({ body: { key_id: id } }).then(() => toasts.say(`${name} works no longer`))}
      onClose={onClose}
    />
  );
}

/** The people of an operator: who has come in, who was asked to, and asking somebody. */
import { useAct, useEndpoint } from '@predictu/ui/api/use-endpoint.tsx';
import type { Answer } from '@predictu/ui/api/wire.ts';
import { Button } from '@predictu/ui/kit/button.tsx';
import { DangerDialog, FormDialog } from '@predictu/ui/kit/dialog.tsx';
import { TextField } from '@predictu/ui/kit/field.tsx';
import { Time } from '@predictu/ui/kit/figures.tsx';
import { Empty, Section, Shown } from '@predictu/ui/kit/panel.tsx';
import { Status } from '@predictu/ui/kit/status.tsx';
import { useToasts } from '@predictu/ui/kit/toasts.tsx';
import { TableBody } from '@predictu/ui/table/table-body.tsx';
import { useState } from 'react';

type People = Answer<'listMembers'>['data'];
type Invitation = People['invitations'][number];
const REFRESHES = ['listMembers'] as const;

export function Members({ slug }: { slug: string }) {
  const people = useEndpoint('listMembers', { params: { slug } });
  const [asking, setAsking] = useState(false);
  const [revoking, setRevoking] = useState<Invitation | null>(null);
  return (
    <Section title="Members" subtitle="People who log in to its console" actions={<Button onClick={() => setAsking(true)}>Invite…</Button>}>
      <Shown query={people}>
        {({ data }) => (
          <>
            {data.members.length + data.invitations.length === 0 && <Empty>Nobody can log in yet. Invite its first member.</Empty>}
            {data.members.length > 0 && (
              <TableBody
                rows={data.members}
                rowKey={({ id }) => id}
                columns={[
                  { key: 'email', label: 'E-mail', cell: ({ email }) => email },
                  { key: 'name', label: 'Name', cell: ({ name }) => name ?? '–' },
                  {
                    key: 'status',
                    label: 'Status',
                    cell: ({ revoked_at }) => (
                      <Status value={revoked_at ? 'suspended' : 'active'} {...(revoked_at && { words: 'Revoked' })} />
                    ),
                  },
                  { key: 'permissions', label: 'May', cell: ({ permissions }) => permissions.join(', ') },
                  { key: 'totp', label: 'Second factor', cell: ({ totp_enrolled }) => (totp_enrolled ? 'Yes' : 'No') },
                  {
                    key: 'login',
                    label: 'Last login',
                    cell: ({ last_login_at }) => (last_login_at ? <Time at={last_login_at} age /> : 'never'),
                  },
                ]}
              />
            )}
            {data.invitations.length > 0 && (
              <TableBody
                rows={data.invitations}
                rowKey={({ id }) => id}
                columns={[
                  { key: 'email', label: 'Invited', cell: ({ email }) => email },
                  { key: 'sent', label: 'Mail written', cell: ({ sent_at }) => (sent_at ? <Time at={sent_at} age /> : 'under way') },
                  { key: 'expires', label: 'Good until', cell: ({ expires_at }) => <Time at={expires_at} /> },
                  {
                    key: 'revoke',
                    label: 'Change',
                    right: true,
                    cell: (invitation) => (
                      <Button kind="quiet" onClick={() => setRevoking(invitation)}>
                        Take back…
                      </Button>
                    ),
                  },
                ]}
              />
            )}
          </>
        )}
      </Shown>
      {asking && <Invite slug={slug} onClose={() => setAsking(false)} />}
      {revoking && <Revoke slug={slug} invitation={revoking} onClose={() => setRevoking(null)} />}
    </Section>
  );
}

function Invite({ slug, onClose }: { slug: string; onClose: () => void }) {
  const invite = useAct('inviteMember', REFRESHES);
  const toasts = useToasts();
  const [email, setEmail] = useState('');
  const [name, setName] = useState('');
  return (
    <FormDialog
      title="Invite a member"
      description="A link by e-mail, good for seven days and for one use. The same address again gets a new one."
      act="Invite"
      ready={email.includes('@')}
      run={() =>
        invite
          .mutateAsync({ params: { slug }, body: { email: email.trim(), name: name.trim() || null } })
          .then(({ data }) => toasts.say(`An invitation is on its way to ${data.email}`))
      }
      onClose={onClose}
    >
      <TextField
        label="E-mail"
        type="email"
        value={email}
        problem={invite.error?.fields['email']}
        onChange={(event) => setEmail(event.target.value)}
      />
      <TextField label="Name, if known" value={name} onChange={(event) => setName(event.target.value)} />
    </FormDialog>
  );
}

function Revoke({ slug, invitation: { id, email }, onClose }: { slug: string; invitation: Invitation; onClose: () => void }) {
  const revoke = useAct('revokeInvitation', REFRESHES);
  const toasts = useToasts();
  return (
    <DangerDialog
      title={`Take back the invitation of ${email}`}
      consequence="Its link works no longer. Somebody who is in already stays."
      act="Take it back"
      run={(reason) => revoke.mutateAsync({ params: { slug, invitation_id: id }, body: { reason } }).then(() => toasts.say('Taken back'))}
      onClose={onClose}
    />
  );
}

/** One application: what was said, what was written about it, and what a reviewer may do next. */
import { useAct, useEndpoint } from '@predictu/ui/api/use-endpoint.tsx';
import type { Answer } from '@predictu/ui/api/wire.ts';
import { formatWords } from '@predictu/ui/format/words.ts';
import { Button } from '@predictu/ui/kit/button.tsx';
import { FormDialog } from '@predictu/ui/kit/dialog.tsx';
import { Drawer } from '@predictu/ui/kit/drawer.tsx';
import { TextArea } from '@predictu/ui/kit/field.tsx';
import { CopyId, Time } from '@predictu/ui/kit/figures.tsx';
import { Facts, Note, Section, Shown } from '@predictu/ui/kit/panel.tsx';
import { Status } from '@predictu/ui/kit/status.tsx';
import { useToasts } from '@predictu/ui/kit/toasts.tsx';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { DECISIONS, PLAYERS, VOLUMES } from './words.ts';

type Application = Answer<'getApplication'>['data'];
type Decided = Application['next_statuses'][number];
const REFRESHES = ['listApplications', 'getApplication', 'listOperators'] as const;

export function ApplicationDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const asked = useEndpoint('getApplication', { params: { application_id: id } });
  const application = asked.data?.data;
  return (
    <Drawer
      title={
        <>
          <h2>{application?.company ?? 'Application'}</h2>
          {application && <Status value={application.status} />}
        </>
      }
      onClose={onClose}
      footer={application && <Decisions application={application} />}
    >
      <Shown query={asked}>{({ data }) => <Details application={data} />}</Shown>
    </Drawer>
  );
}

function Details({ application }: { application: Application }) {
  const { operator, duplicate_of: original, related } = application;
  return (
    <>
      <div className="section-body column" style={{ paddingTop: 16, gap: 12 }}>
        {operator && (
          <Note>
            It became{' '}
            <Link className="link" to={`/operators/${operator.slug}`}>
              {operator.slug}
            </Link>
            .
          </Note>
        )}
        {original && (
          <Note tone="warn">
            The same person sent the same site before:{' '}
            <Link className="link" to="/applications" search={{ open: original } as never}>
              the first one
            </Link>{' '}
            is the one to decide.
          </Note>
        )}
        <Facts
          of={[
            [
              'Website',
              <a key="site" className="link" href={application.website_url} target="_blank" rel="noreferrer noopener">
                {application.website_url}
              </a>,
            ],
            ['Jurisdiction', application.jurisdiction],
            ['Licensed by', application.licence_authority],
            ['Licence number', application.licence_number ?? 'not given'],
            ['Categories', application.categories.map(formatWords).join(', ')],
            ['Volume a month', VOLUMES[application.expected_monthly_volume]],
            ['Players a month', PLAYERS[application.monthly_players]],
            ['Wallet', formatWords(application.wallet_mode)],
            ['Contact', application.contact_name],
            [
              'E-mail',
              <a key="mail" className="link" href={`mailto:${application.contact_email}`}>
                {application.contact_email}
              </a>,
            ],
            ['Phone', application.contact_phone ?? 'not given'],
            ['Sent', <Time key="sent" at={application.submitted_at} />],
            ['Consent', <Time key="consent" at={application.consent_at} />],
            ['Application', <CopyId key="id" id={application.id} />],
          ]}
        />
        {application.message && <p style={{ whiteSpace: 'pre-wrap' }}>{application.message}</p>}
      </div>
      {related.length > 0 && (
        <Section title="Same person or site">
          <ul className="section-body column" style={{ gap: 6 }}>
            {related.map(({ id, company, status, submitted_at }) => (
              <li key={id} className="row">
                <Link className="link" to="/applications" search={{ open: id } as never}>
                  {company}
                </Link>
                <Status value={status} />
                <span className="space" />
                <span className="small tertiary">
                  <Time at={submitted_at} />
                </span>
              </li>
            ))}
          </ul>
        </Section>
      )}
      <History application={application} />
    </>
  );
}

function History({ application: { id, history } }: { application: Application }) {
  const [note, setNote] = useState('');
  const add = useAct('noteApplication', REFRESHES);
  const toasts = useToasts();
  const save = () =>
    void add
      .mutateAsync({ params: { application_id: id }, body: { note: note.trim() } })
      .then(() => setNote(''))
      .catch((error: unknown) => toasts.fail(error));
  return (
    <Section title="History" subtitle="Every step, with who and why">
      <ol className="section-body column" style={{ gap: 12, listStyle: 'none' }}>
        {history.map(({ audit_id, at, by, from, to, reason, note: noted }) => (
          <li key={audit_id} className="column">
            <span className="row">
              <span className="medium">
                {noted
                  ? 'Note'
                  : from
                    ? `${formatWords(from)} → ${formatWords(to ?? '')}`
                    : to === 'received'
                      ? 'Sent'
                      : `Sent, filed as ${formatWords(to ?? '').toLowerCase()}`}
              </span>
              <span className="space" />
              <span className="small tertiary">
                <Time at={at} />
              </span>
            </span>
            {(noted ?? reason) && <span style={{ whiteSpace: 'pre-wrap' }}>{noted ?? reason}</span>}
            <span className="small tertiary">{by.name ?? formatWords(by.kind)}</span>
          </li>
        ))}
      </ol>
      <div className="section-body column" style={{ gap: 8 }}>
        <TextArea
          label="Add a note"
          hint="For reviewers only; it stays."
          value={note}
          maxLength={4000}
          onChange={(event) => setNote(event.target.value)}
        />
        <span>
          <Button disabled={note.trim() === ''} busy={add.isPending} onClick={save}>
            Add the note
          </Button>
        </span>
      </div>
    </Section>
  );
}

function Decisions({ application }: { application: Application }) {
  const [doing, setDoing] = useState<Decided | null>(null);
  const again = useAct('resendInvitation', REFRESHES);
  const toasts = useToasts();
  const { id, status, contact_email: email, next_statuses: next } = application;
  const resend = () =>
    void again
      .mutateAsync({ params: { application_id: id }, body: {} })
      .then(() => toasts.say(`A new invitation is on its way to ${email}`))
      .catch((error: unknown) => toasts.fail(error));
  if (next.length === 0) return <span className="small tertiary">Nothing is left to decide.</span>;
  return (
    <>
      {status === 'approved' && (
        <Button kind="primary" busy={again.isPending} onClick={resend}>
          Invite again
        </Button>
      )}
      {next.map((one) => (
        <Button key={one} kind={one === 'approved' ? 'primary' : one === 'rejected' ? 'warns' : 'plain'} onClick={() => setDoing(one)}>
          {DECISIONS[one].act}…
        </Button>
      ))}
      {doing && <Decide application={application} to={doing} onClose={() => setDoing(null)} />}
    </>
  );
}

function Decide({ application: { id, company }, to, onClose }: { application: Application; to: Decided; onClose: () => void }) {
  const decide = useAct('decideApplication', REFRESHES);
  const toasts = useToasts();
  const [reason, setReason] = useState('');
  const { act, consequence, reasonTo } = DECISIONS[to];
  return (
    <FormDialog
      title={`${act}: ${company}`}
      description={consequence}
      act={act}
      ready={reason.trim() !== ''}
      run={() =>
        decide
          .mutateAsync({ params: { application_id: id }, body: { status: to, reason: reason.trim() } })
          .then(({ data }) => toasts.say(`${company} is ${formatWords(data.status).toLowerCase()}`))
      }
      onClose={onClose}
    >
      <TextArea
        label={to === 'needs_information' ? 'Question' : 'Reason'}
        hint={`Goes to ${reasonTo}.`}
        required
        value={reason}
        maxLength={1000}
        problem={decide.error?.fields['reason']}
        onChange={(event) => setReason(event.target.value)}
      />
    </FormDialog>
  );
}

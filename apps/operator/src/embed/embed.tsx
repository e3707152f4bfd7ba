/** Bringing the markets to the operator's pages: the code, the origins that may show it, the key pairs. */
import { useEndpoint } from '@predictu/ui/api/use-endpoint.tsx';
import { formatCount } from '@predictu/ui/format/money.ts';
import { Button, Segments } from '@predictu/ui/kit/button.tsx';
import { CopyId, Time } from '@predictu/ui/kit/figures.tsx';
import { Empty, PageHead, Section, Shown } from '@predictu/ui/kit/panel.tsx';
import { Status } from '@predictu/ui/kit/status.tsx';
import { useToasts } from '@predictu/ui/kit/toasts.tsx';
import { useAddress } from '@predictu/ui/shell/address.ts';
import { TableBody } from '@predictu/ui/table/table-body.tsx';

const FORMATS = [
  { value: 'html', label: 'HTML' },
  { value: 'react', label: 'React' },
  { value: 'vanilla', label: 'Script only' },
] as const;
const THEMES = [
  { value: 'dark', label: 'Dark' },
  { value: 'light', label: 'Light' },
] as const;

export function Embed() {
  return (
    <>
      <PageHead title="Embed" />
      <Code />
      <Origins />
      <Keys />
    </>
  );
}

function Code() {
  const [address, change] = useAddress();
  const toasts = useToasts();
  const format = FORMATS.find(({ value }) => value === address['format'])?.value ?? 'html';
  const theme = THEMES.find(({ value }) => value === address['theme'])?.value ?? 'dark';
  const code = useEndpoint('getEmbedCode', { query: { format, theme } });
  return (
    <Section
      title="Code"
      subtitle="paste it where the markets should stand"
      actions={
        <>
          <Segments label="Form" value={format} options={FORMATS} onChange={(value) => change({ format: value })} />
          <Segments label="Theme" value={theme} options={THEMES} onChange={(value) => change({ theme: value })} />
          <Button onClick={() => code.data && void navigator.clipboard.writeText(code.data.data.code).then(() => toasts.say('Copied'))}>
            Copy
          </Button>
        </>
      }
    >
      <Shown query={code}>
        {({ data }) => (
          <div className="section-body">
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: long lines scroll, by keyboard too. */}
            <pre className="code" tabIndex={0}>
              {data.code}
            </pre>
          </div>
        )}
      </Shown>
    </Section>
  );
}

function Origins() {
  const origins = useEndpoint('listEmbedOrigins', {}, { every: 30_000 });
  return (
    <Section title="Origins" subtitle="pages that may show the embed">
      <Shown query={origins}>
        {({ data }) =>
          data.length === 0 ? (
            <Empty>No origin may show the embed yet.</Empty>
          ) : (
            <TableBody
              rows={data}
              rowKey={({ id }) => id}
              columns={[
                { key: 'origin', label: 'Origin', cell: ({ origin }) => origin },
                {
                  key: 'status',
                  label: 'Status',
                  cell: ({ status }) => (
                    <Status value={status === 'pending_verification' ? 'unverified' : status === 'removed' ? 'inactive' : status} />
                  ),
                },
                { key: 'requests', label: 'Sessions, 24 h', right: true, cell: ({ request_count_24h }) => formatCount(request_count_24h) },
                { key: 'seen', label: 'Last seen', cell: ({ last_seen_at }) => <Time at={last_seen_at} age /> },
                { key: 'since', label: 'Since', cell: ({ created_at }) => <Time at={created_at} /> },
              ]}
            />
          )
        }
      </Shown>
    </Section>
  );
}

function Keys() {
  const keys = useEndpoint('listApiKeys', {}, { every: 30_000 });
  return (
    <Section title="Key pairs" subtitle="the secret is shown once, when a pair is made">
      <Shown query={keys}>
        {({ data }) => (
          <TableBody
            rows={data}
            rowKey={({ id }) => id}
            columns={[
              { key: 'name', label: 'Name', cell: ({ name }) => name },
              { key: 'prefix', label: 'Begins with', cell: ({ prefix }) => <span className="mono">{prefix}…</span> },
              {
                key: 'status',
                label: 'Status',
                cell: ({ status }) => <Status value={status === 'expired' || status === 'revoked' ? 'inactive' : status} words={status} />,
              },
              { key: 'permissions', label: 'May', cell: ({ permissions }) => permissions.join(', ') },
              { key: 'requests', label: 'Requests, 24 h', right: true, cell: ({ requests_24h }) => formatCount(requests_24h) },
              { key: 'used', label: 'Last used', cell: ({ last_used_at }) => <Time at={last_used_at} age /> },
              { key: 'expires', label: 'Expires', cell: ({ expires_at }) => (expires_at ? <Time at={expires_at} /> : 'never') },
              { key: 'id', label: 'Id', cell: ({ id }) => <CopyId id={id} /> },
            ]}
          />
        )}
      </Shown>
    </Section>
  );
}

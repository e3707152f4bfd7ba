/** Bringing the markets to the operator's pages: the code, the origins that may show it, the key pairs. */
import { useSession } from '@predictu/ui/api/session.ts';
import { useEndpoint } from '@predictu/ui/api/use-endpoint.tsx';
import { Button, Segments } from '@predictu/ui/kit/button.tsx';
import { PageHead, Section, Shown } from '@predictu/ui/kit/panel.tsx';
import { useToasts } from '@predictu/ui/kit/toasts.tsx';
import { useAddress } from '@predictu/ui/shell/address.ts';
import { session } from '../session.ts';
import { Keys } from './keys.tsx';
import { Origins } from './origins.tsx';

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
  const slug = useSession(session)?.person.operator_slug ?? '';
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
          <div className="columns embed-columns">
            <div className="section-body">
              {/* biome-ignore lint/a11y/noNoninteractiveTabindex: long lines scroll, by keyboard too. */}
              <pre className="code" tabIndex={0}>
                {data.code}
              </pre>
              <p className="small secondary" style={{ paddingTop: 12 }}>
                Beside it stands what a visitor sees without a session, live. With a launch token from your server the player can trade.
              </p>
            </div>
            <div className="section-body">
              <iframe className="embed-preview" key={theme} title="Preview of the embed" src={`/embed?operator=${slug}&theme=${theme}`} />
            </div>
          </div>
        )}
      </Shown>
    </Section>
  );
}

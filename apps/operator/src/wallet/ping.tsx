/** A PING sent now, and what became of it step by step. */
import { useAct } from '@predictu/ui/api/use-endpoint.tsx';
import type { Answer } from '@predictu/ui/api/wire.ts';
import { Button } from '@predictu/ui/kit/button.tsx';
import { Time } from '@predictu/ui/kit/figures.tsx';
import { Facts, Note, Problem, Section } from '@predictu/ui/kit/panel.tsx';
import { Status } from '@predictu/ui/kit/status.tsx';

type Settings = Answer<'getWallet'>['data'];
type Result = Answer<'pingWallet'>['data'];

const STEPS: Record<Result['steps'][number]['step'], string> = {
  callback_url: 'Callback URL',
  address: 'Its address',
  signature: 'Our signature',
  request: 'The request',
  answer: 'The answer',
};

export function Ping({ wallet }: { wallet: Settings }) {
  const ping = useAct('pingWallet', ['getWallet', 'getSettings', 'getOwnOnboarding']);
  const result = ping.data?.data;
  const send = () => void ping.mutateAsync({ body: {} }).catch(() => {});
  return (
    <Section
      title="Does it answer?"
      actions={
        <Button kind="primary" busy={ping.isPending} disabled={wallet.callback_url === null} onClick={send}>
          Send a PING
        </Button>
      }
    >
      <div className="section-body column" style={{ gap: 16 }} aria-live="polite">
        {ping.error && <Problem error={ping.error} again={send} />}
        {result ? (
          <Steps result={result} />
        ) : wallet.callback_url === null ? (
          <Note>Set the callback URL first. A PING moves no money: it shows that your wallet is there and accepts our signature.</Note>
        ) : (
          <Facts
            of={[
              ['Last PING', <WalletHealth key="health" wallet={wallet} />],
              ...(wallet.detail ? [['It said', wallet.detail] as const] : []),
            ]}
          />
        )}
      </div>
    </Section>
  );
}

function Steps({ result: { ok, steps, answer } }: { result: Result }) {
  return (
    <>
      <b>{ok ? 'Your wallet answers and accepts our signature.' : 'The PING did not succeed.'}</b>
      <Facts
        of={steps.map(({ step, ok: fine, detail }) => [
          STEPS[step],
          <span key={step} className="row wrap">
            <Status value={fine ? 'ok' : 'failed'} words={fine ? 'Fine' : 'Not so'} />
            <span style={{ overflowWrap: 'anywhere' }}>{detail}</span>
          </span>,
        ])}
      />
      {!ok && answer && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: long lines scroll, by keyboard too.
        <pre className="code" tabIndex={0}>
          {answer}
        </pre>
      )}
    </>
  );
}

/** How the wallet stood when it was last asked. */
const WalletHealth = ({ wallet: { healthy, last_ping } }: { wallet: Pick<Settings, 'healthy' | 'last_ping'> }) =>
  healthy === null ? (
    <span className="secondary">never asked</span>
  ) : (
    <span className="row">
      <Status value={healthy ? 'healthy' : 'failed'} words={healthy ? 'Answers' : 'Does not answer'} />
      <span className="small tertiary">
        asked <Time at={last_ping} age />
      </span>
    </span>
  );

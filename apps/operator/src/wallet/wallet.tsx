/** Who keeps the players' money, where the operator's wallet answers, what signs the requests to it, and whether it does answer. */

import { useSession } from '@predictu/ui/api/session.ts';
import { useEndpoint } from '@predictu/ui/api/use-endpoint.tsx';
import type { Answer } from '@predictu/ui/api/wire.ts';
import { formatCount } from '@predictu/ui/format/money.ts';
import { formatCounted } from '@predictu/ui/format/words.ts';
import { Button } from '@predictu/ui/kit/button.tsx';
import { Facts, Note, PageHead, Section, Shown } from '@predictu/ui/kit/panel.tsx';
import { CopyText } from '@predictu/ui/kit/secret.tsx';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { session } from '../session.ts';
import { ChangeWallet, MODES } from './change-wallet.tsx';
import { Ping } from './ping.tsx';
import { SigningKeys, WebhookSecrets } from './wallet-keys.tsx';

type Settings = Answer<'getWallet'>['data'];

export function Wallet() {
  const wallet = useEndpoint('getWallet', {}, { every: 30_000 });
  return (
    <>
      <PageHead title="Wallet" />
      <Shown query={wallet}>
        {({ data }) => (
          <>
            <Advice wallet={data} />
            <div className="columns even">
              <Connection wallet={data} />
              <Ping wallet={data} />
            </div>
            <WebhookSecrets secrets={data.webhook_secrets} />
            <SigningKeys keys={data.signing_keys} />
          </>
        )}
      </Shown>
    </>
  );
}

/** The next thing that keeps a wallet of the operator's own from working; nothing where there is none. */
function Advice({ wallet: { mode, callback_url, webhook_secrets, healthy, detail } }: { wallet: Settings }) {
  if (mode !== 'seamless') return null;
  const next =
    callback_url === null
      ? 'Your wallet keeps the money, but we do not know where it answers: set the callback URL.'
      : webhook_secrets.length === 0
        ? 'Make a webhook secret and give it to your wallet: with it our requests are signed in a second way, which needs no key from us.'
        : healthy === false
          ? `Your wallet did not answer the last PING as it should: ${detail ?? 'no answer'}.`
          : null;
  return (
    next && (
      <div className="section-body" style={{ paddingTop: 12 }}>
        <Note tone="warn">{next}</Note>
      </div>
    )
  );
}

function Connection({ wallet }: { wallet: Settings }) {
  const [changing, setChanging] = useState(false);
  const operatorId = useSession(session)?.person.operator_id ?? '';
  const { mode, callback_url, currency, concurrency, budgets_ms, jwks_path } = wallet;
  return (
    <Section title="Connection" actions={<Button onClick={() => setChanging(true)}>Change…</Button>}>
      <div className="section-body column" style={{ gap: 16 }}>
        <Facts
          of={[
            ['Who keeps the money', MODES.find(({ value }) => value === mode)?.label],
            ['Callback URL', callback_url ?? 'none'],
            ['Currency', currency],
            ['A bet may wait', `${formatCount(budgets_ms.BET_MAKE)} ms for your answer`],
            ['At the same time', `${formatCounted(concurrency, 'request')} at most`],
          ]}
        />
        <p className="small secondary">What your server knows a request of ours by:</p>
        <CopyText label="Your operator id" value={operatorId} />
        <CopyText label="Our public keys" value={`${location.origin}${jwks_path}`} />
        <p className="small secondary">
          <a className="link" href="/docs/s2s" target="_blank" rel="noreferrer">
            Connecting your wallet
          </a>{' '}
          describes every request and answer; every one of them is kept under{' '}
          <Link className="link" to="/callbacks">
            Callbacks
          </Link>
          .
        </p>
      </div>
      {changing && <ChangeWallet wallet={wallet} onClose={() => setChanging(false)} />}
    </Section>
  );
}

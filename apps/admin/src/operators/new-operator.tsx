/** A new operator: what it needs to begin, and its key pair shown once. */
import { useAct } from '@predictu/ui/api/use-endpoint.tsx';
import type { Answer } from '@predictu/ui/api/wire.ts';
import { Button } from '@predictu/ui/kit/button.tsx';
import { FormDialog } from '@predictu/ui/kit/dialog.tsx';
import { CheckField, TextField } from '@predictu/ui/kit/field.tsx';
import { SecretOnce } from '@predictu/ui/kit/secret.tsx';
import { useGo } from '@predictu/ui/shell/address.ts';
import { useState } from 'react';

type Made = Answer<'createOperator'>['data'];

const slugOf = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 63);

/** The button, the form, and then the secret until it is kept. */
export function NewOperator() {
  const go = useGo();
  const [asking, setAsking] = useState(false);
  const [made, setMade] = useState<Made | null>(null);
  return (
    <>
      <Button kind="primary" onClick={() => setAsking(true)}>
        New operator
      </Button>
      {asking && <OperatorForm onMade={setMade} onClose={() => setAsking(false)} />}
      {made && (
        <SecretOnce
          title={`${made.name} has been made`}
          values={[
            ['API key', made.api_key],
            ['API secret', made.api_secret],
          ]}
          onClose={() => go(`/operators/${made.slug}`)}
        />
      )}
    </>
  );
}

function OperatorForm({ onMade, onClose }: { onMade: (made: Made) => void; onClose: () => void }) {
  const create = useAct('createOperator', ['listOperators', 'getDashboard']);
  const [name, setName] = useState('');
  const [slug, setSlug] = useState<string | null>(null);
  const [email, setEmail] = useState('');
  const [site, setSite] = useState('');
  const [ownWallet, setOwnWallet] = useState(false);
  const [callback, setCallback] = useState('');
  const [origin, setOrigin] = useState('');
  const problems = create.error?.fields ?? {};
  const shownSlug = slug ?? slugOf(name);
  const save = async () => {
    const { data } = await create.mutateAsync({
      body: {
        name,
        slug: shownSlug,
        contact_email: email,
        ...(site && { website_url: site }),
        s2s_enabled: ownWallet,
        ...(ownWallet && { callback_url: callback }),
        ...(origin && { embed_origins: [origin] }),
      },
    });
    onMade(data);
  };
  return (
    <FormDialog
      title="New operator"
      description="It begins as pending; onboarding takes it live."
      act="Make the operator"
      wide
      run={save}
      onClose={onClose}
    >
      <TextField label="Name" value={name} problem={problems['name']} onChange={(event) => setName(event.target.value)} />
      <TextField
        label="Slug"
        hint="Names it for ever, in addresses and in the embed."
        value={shownSlug}
        problem={problems['slug']}
        spellCheck={false}
        onChange={(event) => setSlug(event.target.value)}
      />
      <TextField
        label="Contact, e-mail"
        type="email"
        value={email}
        problem={problems['contact_email']}
        onChange={(event) => setEmail(event.target.value)}
      />
      <TextField label="Site" type="url" value={site} problem={problems['website_url']} onChange={(event) => setSite(event.target.value)} />
      <CheckField label="It keeps its players’ money itself" checked={ownWallet} onChange={(event) => setOwnWallet(event.target.checked)} />
      {ownWallet && (
        <TextField
          label="Callback URL"
          type="url"
          hint="Where its wallet is asked; https."
          value={callback}
          problem={problems['callback_url']}
          onChange={(event) => setCallback(event.target.value)}
        />
      )}
      <TextField
        label="Origin of its pages"
        type="url"
        hint="Like https://example-casino.com. Its domain must still confirm it."
        value={origin}
        problem={problems['embed_origins.0']}
        onChange={(event) => setOrigin(event.target.value)}
      />
    </FormDialog>
  );
}

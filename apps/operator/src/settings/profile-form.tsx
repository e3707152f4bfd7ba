/** Whom the platform turns to, and where the operator's wallet answers. */
import type { ApiError } from '@predictu/ui/api/client.ts';
import { useAct } from '@predictu/ui/api/use-endpoint.tsx';
import type { Answer } from '@predictu/ui/api/wire.ts';
import { Button } from '@predictu/ui/kit/button.tsx';
import { TextField } from '@predictu/ui/kit/field.tsx';
import { Facts, Problem, Section } from '@predictu/ui/kit/panel.tsx';
import { Status } from '@predictu/ui/kit/status.tsx';
import { useToasts } from '@predictu/ui/kit/toasts.tsx';
import { useState } from 'react';

type Settings = Answer<'getSettings'>['data'];
const FIELDS = [
  ['profile', 'contact_email', 'Contact e-mail'],
  ['profile', 'contact_name', 'Contact name'],
  ['profile', 'website_url', 'Site'],
  ['s2s', 'callback_url', 'Callback URL'],
] as const;

const settingOf = (settings: Settings, section: 'profile' | 's2s', name: string): string =>
  (settings[section] as Record<string, unknown>)[name]?.toString() ?? '';

export function ProfileForm({ settings }: { settings: Settings }) {
  const [draft, setDraft] = useState<Record<string, string>>({});
  const update = useAct('updateSettings', ['getSettings', 'getWallet']);
  const toasts = useToasts();
  const problems = (update.error as ApiError | null)?.fields ?? {};
  const changed = FIELDS.filter(([section, name]) => draft[name] !== undefined && draft[name] !== settingOf(settings, section, name));
  const save = async () => {
    const of = (wanted: string) =>
      Object.fromEntries(changed.filter(([section]) => section === wanted).map(([, name]) => [name, draft[name]?.trim() || null]));
    await update.mutateAsync({ body: { profile: of('profile'), s2s: of('s2s') } });
    toasts.say('Profile saved');
    setDraft({});
  };
  return (
    <Section
      title="Profile"
      actions={
        changed.length > 0 && (
          <>
            <Button kind="quiet" onClick={() => setDraft({})}>
              Discard
            </Button>
            <Button kind="primary" busy={update.isPending} onClick={() => void save().catch(() => {})}>
              Save profile
            </Button>
          </>
        )
      }
    >
      <div className="section-body column form" style={{ gap: 16 }}>
        <Facts
          of={[
            ['Name', settings.profile.name],
            ['Slug', settings.profile.slug],
            ['Status', <Status key="status" value={settings.status} />],
          ]}
        />
        {FIELDS.map(([section, name, label]) => (
          <TextField
            key={name}
            label={label}
            problem={problems[`${section}.${name}`]}
            value={draft[name] ?? settingOf(settings, section, name)}
            onChange={(event) => setDraft({ ...draft, [name]: event.target.value })}
          />
        ))}
        {update.error && Object.keys(problems).length === 0 && <Problem error={update.error} />}
      </div>
    </Section>
  );
}

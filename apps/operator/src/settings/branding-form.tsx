/** How players see the operator: changed with a live preview on both themes, and what becomes of a colour that would not read. */
import type { ApiError } from '@predictu/ui/api/client.ts';
import { useAct, useEndpoint } from '@predictu/ui/api/use-endpoint.tsx';
import type { Answer } from '@predictu/ui/api/wire.ts';
import { formatWords } from '@predictu/ui/format/words.ts';
import { Button } from '@predictu/ui/kit/button.tsx';
import { TextArea, TextField } from '@predictu/ui/kit/field.tsx';
import { Problem, Section } from '@predictu/ui/kit/panel.tsx';
import { useToasts } from '@predictu/ui/kit/toasts.tsx';
import { useState } from 'react';
import { BrandPicture } from './brand-picture.tsx';
import { BrandingPreview } from './branding-preview.tsx';

type Settings = Answer<'getSettings'>['data'];
type Branding = Settings['branding'];
const COLOUR = /^#[0-9a-f]{6}$/i;

export function BrandingForm({ branding, profile }: Pick<Settings, 'branding' | 'profile'>) {
  const [draft, setDraft] = useState(branding);
  const update = useAct('updateSettings', ['getSettings']);
  const toasts = useToasts();
  const colour = COLOUR.test(draft.primary_color) ? draft.primary_color : branding.primary_color;
  const preview = useEndpoint('previewBranding', { query: { primary_color: colour } });
  const changes = Object.fromEntries(Object.entries(draft).filter(([key, value]) => value !== branding[key as keyof Branding]));
  const problems = (update.error as ApiError | null)?.fields ?? {};
  const save = () => update.mutateAsync({ body: { branding: changes } }).then(() => toasts.say('Branding saved'));
  const text = (key: keyof Branding, hint?: string) => (
    <TextField
      label={formatWords(key)}
      hint={hint}
      problem={problems[`branding.${key}`]}
      value={draft[key] ?? ''}
      onChange={(event) => setDraft({ ...draft, [key]: event.target.value })}
    />
  );
  return (
    <Section
      title="Branding"
      actions={
        Object.keys(changes).length > 0 && (
          <>
            <Button kind="quiet" onClick={() => setDraft(branding)}>
              Discard
            </Button>
            <Button kind="primary" busy={update.isPending} onClick={() => void save().catch(() => {})}>
              Save branding
            </Button>
          </>
        )
      }
    >
      <div className="columns even open">
        <div className="section-body column form" style={{ gap: 16 }}>
          {text('display_name')}
          <BrandPicture picture="logo" url={profile.logo_url} name={draft.display_name} />
          <BrandPicture picture="favicon" url={profile.favicon_url} name={draft.display_name} />
          {text('primary_color', 'Like #00ff88.')}
          {text('secondary_color', 'Like #0a1a0a.')}
          <TextArea
            label="Custom CSS"
            hint="Variables of your own that begin with --op-, each as --op-name: value;"
            problem={problems['branding.custom_css']}
            value={draft.custom_css ?? ''}
            onChange={(event) => setDraft({ ...draft, custom_css: event.target.value || null })}
          />
          {update.error && Object.keys(problems).length === 0 && <Problem error={update.error} />}
        </div>
        <div className="section-body">
          {preview.data && <BrandingPreview name={draft.display_name} logo={profile.logo_url} {...preview.data.data} />}
        </div>
      </div>
    </Section>
  );
}

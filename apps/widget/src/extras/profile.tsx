/** The name a player shows, or does not, and the weekly e-mail. */
import { useAct, useEndpoint } from '@predictu/ui/api/use-endpoint.tsx';
import type { Answer } from '@predictu/ui/api/wire.ts';
import { useToasts } from '@predictu/ui/kit/toasts.tsx';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useEmbed } from '../embed/embed.tsx';
import { Listed } from './listed.tsx';

const DIGESTS = ['off', 'daily', 'weekly'] as const;

export function Profile() {
  const profile = useEndpoint('getProfile', {});
  return (
    <Listed of={profile} rows={2}>
      {({ data }) => <Form profile={data} />}
    </Listed>
  );
}

function Form({ profile }: { profile: Answer<'getProfile'>['data'] }) {
  const { t } = useTranslation();
  const { config, display_name } = useEmbed();
  const toasts = useToasts();
  const [name, setName] = useState(profile.display_name ?? '');
  const [show, setShow] = useState(profile.show_name);
  const [digest, setDigest] = useState(profile.digest);
  const save = useAct('updateProfile', ['getProfile', 'getLeaderboard']);
  const named = name.trim() !== '';
  return (
    <form
      className="block column"
      onSubmit={(event) => {
        event.preventDefault();
        const body = { display_name: named ? name.trim() : null, show_name: show && named, digest };
        save.mutate({ body }, { onSuccess: () => toasts.say(t('saved')) });
      }}
    >
      <div className="field">
        <label htmlFor="display-name">{t('name.label')}</label>
        <input id="display-name" className="input" maxLength={24} value={name} onChange={(event) => setName(event.target.value)} />
        <span className="small tertiary">{t('name.hint')}</span>
      </div>
      <label className="check">
        <input type="checkbox" checked={show && named} disabled={!named} onChange={(event) => setShow(event.target.checked)} />
        <span>{t('name.show')}</span>
      </label>
      {profile.name_hidden !== null && (
        <p className="refusal">{t('name.hidden', { operator: display_name, reason: profile.name_hidden })}</p>
      )}
      {config.notifications.daily_digest && (
        <div className="field">
          <label htmlFor="digest">{t('name.digest')}</label>
          <select
            id="digest"
            className="input"
            value={digest}
            disabled={!profile.has_email}
            onChange={(event) => setDigest(event.target.value as typeof digest)}
          >
            {DIGESTS.map((often) => (
              <option key={often} value={often}>
                {t(`name.often.${often}`)}
              </option>
            ))}
          </select>
          {!profile.has_email && <span className="small tertiary">{t('name.noEmail')}</span>}
        </div>
      )}
      {save.isError && (
        <p className="refusal" role="alert">
          {save.error.fields['display_name'] ?? save.error.message}
        </p>
      )}
      <button type="submit" className="main-button" disabled={save.isPending}>
        {t('save')}
      </button>
    </form>
  );
}

/** The logo and the favicon: chosen or dropped, checked by the server, shown as players see them, taken off again. */
import type { ApiError } from '@predictu/ui/api/client.ts';
import { useAct } from '@predictu/ui/api/use-endpoint.tsx';
import { Button } from '@predictu/ui/kit/button.tsx';
import { Problem } from '@predictu/ui/kit/panel.tsx';
import { useToasts } from '@predictu/ui/kit/toasts.tsx';
import { type DragEvent, useId, useRef, useState } from 'react';

type Picture = 'logo' | 'favicon';
const NAMES = { logo: 'Logo', favicon: 'Favicon' } as const;
const HINTS = {
  logo: 'A png, jpg, svg or webp of at most 2 MB and 4,096 pixels a side; a wide one on a clear ground reads best.',
  favicon: 'The same kinds, square, at most 1,024 pixels a side: what a browser’s tab shows.',
} as const;
const LARGEST_BYTES = 2 * 1_048_576;
const PAGES = { light: '#fbfcfd', dark: '#0f1114' } as const;

/** What the server found in the file, or that it is larger than may be sent. */
function problemOf(error: ApiError | null, tooLarge: boolean): string | undefined {
  if (tooLarge) return 'This file is larger than 2 MB.';
  if (!error) return undefined;
  const expected = error.fields['file'];
  return expected === undefined ? undefined : `${error.message}. Expected ${expected}.`;
}

export function BrandPicture({ picture, url, name }: { picture: Picture; url: string | null; name: string }) {
  const input = useRef<HTMLInputElement>(null);
  const hint = useId();
  const toasts = useToasts();
  const [tooLarge, setTooLarge] = useState(false);
  const [over, setOver] = useState(false);
  const upload = useAct('uploadAsset', ['getSettings', 'getOwnOnboarding']);
  const remove = useAct('removeBrandingPicture', ['getSettings']);
  const problem = problemOf(upload.error, tooLarge);

  function take(file: File | undefined): void {
    if (!file) return;
    setTooLarge(file.size > LARGEST_BYTES);
    upload.reset();
    if (file.size > LARGEST_BYTES) return;
    upload
      .mutateAsync({ body: { file, category: picture } })
      .then(() => toasts.say(`${NAMES[picture]} in force: open embeds show it within a minute`))
      .catch(() => {});
  }
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files[0]);
  };

  return (
    <div className="field">
      <span className="label" id={hint}>
        {NAMES[picture]}
      </span>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a file may be dropped here; the button does the same by keyboard. */}
      <div
        className="column"
        style={{ gap: 8, padding: 12, borderRadius: 8, border: `1px dashed ${over ? 'var(--accent)' : 'var(--line-strong)'}` }}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <div className="row" style={{ gap: 8, flexWrap: 'wrap' }}>
          {url ? (
            (['light', 'dark'] as const).map((theme) => (
              <span key={theme} style={{ padding: 8, borderRadius: 6, background: PAGES[theme], border: '1px solid var(--line)' }}>
                <img
                  src={url}
                  alt={`${NAMES[picture]} of ${name} on ${theme}`}
                  style={{ display: 'block', height: 32, maxWidth: 160, objectFit: 'contain' }}
                />
              </span>
            ))
          ) : (
            <span className="tertiary">
              {picture === 'logo' ? 'None yet: players see the first letter of your name.' : 'None yet: tabs show ours.'}
            </span>
          )}
        </div>
        <div className="row" style={{ gap: 8 }}>
          <Button busy={upload.isPending} aria-describedby={hint} onClick={() => input.current?.click()}>
            {url ? 'Replace' : 'Choose a file'}
          </Button>
          {url && (
            <Button
              kind="quiet"
              busy={remove.isPending}
              onClick={() =>
                void remove.mutateAsync({ query: { picture } }).then(
                  () => toasts.say(`${NAMES[picture]} taken off`),
                  () => {},
                )
              }
            >
              Take off
            </Button>
          )}
          <span className="tertiary">or drop it here</span>
        </div>
        <input
          ref={input}
          type="file"
          hidden
          aria-label={`${NAMES[picture]} file`}
          accept="image/png,image/jpeg,image/svg+xml,image/webp"
          onChange={(event) => {
            take(event.target.files?.[0]);
            event.target.value = '';
          }}
        />
      </div>
      <span className={problem ? 'hint problem' : 'hint'} role={problem ? 'alert' : undefined}>
        {problem ?? HINTS[picture]}
      </span>
      {upload.error && problem === undefined && <Problem error={upload.error} />}
      {remove.error && <Problem error={remove.error} />}
    </div>
  );
}

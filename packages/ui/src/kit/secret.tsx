/** What is shown once: it stays until the reader says that it is kept. */
import { useState } from 'react';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { CheckField, TextField } from './field.tsx';
import { Note } from './panel.tsx';
import { useToasts } from './toasts.tsx';

/** A text to be copied whole. */
export function CopyText({ label, value }: { label: string; value: string }) {
  const toasts = useToasts();
  const copy = () => void navigator.clipboard.writeText(value).then(() => toasts.say(`Copied: ${label}`));
  return (
    <div className="row" style={{ alignItems: 'flex-end' }}>
      <div className="space">
        <TextField label={label} value={value} readOnly spellCheck={false} onFocus={(event) => event.target.select()} />
      </div>
      <Button onClick={copy} aria-label={`Copy ${label}`}>
        Copy
      </Button>
    </div>
  );
}

export function SecretOnce({
  title,
  means = 'Whoever has it acts as the operator.',
  lost = 'If it is lost, make a new pair.',
  values,
  onClose,
}: {
  title: string;
  means?: string;
  lost?: string;
  values: readonly (readonly [label: string, value: string])[];
  onClose: () => void;
}) {
  const [kept, setKept] = useState(false);
  return (
    <Dialog
      title={title}
      description={`The secret is shown this once. ${means}`}
      onClose={() => kept && onClose()}
      footer={
        <Button kind="primary" disabled={!kept} onClick={onClose}>
          Done
        </Button>
      }
    >
      {values.map(([label, value]) => (
        <CopyText key={label} label={label} value={value} />
      ))}
      <Note tone="warn">It cannot be shown again. {lost}</Note>
      <CheckField label="I have stored the secret" checked={kept} onChange={(event) => setKept(event.target.checked)} />
    </Dialog>
  );
}

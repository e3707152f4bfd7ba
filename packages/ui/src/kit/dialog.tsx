/** Dialogs decide: a scrim, the consequence in words, focus on Cancel. */
import { Dialog as Radix } from 'radix-ui';
import { type ReactNode, type RefObject, useRef, useState } from 'react';
import { Button } from './button.tsx';
import { TextArea, TextField } from './field.tsx';
import { Problem } from './panel.tsx';

type DialogProps = {
  title: ReactNode;
  description?: ReactNode;
  wide?: boolean;
  onClose: () => void;
  children: ReactNode;
  footer: ReactNode;
  /** Where the keyboard begins; the first control otherwise. */
  begin?: RefObject<HTMLElement | null>;
};

export function Dialog({ title, description, wide = false, onClose, children, footer, begin }: DialogProps) {
  return (
    <Radix.Root open onOpenChange={(open) => !open && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="scrim" />
        <Radix.Content
          className={`dialog ${wide ? 'wide' : ''}`}
          onOpenAutoFocus={(event) => {
            const first =
              begin?.current?.querySelector<HTMLElement>('button') ??
              (event.currentTarget as HTMLElement).querySelector<HTMLElement>('.body :is(input, select, textarea, button)');
            if (!first) return;
            event.preventDefault();
            first.focus();
          }}
          {...(description ? {} : { 'aria-describedby': undefined })}
        >
          <header>
            <div className="column space">
              <Radix.Title>{title}</Radix.Title>
              {description && <Radix.Description className="secondary">{description}</Radix.Description>}
            </div>
            <Button kind="quiet" icon="close" aria-label="Close" onClick={onClose} />
          </header>
          <div className="body">{children}</div>
          <footer>{footer}</footer>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

export type DangerProps = {
  title: string;
  /** What happens, to whom, with amounts. */
  consequence: ReactNode;
  /** What to type before the button works; nothing for acts that can be undone. */
  phrase?: string;
  /** Names the act: `Pay $18,200.00`, never `OK`. */
  act: string;
  reason?: 'required' | 'optional' | 'none';
  wide?: boolean;
  ready?: boolean;
  run: (reason: string) => Promise<unknown>;
  onClose: () => void;
  children?: ReactNode;
};

/** An irreversible or dangerous act: its consequence, a reason for the audit log, the typed phrase, and a button that says what it does. */
export function DangerDialog({
  title,
  consequence,
  phrase,
  act,
  reason = 'required',
  wide = false,
  ready = true,
  run,
  onClose,
  children,
}: DangerProps) {
  const [why, setWhy] = useState('');
  const [typed, setTyped] = useState('');
  const [running, setRunning] = useState(false);
  const [failure, setFailure] = useState<Error | null>(null);
  const cancel = useRef<HTMLSpanElement>(null);
  const allowed = ready && (reason !== 'required' || why.trim().length > 0) && (phrase === undefined || typed === phrase);
  const confirm = async () => {
    setRunning(true);
    setFailure(null);
    try {
      await run(why.trim());
      onClose();
    } catch (error) {
      setFailure(error as Error);
      setRunning(false);
    }
  };
  return (
    <Dialog
      title={title}
      description={consequence}
      wide={wide}
      begin={cancel}
      onClose={onClose}
      footer={
        <>
          <span ref={cancel}>
            <Button onClick={onClose}>Cancel</Button>
          </span>
          <Button kind="danger" disabled={!allowed} busy={running} onClick={() => void confirm()}>
            {act}
          </Button>
        </>
      }
    >
      {children}
      {reason !== 'none' && (
        <ReasonField label={reason === 'optional' ? 'Reason, if there is time' : 'Reason'} value={why} onChange={setWhy} />
      )}
      {phrase !== undefined && (
        <TextField
          label={`Type ${phrase} to confirm`}
          value={typed}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => setTyped(event.target.value)}
        />
      )}
      {failure && <Problem error={failure} />}
    </Dialog>
  );
}

/** Why somebody does this, for the audit log. */
export const ReasonField = ({
  label = 'Reason',
  value,
  onChange,
}: {
  label?: string;
  value: string;
  onChange: (reason: string) => void;
}) => (
  <TextArea label={label} hint="Kept in the audit log." value={value} maxLength={500} onChange={(event) => onChange(event.target.value)} />
);

/** A form in a dialog: saves, shows what the server refuses under its field. */
export function FormDialog({
  title,
  description,
  act,
  onClose,
  run,
  children,
  wide = false,
  ready = true,
}: {
  title: string;
  description?: ReactNode;
  act: string;
  onClose: () => void;
  run: () => Promise<unknown>;
  children: ReactNode;
  wide?: boolean;
  ready?: boolean;
}) {
  const [running, setRunning] = useState(false);
  const [failure, setFailure] = useState<Error | null>(null);
  const save = async () => {
    setRunning(true);
    setFailure(null);
    try {
      await run();
      onClose();
    } catch (error) {
      setFailure(error as Error);
      setRunning(false);
    }
  };
  return (
    <Dialog
      title={title}
      description={description}
      wide={wide}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" disabled={!ready} busy={running} onClick={() => void save()}>
            {act}
          </Button>
        </>
      }
    >
      {children}
      {failure && <Problem error={failure} />}
    </Dialog>
  );
}

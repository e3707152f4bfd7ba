/** Form fields: label above, hint or problem below, wired for screen readers. */
import { type InputHTMLAttributes, type ReactNode, type SelectHTMLAttributes, type TextareaHTMLAttributes, useId } from 'react';

type FieldProps = { label: ReactNode; hint?: ReactNode /** What to write, not what is wrong. */; problem?: string | undefined };

function Field({ id, label, hint, problem, children }: FieldProps & { id: string; children: ReactNode }) {
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children}
      {(problem ?? hint) && (
        <span id={`${id}-hint`} className={problem ? 'hint problem' : 'hint'} role={problem ? 'alert' : undefined}>
          {problem ?? hint}
        </span>
      )}
    </div>
  );
}

const described = (id: string, { hint, problem }: FieldProps) => ({
  id,
  'aria-describedby': (problem ?? hint) ? `${id}-hint` : undefined,
  'aria-invalid': problem ? true : undefined,
});

export function TextField({ label, hint, problem, ...rest }: FieldProps & Omit<InputHTMLAttributes<HTMLInputElement>, 'className'>) {
  const id = useId();
  return (
    <Field id={id} label={label} hint={hint} problem={problem}>
      <input className="input" type="text" {...rest} {...described(id, { label, hint, problem })} />
    </Field>
  );
}

export function TextArea({ label, hint, problem, ...rest }: FieldProps & Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'className'>) {
  const id = useId();
  return (
    <Field id={id} label={label} hint={hint} problem={problem}>
      <textarea className="input" {...rest} {...described(id, { label, hint, problem })} />
    </Field>
  );
}

export type Choice = { value: string; label: string };

export function SelectField({
  label,
  hint,
  problem,
  options,
  ...rest
}: FieldProps & { options: readonly Choice[] } & Omit<SelectHTMLAttributes<HTMLSelectElement>, 'className'>) {
  const id = useId();
  return (
    <Field id={id} label={label} hint={hint} problem={problem}>
      <select className="input" {...rest} {...described(id, { label, hint, problem })}>
        {options.map(({ value, label: words }) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </select>
    </Field>
  );
}

export function CheckField({ label, ...rest }: { label: ReactNode } & Omit<InputHTMLAttributes<HTMLInputElement>, 'className' | 'type'>) {
  const id = useId();
  return (
    <span className="row">
      <input type="checkbox" className="check" id={id} {...rest} />
      <label htmlFor={id}>{label}</label>
    </span>
  );
}

export function Switch({
  label,
  checked,
  onChange,
  disabled = false,
}: {
  label: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
  disabled?: boolean;
}) {
  return (
    <button
      type="button"
      role="switch"
      className="switch"
      aria-checked={checked}
      aria-label={label}
      disabled={disabled}
      onClick={() => onChange(!checked)}
    />
  );
}
